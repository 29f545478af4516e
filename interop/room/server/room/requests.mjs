import { ProtooError } from '../protoo/ProtooConnection.mjs';
import { consumerRequests } from './consumerRequests.mjs';
import { joinRequests } from './joinRequests.mjs';
import { producerRequests } from './producerRequests.mjs';
import { statsRequests } from './statsRequests.mjs';
import { transportRequests } from './transportRequests.mjs';

/**
 * @typedef {import('./Room.mjs').Room} Room
 * @typedef {import('./Peer.mjs').Peer} Peer
 * @typedef {import('../protoo/ProtooConnection.mjs').Reply} Reply
 * @typedef {(room: Room, peer: Peer, data: any, reply: Reply) => Promise<void> | void} Request
 *   Serves one method. It must call `reply`, and may go on working after that: what others are told often has to
 *   come after the answer.
 */

/** @type {Record<string, Request>} */
const unavailable = {
  applyNetworkThrottle: refuseThrottle,
  resetNetworkThrottle: refuseThrottle,
  produceData: refuseData,
  getDataProducerStats: refuseData,
  getDataConsumerStats: refuseData,
};

/** @type {Map<string, Request>} */
const requests = new Map(
  [joinRequests, transportRequests, producerRequests, consumerRequests, statsRequests, unavailable].flatMap(Object.entries),
);

/**
 * @param {Room} room
 * @param {Peer} peer
 * @param {string} method
 * @param {any} data
 * @param {Reply} reply
 */
export function serveRequest(room, peer, method, data, reply) {
  const request = requests.get(method);
  if (!request) {
    throw new Error(`unknown request.method "${method}"`);
  }
  return request(room, peer, data, reply);
}

function refuseThrottle() {
  throw new ProtooError(403, 'this room does not throttle the network');
}

function refuseData() {
  throw new Error('this room has no data channels');
}
