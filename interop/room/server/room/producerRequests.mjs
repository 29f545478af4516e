import { find, mustHaveJoined } from './lookup.mjs';

/** @type {Record<string, import('./requests.mjs').Request>} */
export const producerRequests = {
  async produce(room, peer, { transportId, kind, rtpParameters, appData }, reply) {
    mustHaveJoined(peer);
    const transport = find(peer.transports, 'transport', transportId);
    const producer = await transport.produce({ kind, rtpParameters, appData: { ...appData, peerId: peer.id } });
    peer.producers.set(producer.id, producer);
    producer.observer.once('close', () => peer.producers.delete(producer.id));
    producer.on('score', (score) => peer.notify('producerScore', { producerId: producer.id, score }));

    reply({ id: producer.id });
    room.share(peer, producer);
    if (kind === 'audio') {
      await room.levels?.addProducer({ producerId: producer.id });
    }
  },

  closeProducer: onProducer((producer) => producer.close()),
  pauseProducer: onProducer((producer) => producer.pause()),
  resumeProducer: onProducer((producer) => producer.resume()),
};

/**
 * @param {(producer: import('mediasoup').types.Producer) => Promise<void> | void} act
 * @returns {import('./requests.mjs').Request}
 */
function onProducer(act) {
  return async (_room, peer, { producerId }, reply) => {
    mustHaveJoined(peer);
    await act(find(peer.producers, 'producer', producerId));
    reply();
  };
}
