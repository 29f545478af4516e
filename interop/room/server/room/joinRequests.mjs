import { offerConsumers } from './consuming.mjs';
import { mustHaveJoined } from './lookup.mjs';

/** @type {Record<string, import('./requests.mjs').Request>} */
export const joinRequests = {
  getRouterRtpCapabilities(room, _peer, _data, reply) {
    reply(room.router.rtpCapabilities);
  },

  join(room, peer, { displayName, device, rtpCapabilities }, reply) {
    if (peer.joined) {
      throw new Error('Peer already joined');
    }
    peer.joined = true;
    peer.displayName = String(displayName ?? '');
    peer.device = device ?? {};
    peer.rtpCapabilities = rtpCapabilities;

    // The client must know a peer before it hears of its media, so the answer goes out before any consumer is offered.
    const others = room.joinedPeers(peer);
    reply({ peers: others.map((other) => other.info) });
    for (const other of others) {
      for (const producer of other.producers.values()) {
        offerConsumers(room, peer, other, producer);
      }
    }
    room.notifyJoined('newPeer', peer.info, peer);
  },

  changeDisplayName(room, peer, { displayName }, reply) {
    mustHaveJoined(peer);
    const oldDisplayName = peer.displayName;
    peer.displayName = String(displayName ?? '');
    room.notifyJoined('peerDisplayNameChanged', { peerId: peer.id, displayName: peer.displayName, oldDisplayName }, peer);
    reply();
  },
};
