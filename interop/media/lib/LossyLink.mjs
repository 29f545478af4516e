import { seededRandom } from '../../tools/seeded-random.mjs';
import { UdpRelay } from '../../tools/udp-relay.mjs';
import { RtpCount } from './RtpCount.mjs';

/**
 * A relay between a browser and one WebRtcTransport that counts what comes to each of its sides and what it loses. Only media and its
 * retransmissions are lost, so that both sides hear the same reports and requests.
 */
export class LossyLink {
  /** What the sender of the media sent. */
  sent = new RtpCount();
  /** Of that, what was lost. */
  lost = new RtpCount();
  /** What came the other way. */
  answered = new RtpCount();
  /** Part of the packets to lose. */
  loss = 0;

  /** @param {{ mediaGoesUp: boolean, delay?: number, seed: number }} options up: from the browser to the worker */
  constructor({ mediaGoesUp, delay = 0, seed }) {
    this.mediaGoesUp = mediaGoesUp;
    this.delay = delay;
    this.random = seededRandom(seed);
  }

  /**
   * What to tell the browser of a transport's candidates.
   *
   * @param {import('mediasoup').types.WebRtcTransport} transport
   */
  async candidates({ iceCandidates: [candidate] }) {
    this.relay = await UdpRelay.open(candidate, { delay: this.delay, survives: (datagram, up) => this.#survives(datagram, up) });
    return [{ ...candidate, port: this.relay.port }];
  }

  /**
   * What of one stream came through.
   *
   * @param {number | undefined} ssrc
   */
  arrived(ssrc) {
    const of = (/** @type {Map<number, number>} */ counts) => counts.get(ssrc ?? 0) ?? 0;
    return { packets: of(this.sent.bySsrc) - of(this.lost.bySsrc), bytes: of(this.sent.bytesBySsrc) - of(this.lost.bytesBySsrc) };
  }

  close() {
    this.relay?.close();
  }

  /**
   * @param {Buffer} datagram
   * @param {boolean} up
   */
  #survives(datagram, up) {
    // STUN and DTLS begin with other numbers (RFC 7983), RTCP has its own packet types (RFC 5761).
    const isRtp = datagram[0] >> 6 === 2 && !(datagram[1] >= 192 && datagram[1] <= 223);
    if (up !== this.mediaGoesUp) {
      this.answered.add(datagram);
      return true;
    }
    if (datagram[0] >> 6 === 2) {
      this.sent.add(datagram);
    }
    const survives = !isRtp || this.random() >= this.loss;
    if (!survives) {
      this.lost.add(datagram);
    }
    return survives;
  }
}
