import { find, mustHaveJoined } from './lookup.mjs';

/** @type {Record<string, import('./requests.mjs').Request>} */
export const consumerRequests = {
  pauseConsumer: onConsumer((consumer) => consumer.pause()),
  resumeConsumer: onConsumer((consumer) => consumer.resume()),
  requestConsumerKeyFrame: onConsumer((consumer) => consumer.requestKeyFrame()),
  setConsumerPriority: onConsumer((consumer, { priority }) => consumer.setPriority(priority)),
  setConsumerPreferredLayers: onConsumer((consumer, { spatialLayer, temporalLayer }) =>
    consumer.setPreferredLayers({ spatialLayer, temporalLayer }),
  ),
};

/**
 * @param {(consumer: import('mediasoup').types.Consumer, data: any) => Promise<void>} act
 * @returns {import('./requests.mjs').Request}
 */
function onConsumer(act) {
  return async (_room, peer, data, reply) => {
    mustHaveJoined(peer);
    await act(find(peer.consumers, 'consumer', data.consumerId), data);
    reply();
  };
}
