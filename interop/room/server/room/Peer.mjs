import { EventEmitter } from 'node:events';
import { ProtooConnection } from '../protoo/ProtooConnection.mjs';

/**
 * A participant: its connection, what it told about itself in `join`, and what it has in the worker.
 *
 * Emits `close` once, while its transports still exist.
 */
export class Peer extends EventEmitter {
  joined = false;
  displayName = '';
  /** @type {object} */ device = {};
  /** Absent for a peer that does not want media. @type {import('mediasoup').types.RtpCapabilities | undefined} */
  rtpCapabilities;

  /** @type {Map<string, import('mediasoup').types.WebRtcTransport>} */ transports = new Map();
  /** @type {Map<string, import('mediasoup').types.Producer>} */ producers = new Map();
  /** @type {Map<string, import('mediasoup').types.Consumer>} */ consumers = new Map();

  /**
   * @param {string} id
   * @param {import('ws').WebSocket} socket
   * @param {(peer: Peer, method: string, data: any, reply: import('../protoo/ProtooConnection.mjs').Reply) => Promise<void> | void} serve
   */
  constructor(id, socket, serve) {
    super();
    this.id = id;
    this.connection = new ProtooConnection(socket, (method, data, reply) => serve(this, method, data, reply));
    this.connection.once('close', () => this.#onClosed());
  }

  /** What other peers may know. */
  get info() {
    return { id: this.id, displayName: this.displayName, device: this.device };
  }

  get receivingTransport() {
    return [...this.transports.values()].find((transport) => transport.appData.consuming);
  }

  /**
   * @param {string} method
   * @param {object} [data]
   */
  notify(method, data) {
    this.connection.notify(method, data);
  }

  close() {
    this.connection.close();
  }

  #onClosed() {
    this.emit('close');
    // Takes its producers and consumers along, and so the consumers that others have of them.
    for (const transport of this.transports.values()) {
      transport.close();
    }
    this.transports.clear();
  }
}
