import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Remote addresses one relay serves at a time. A browser tries a handful of local ones. */
const MAX_CLIENTS = 16;

/**
 * @typedef {object} RelayOptions
 * @property {number} [loss] the part of datagrams lost in each direction, 0 to 1
 * @property {() => number} [random]
 * @property {number} [delay] milliseconds that a datagram takes in each direction
 * @property {(datagram: Buffer, up: boolean) => boolean} [survives] says which datagrams are not lost instead of chance; those from the
 *   client to the target go up
 */

/**
 * A UDP port on which everything is passed on to another address, less the datagrams it loses on purpose.
 *
 * Each client gets a socket of its own towards the target, as behind a NAT, so that the target can tell clients apart
 * and its answers find the way back.
 */
export class UdpRelay {
  forwarded = 0;
  dropped = 0;
  /** @type {import('node:dgram').Socket} */ #front;
  /** @type {Map<string, import('node:dgram').Socket>} */ #clients = new Map();
  #closed = false;

  /**
   * @param {{ address: string, port: number }} target
   * @param {RelayOptions} options
   */
  static async open(target, options) {
    const front = bindable(target.address);
    front.bind(0, target.address);
    await once(front, 'listening');
    return new UdpRelay(front, target, options);
  }

  /**
   * @param {import('node:dgram').Socket} front
   * @param {{ address: string, port: number }} target
   * @param {RelayOptions} options
   */
  constructor(front, target, { loss = 0, random = Math.random, delay = 0, survives }) {
    this.#front = front;
    this.target = target;
    this.loss = loss;
    this.random = random;
    this.delay = delay;
    this.survives = survives;
    front.on('message', (datagram, client) => this.#fromClient(datagram, client));
    // Refused or unreachable: for UDP that is one more lost datagram.
    front.on('error', () => {});
  }

  get port() {
    return this.#front.address().port;
  }

  close() {
    this.#closed = true;
    this.#front.close();
    for (const socket of this.#clients.values()) {
      socket.close();
    }
    this.#clients.clear();
  }

  /**
   * @param {Buffer} datagram
   * @param {import('node:dgram').RemoteInfo} client
   */
  #fromClient(datagram, client) {
    const socket = this.#socketOf(client);
    if (socket && this.#survives(datagram, true)) {
      this.#later(() => socket.send(datagram, this.target.port, this.target.address));
    }
  }

  /** @param {import('node:dgram').RemoteInfo} client */
  #socketOf(client) {
    const key = `${client.address} ${client.port}`;
    const known = this.#clients.get(key);
    if (known || this.#clients.size >= MAX_CLIENTS) {
      return known;
    }
    const socket = bindable(this.target.address);
    socket.on('message', (datagram) => {
      if (!this.#closed && this.#survives(datagram, false)) {
        this.#later(() => this.#front.send(datagram, client.port, client.address));
      }
    });
    socket.on('error', () => {});
    this.#clients.set(key, socket);
    return socket;
  }

  /** @param {() => void} send */
  #later(send) {
    if (this.delay === 0) {
      send();
    } else {
      setTimeout(() => this.#closed || send(), this.delay);
    }
  }

  /**
   * @param {Buffer} datagram
   * @param {boolean} up
   */
  #survives(datagram, up) {
    const survives = this.survives?.(datagram, up) ?? this.random() >= this.loss;
    if (survives) {
      this.forwarded++;
    } else {
      this.dropped++;
    }
    return survives;
  }
}

/** @param {string} address */
function bindable(address) {
  const type = address.includes(':') ? 'udp6' : 'udp4';
  // A key frame leaves the worker as one burst, which must not be lost in the relay's own buffers.
  return createSocket({ type, recvBufferSize: 1 << 20, sendBufferSize: 1 << 20 });
}
