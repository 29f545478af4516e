import { CountingEndpoint } from './CountingEndpoint.mjs';
import { receiverReport } from './rtcp.mjs';

/** Receives one stream, asks for what a test tells it to, and reports what a test tells it. */
export class CountingReceiver extends CountingEndpoint {
  /** Sequence numbers of the media packets in order. @type {number[]} */ sequenceNumbers = [];
  /** What the last sender report said. @type {{ compactNtp: number, packets: number, octets: number } | undefined} */ senderReport;
  /** How long the last report was held back after the sender report that it refers to, in milliseconds. */
  heldBack = 0;
  #senderReportAt = 0;

  /** @param {import('mediasoup').types.PlainTransport} transport */
  static async open(transport) {
    const receiver = new CountingReceiver(transport);
    await receiver.bind();
    return receiver;
  }

  /** @param {import('mediasoup').types.Consumer} consumer that is received */
  expect({ rtpParameters: { encodings = [] } }) {
    this.ssrc = /** @type {number} */ (encodings[0].ssrc);
    this.rtxSsrc = /** @type {number} */ (encodings[0].rtx?.ssrc);
  }

  /**
   * Reports on the stream as if no time had passed since the last sender report: the worker takes the time that really passed for the
   * round trip.
   *
   * @param {{ fractionLost: number, cumulativeLost: number }} loss
   */
  tell({ fractionLost, cumulativeLost }) {
    this.heldBack = performance.now() - this.#senderReportAt;
    this.send(
      receiverReport(1, {
        ssrc: this.ssrc ?? 0,
        fractionLost,
        cumulativeLost,
        highest: this.sequenceNumbers.at(-1) ?? 0,
        jitter: 0,
        lastSenderReport: this.senderReport?.compactNtp ?? 0,
        delay: 0,
      }),
    );
  }

  /** @override @param {Buffer} datagram */
  onRtp(datagram) {
    if (datagram.readUInt32BE(8) === this.ssrc) {
      this.sequenceNumbers.push(datagram.readUInt16BE(2));
    }
  }

  /** @override @param {import('./rtcp.mjs').Told} told */
  onRtcp(told) {
    const report = told.senderReports.find(({ ssrc }) => ssrc === this.ssrc);
    if (report) {
      this.senderReport = report;
      this.#senderReportAt = performance.now();
    }
  }
}
