import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { LOOPBACK } from './Controller.mjs';
import { readRtcp } from './rtcp.mjs';
import { RtpCount } from './RtpCount.mjs';

/** The far end of a PlainTransport without SRTP and with RTCP on the same port, which counts every datagram and what RTCP says. */
export class CountingEndpoint {
  sent = new RtpCount();
  received = new RtpCount();
  nacks = 0;
  nackedPackets = 0;
  plis = 0;
  firs = 0;
  /** The last report block that came. @type {import('./rtcp.mjs').ReportBlock | undefined} */ report;
  /** When what was sent, for bitrates. @type {{ at: number, bytes: number }[]} */ log = [];
  closed = false;

  /** @param {import('mediasoup').types.PlainTransport} transport */
  constructor(transport) {
    this.transport = transport;
    this.socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20, sendBufferSize: 1 << 20 });
    this.socket.on('message', (datagram) => {
      this.received.add(datagram);
      if (datagram[1] >= 192 && datagram[1] <= 223) {
        this.#countRtcp(readRtcp(datagram));
      } else {
        this.onRtp(datagram);
      }
    });
  }

  async bind() {
    this.socket.bind(0, LOOPBACK);
    await once(this.socket, 'listening');
    await this.transport.connect({ ip: LOOPBACK, port: this.socket.address().port });
  }

  /** @param {Buffer} datagram */
  send(datagram) {
    this.sent.add(datagram);
    this.log.push({ at: performance.now(), bytes: datagram.length });
    this.socket.send(datagram, this.transport.tuple.localPort, LOOPBACK);
  }

  /** Bits per second of what was sent in the last milliseconds. @param {number} milliseconds */
  bitrate(milliseconds) {
    const since = performance.now() - milliseconds;
    return this.log.reduce((bits, { at, bytes }) => bits + (at > since ? 8 * bytes : 0), 0) / (milliseconds / 1000);
  }

  close() {
    this.closed = true;
    this.socket.close();
  }

  /** @param {Buffer} _datagram */
  onRtp(_datagram) {}

  /** @param {import('./rtcp.mjs').Told} _told */
  onRtcp(_told) {}

  /** @param {import('./rtcp.mjs').Told} told */
  #countRtcp(told) {
    this.nacks += told.nacks.length;
    this.nackedPackets += told.nacks.flat().length;
    this.plis += told.plis.length;
    this.firs += told.firs.length;
    this.report = told.blocks[0] ?? this.report;
    this.onRtcp(told);
  }
}
