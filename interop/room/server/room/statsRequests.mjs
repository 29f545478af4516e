import { find } from './lookup.mjs';

/** Each answers an array of statistics objects. @type {Record<string, import('./requests.mjs').Request>} */
export const statsRequests = {
  async getTransportStats(_room, peer, { transportId }, reply) {
    reply(await find(peer.transports, 'transport', transportId).getStats());
  },
  async getProducerStats(_room, peer, { producerId }, reply) {
    reply(await find(peer.producers, 'producer', producerId).getStats());
  },
  async getConsumerStats(_room, peer, { consumerId }, reply) {
    reply(await find(peer.consumers, 'consumer', consumerId).getStats());
  },
};
