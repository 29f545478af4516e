import { CountingEndpoint } from './CountingEndpoint.mjs';
import { dlrr, senderReport } from './rtcp.mjs';
import { vp8KeyFrame } from './vp8.mjs';

const PAYLOAD_TYPE = { vp8: 96, rtx: 97 };
const INTERVAL_MS = 10;
const TICKS_A_PACKET = 900;

/** Sends VP8 key frames of many sizes, loses some on purpose, and sends again by RTX what is asked for. */
export class CountingSender extends CountingEndpoint {
  ssrc = 0x3000_0001;
  rtxSsrc = 0x3000_0002;
  /** Media packets that were not sent. */
  lost = 0;
  /** How long the last answer to a receiver reference time was held back, in milliseconds. */
  heldBack = 0;
  #index = 0;
  #rtxIndex = 0;
  /** @type {Map<number, Buffer>} */ #kept = new Map();

  /**
   * @param {import('mediasoup').types.PlainTransport} transport
   * @param {{ loses?: (index: number) => boolean, repairs?: boolean, roundTrip?: number }} [options]
   *   roundTrip: milliseconds by which answers to a receiver reference time are late
   */
  static async open(transport, options = {}) {
    const sender = new CountingSender(transport, options);
    await sender.bind();
    return sender;
  }

  /**
   * @param {import('mediasoup').types.PlainTransport} transport
   * @param {{ loses?: (index: number) => boolean, repairs?: boolean, roundTrip?: number }} options
   */
  constructor(transport, { loses = () => false, repairs = true, roundTrip = 0 }) {
    super(transport);
    this.loses = loses;
    this.repairs = repairs;
    this.roundTrip = roundTrip;
  }

  /** @returns {import('mediasoup').types.ProducerOptions} */
  get producerOptions() {
    return {
      kind: 'video',
      rtpParameters: {
        codecs: [
          {
            mimeType: 'video/VP8',
            payloadType: PAYLOAD_TYPE.vp8,
            clockRate: 90000,
            rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
          },
          { mimeType: 'video/rtx', payloadType: PAYLOAD_TYPE.rtx, clockRate: 90000, parameters: { apt: PAYLOAD_TYPE.vp8 } },
        ],
        encodings: [{ ssrc: this.ssrc, rtx: { ssrc: this.rtxSsrc } }],
        rtcp: { cname: 'counting' },
      },
    };
  }

  /** Ends play() early. */
  stopped = false;

  /** Sends this many packets, those to lose among them, and a sender report at the end. @param {number} [count] */
  async play(count = Infinity) {
    for (let sent = 0; sent < count && !this.stopped; sent++) {
      this.#next();
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    }
    const { bySsrc, bytesBySsrc } = this.sent;
    const [packets, bytes] = [bySsrc.get(this.ssrc) ?? 0, bytesBySsrc.get(this.ssrc) ?? 0];
    this.send(senderReport({ ssrc: this.ssrc, timestamp: this.#index * TICKS_A_PACKET, packets, octets: bytes - 12 * packets }));
  }

  /** Sends the packet of this index again as it was. @param {number} index */
  repeat(index) {
    this.send(/** @type {Buffer} */ (this.#kept.get(index & 0xffff)));
  }

  #next() {
    const index = this.#index++;
    const packet = vp8KeyFrame({ ssrc: this.ssrc, sequenceNumber: index, payloadType: PAYLOAD_TYPE.vp8, length: 80 + ((index * 37) % 900) });
    this.#kept.set(index & 0xffff, packet);
    if (this.loses(index)) {
      this.lost++;
    } else {
      this.send(packet);
    }
  }

  /** @override @param {import('./rtcp.mjs').Told} told */
  onRtcp(told) {
    for (const original of this.repairs ? told.nacks.flat() : []) {
      const packet = this.#kept.get(original);
      if (packet) {
        this.#kept.delete(original);
        this.send(this.#asRtx(packet));
      }
    }
    for (const reference of told.referenceTimes) {
      const cameAt = performance.now();
      setTimeout(() => {
        if (this.closed) {
          return;
        }
        this.heldBack = performance.now() - cameAt;
        this.send(dlrr(this.ssrc, reference));
      }, this.roundTrip);
    }
  }

  /** The packet in RTX: its own number first in the payload (RFC 4588 section 4). @param {Buffer} packet */
  #asRtx(packet) {
    const rtx = Buffer.concat([packet.subarray(0, 12), packet.subarray(2, 4), packet.subarray(12)]);
    rtx[1] = 0x80 | PAYLOAD_TYPE.rtx;
    rtx.writeUInt16BE(this.#rtxIndex++ & 0xffff, 2);
    rtx.writeUInt32BE(this.rtxSsrc, 8);
    return rtx;
  }
}
