import { UdpRelay } from '../../tools/udp-relay.mjs';
import { seededRandom } from '../../tools/seeded-random.mjs';

/**
 * Puts a lossy UDP relay before every candidate of every transport, so that a call can be tried over a bad network.
 */
export class UdpRelays {
  /** @type {Set<UdpRelay>} */ #open = new Set();
  #forwarded = 0;
  #dropped = 0;

  /** @param {{ loss: number, seed: number }} options `loss` is the part of datagrams lost in each direction. */
  constructor({ loss, seed }) {
    this.loss = loss;
    this.random = seededRandom(seed);
  }

  /** Datagrams that went through and were lost so far, both directions together. */
  get counts() {
    let [forwarded, dropped] = [this.#forwarded, this.#dropped];
    for (const relay of this.#open) {
      forwarded += relay.forwarded;
      dropped += relay.dropped;
    }
    return { forwarded, dropped };
  }

  /**
   * @param {import('mediasoup').types.WebRtcTransport} transport
   * @returns {Promise<import('mediasoup').types.IceCandidate[]>}
   *   the candidates to tell the client: UDP ones that lead through a relay, and no TCP, which would bypass the loss
   */
  async relay(transport) {
    const candidates = transport.iceCandidates.filter(({ protocol }) => protocol === 'udp');
    return Promise.all(
      candidates.map(async (candidate) => {
        const relay = await UdpRelay.open(candidate, { loss: this.loss, random: this.random });
        this.#open.add(relay);
        transport.observer.once('close', () => this.#close(relay));
        return { ...candidate, port: relay.port };
      }),
    );
  }

  /** @param {UdpRelay} relay */
  #close(relay) {
    relay.close();
    this.#open.delete(relay);
    this.#forwarded += relay.forwarded;
    this.#dropped += relay.dropped;
  }
}
