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
  /** Part of the packets to lose. */
  loss = 0;
  /** Whether DTLS passes. What is sent before the other side expects it is nobody's loss: a test opens the link when all is set up. */
  open = false;
  /** SSRC and length of each packet that came through, in order. @type {{ ssrc: number, bytes: number }[]} */ #arrived = [];

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
   * What of one stream came through since the first packet of another.
   *
   * @param {number | undefined} ssrc
   * @param {number | undefined} [since]
   */
  arrived(ssrc, since = ssrc) {
    const first = this.#arrived.findIndex((packet) => packet.ssrc === since);
    const packets = first < 0 ? [] : this.#arrived.slice(first).filter((packet) => packet.ssrc === ssrc);
    return { packets: packets.length, bytes: packets.reduce((sum, { bytes }) => sum + bytes, 0) };
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
    if (datagram[0] >= 20 && datagram[0] <= 63) {
      return this.open;
    }
    const isRtp = datagram[0] >> 6 === 2 && !(datagram[1] >= 192 && datagram[1] <= 223);
    if (!isRtp || up !== this.mediaGoesUp) {
      return true;
    }
    this.sent.add(datagram);
    if (this.random() < this.loss) {
      this.lost.add(datagram);
      return false;
    }
    this.#arrived.push({ ssrc: datagram.readUInt32BE(8), bytes: datagram.length });
    return true;
  }
}
