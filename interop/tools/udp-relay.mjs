import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Remote addresses one relay serves at a time. A browser tries a handful of local ones. */
const MAX_CLIENTS = 16;

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
   * @param {{ loss: number, random: () => number }} options `loss` is the part of datagrams lost in each direction.
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
   * @param {{ loss: number, random: () => number }} options
   */
  constructor(front, target, { loss, random }) {
    this.#front = front;
    this.target = target;
    this.loss = loss;
    this.random = random;
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
    if (socket && this.#survives()) {
      socket.send(datagram, this.target.port, this.target.address);
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
      if (!this.#closed && this.#survives()) {
        this.#front.send(datagram, client.port, client.address);
      }
    });
    socket.on('error', () => {});
    this.#clients.set(key, socket);
    return socket;
  }

  #survives() {
    const survives = this.random() >= this.loss;
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
