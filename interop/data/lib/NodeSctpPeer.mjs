import { createSocket } from 'node:dgram';
import { once } from 'node:events';
// @ts-expect-error It has no types.
import sctp from 'sctp';
import { LOOPBACK } from '../../media/lib/Controller.mjs';
import { kindOf } from './DirectPeer.mjs';
import { MessageCheck } from './MessageCheck.mjs';
import { PPID } from './messages.mjs';

/** By which both sides of an association between WebRTC endpoints know each other (RFC 8831 section 6.2). */
const SCTP_PORT = 5000;
const STREAMS = 65_535;

// Packets that fit into a datagram on any path.
sctp.defaults({ PMTU: 1200 });

/** The npm package "sctp" over UDP: an implementation of SCTP that shares no code with browsers or werift. */
export class NodeSctpPeer {
  /** @type {Map<number, MessageCheck>} by stream */ #checks = new Map();
  /** @type {Promise<unknown> | undefined} */ #connected;
  /** @type {Promise<unknown>} */ #sent = Promise.resolve();

  /** A UDP port of its own, not connected to anything yet. */
  static async open() {
    const udp = createSocket('udp4');
    udp.bind(0, LOOPBACK);
    await once(udp, 'listening');
    return new NodeSctpPeer(udp);
  }

  /** @param {import('node:dgram').Socket} udp */
  constructor(udp) {
    this.udp = udp;
  }

  get port() {
    return this.udp.address().port;
  }

  /**
   * Begins an association, or lets the worker begin it.
   *
   * @param {import('mediasoup').types.PlainTransport} transport
   * @param {{ passive: boolean }} options
   */
  begin(transport, { passive }) {
    this.socket = sctp.connect({
      passive,
      localPort: SCTP_PORT,
      port: SCTP_PORT,
      OS: STREAMS,
      MIS: STREAMS,
      udpTransport: this.udp,
      udpPeer: { host: LOOPBACK, port: transport.tuple.localPort },
    });
    this.#connected = once(this.socket, 'connect');
    this.socket.on('stream', (/** @type {import('node:stream').Readable} */ stream, /** @type {number} */ id) => {
      stream.on('data', (/** @type {Buffer & { ppid: number }} */ message) => {
        const kind = kindOf(message.ppid);
        const isEmpty = (kind === 'emptyString' || kind === 'emptyBinary') && message.length === 1;
        this.#checks.get(id)?.onMessage(isEmpty ? '' : kind === 'string' ? message.toString() : message, kind);
      });
    });
    // Everything comes here a second time.
    this.socket.resume();
  }

  /** Resolves when the association is there. */
  async connected() {
    await this.#connected;
  }

  /**
   * What a data consumer of the worker sends here.
   *
   * @param {import('mediasoup').types.DataConsumer} consumer
   * @param {import('./messages.mjs').MessageRow} row
   */
  expect(consumer, row) {
    const check = new MessageCheck(row, true);
    this.#checks.set(/** @type {number} */ (consumer.sctpStreamParameters?.streamId), check);
    return { consumer, until: (/** @type {number} */ count) => check.until(count), result: () => check.result() };
  }

  /**
   * Resolves when all is sent, or nearly so. The package sends without regard to its congestion window unless somebody waits for its
   * callback, and it has one callback for all streams: so no two messages wait at the same time.
   *
   * @param {number} streamId
   * @param {import('./messages.mjs').MessageRow} row
   * @param {number} from
   * @param {number} to
   */
  send(streamId, row, from, to) {
    for (let index = from; index < to; index++) {
      this.#sent = this.#sent.then(() => {
        const message = row.message(index);
        const bytes = Buffer.from(message.length === 0 ? ' ' : message);
        // What createStream(streamId).write(bytes) comes to.
        return new Promise((done) => this.socket.sendToAssociation(bytes, { stream_id: streamId, ppid: PPID[row.kind(index)] }, done));
      });
    }
    return this.#sent;
  }

  close() {
    this.socket?.destroy();
    this.udp.close();
  }
}
