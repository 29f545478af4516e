import { find } from './lookup.mjs';
import { ICE_CONSENT_TIMEOUT_SECONDS, INITIAL_OUTGOING_BITRATE, MAX_INCOMING_BITRATE } from './settings.mjs';

/** @type {Record<string, import('./requests.mjs').Request>} */
export const transportRequests = {
  async createWebRtcTransport(room, peer, { forceTcp, producing, consuming }, reply) {
    const { iceAddresses, relays } = room.context;
    // TCP only for those who ask: the worker refuses a transport of which it cannot offer every part.
    const protocol = forceTcp ? 'tcp' : 'udp';
    const transport = await room.router.createWebRtcTransport({
      listenInfos: iceAddresses.map((ip) => ({ protocol, ip })),
      initialAvailableOutgoingBitrate: INITIAL_OUTGOING_BITRATE,
      iceConsentTimeout: ICE_CONSENT_TIMEOUT_SECONDS,
      appData: { producing: Boolean(producing), consuming: Boolean(consuming) },
    });
    if (peer.connection.closed) {
      transport.close();
      return;
    }
    peer.transports.set(transport.id, transport);
    closePeerWithItsTransport(peer, transport);

    const { id, iceParameters, dtlsParameters } = transport;
    const iceCandidates = relays ? await relays.relay(transport) : transport.iceCandidates;
    reply({ id, iceParameters, iceCandidates, dtlsParameters });

    // The transport works without this limit too.
    await transport.setMaxIncomingBitrate(MAX_INCOMING_BITRATE).catch(() => {});
  },

  async connectWebRtcTransport(_room, peer, { transportId, dtlsParameters }, reply) {
    await find(peer.transports, 'transport', transportId).connect({ dtlsParameters });
    reply();
  },

  async restartIce(_room, peer, { transportId }, reply) {
    reply(await find(peer.transports, 'transport', transportId).restartIce());
  },
};

/**
 * A peer whose media path is gone is gone: its page starts anew.
 *
 * @param {import('./Peer.mjs').Peer} peer
 * @param {import('mediasoup').types.WebRtcTransport} transport
 */
function closePeerWithItsTransport(peer, transport) {
  transport.on('icestatechange', (state) => {
    if (state === 'disconnected' || state === 'closed') {
      peer.close();
    }
  });
  transport.on('dtlsstatechange', (state) => {
    if (state === 'failed' || state === 'closed') {
      peer.close();
    }
  });
}
