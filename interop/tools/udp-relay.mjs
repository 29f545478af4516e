import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Remote addresses one relay serves at a time. A browser tries a handful of local ones. */
const MAX_CLIENTS = 16;

/**
 * @typedef {object} RelayOptions
 * @property {number} loss the part of datagrams lost, 0 to 1
 * @property {() => number} random
 * @property {'both' | 'up' | 'down'} [losing] the direction in which they are lost; up is from the client to the target
 * @property {number} [delay] milliseconds that a datagram takes in each direction
 * @property {(datagram: Buffer, way: { up: boolean, survives: boolean }) => void} [observe] sees every datagram that came
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
  constructor(front, target, { loss, random, losing = 'both', delay = 0, observe }) {
    this.#front = front;
    this.target = target;
    this.loss = loss;
    this.random = random;
    this.losing = losing;
    this.delay = delay;
    this.observe = observe;
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
    const mayLose = this.losing === 'both' || (this.losing === 'up') === up;
    const survives = !mayLose || this.random() >= this.loss;
    this.observe?.(datagram, { up, survives });
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
