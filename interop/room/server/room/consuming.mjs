/**
 * Gives a peer its consumers of a producer: one, and as many replicas as the room was made with.
 * Each is created and offered on its own; a failure is logged and leaves the others alone.
 *
 * @param {import('./Room.mjs').Room} room
 * @param {import('./Peer.mjs').Peer} receiver
 * @param {import('./Peer.mjs').Peer} owner
 * @param {import('mediasoup').types.Producer} producer
 */
export function offerConsumers(room, receiver, owner, producer) {
  const { rtpCapabilities } = receiver;
  if (!rtpCapabilities || !room.router.canConsume({ producerId: producer.id, rtpCapabilities })) {
    return;
  }
  const transport = receiver.receivingTransport;
  if (!transport) {
    console.warn(`peer ${receiver.id} has no transport to receive on`);
    return;
  }
  for (let i = 0; i <= room.consumerReplicas; i++) {
    offerConsumer(receiver, owner, producer, transport).catch((error) => {
      if (!receiver.connection.closed && !producer.closed) {
        console.warn(`consumer of ${producer.id} for peer ${receiver.id}: ${error.message}`);
      }
    });
  }
}

/**
 * @param {import('./Peer.mjs').Peer} receiver
 * @param {import('./Peer.mjs').Peer} owner
 * @param {import('mediasoup').types.Producer} producer
 * @param {import('mediasoup').types.WebRtcTransport} transport
 */
async function offerConsumer(receiver, owner, producer, transport) {
  const consumer = await transport.consume({
    producerId: producer.id,
    rtpCapabilities: /** @type {import('mediasoup').types.RtpCapabilities} */ (receiver.rtpCapabilities),
    // Media before the page is ready to show it would be wasted, the key frame above all.
    paused: true,
    enableRtx: true,
    ignoreDtx: true,
  });
  receiver.consumers.set(consumer.id, consumer);
  reportToOwner(receiver, consumer);

  await receiver.connection.request('newConsumer', {
    peerId: owner.id,
    producerId: producer.id,
    id: consumer.id,
    kind: consumer.kind,
    rtpParameters: consumer.rtpParameters,
    type: consumer.type,
    appData: producer.appData,
    producerPaused: consumer.producerPaused,
  });
  // This is what asks the producer for a key frame.
  await consumer.resume();
  receiver.notify('consumerScore', { consumerId: consumer.id, score: consumer.score });
}

/**
 * @param {import('./Peer.mjs').Peer} receiver
 * @param {import('mediasoup').types.Consumer} consumer
 */
function reportToOwner(receiver, consumer) {
  const consumerId = consumer.id;
  consumer.observer.once('close', () => receiver.consumers.delete(consumerId));
  consumer.on('producerclose', () => receiver.notify('consumerClosed', { consumerId }));
  consumer.on('producerpause', () => receiver.notify('consumerPaused', { consumerId }));
  consumer.on('producerresume', () => receiver.notify('consumerResumed', { consumerId }));
  consumer.on('score', (score) => receiver.notify('consumerScore', { consumerId, score }));
  consumer.on('layerschange', (layers) => {
    receiver.notify('consumerLayersChanged', { consumerId, ...(layers ?? { spatialLayer: null, temporalLayer: null }) });
  });
}
