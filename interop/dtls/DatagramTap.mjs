import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const LOOPBACK = '127.0.0.1';

const HANDSHAKE = 22;
const RECORD_HEADER_LENGTH = 13;

/**
 * A UDP port between one client and one server, which looks at what passes.
 *
 * @typedef {'toServer' | 'toClient'} Way
 */
export class DatagramTap {
  /** Handshake messages in plaintext that passed in more than one piece, counted by piece. */
  fragments = { toServer: 0, toClient: 0 };
  largest = { toServer: 0, toClient: 0 };
  lost = 0;
  #count = { toServer: 0, toClient: 0 };
  #front = createSocket('udp4');
  #back = createSocket('udp4');
  /** @type {number | undefined} */ #clientPort;

  /**
   * @param {number} serverPort
   * @param {(way: Way, index: number) => boolean} loses whether the datagram of that number, from 0, is lost
   */
  static async open(serverPort, loses = () => false) {
    const tap = new DatagramTap(serverPort, loses);
    for (const socket of [tap.#front, tap.#back]) {
      socket.bind(0, LOOPBACK);
      await once(socket, 'listening');
    }
    return tap;
  }

  /** @param {number} serverPort @param {(way: Way, index: number) => boolean} loses */
  constructor(serverPort, loses) {
    this.loses = loses;
    this.#front.on('message', (datagram, { port }) => {
      this.#clientPort = port;
      if (this.#passes('toServer', datagram)) {
        this.#back.send(datagram, serverPort, LOOPBACK);
      }
    });
    this.#back.on('message', (datagram) => {
      if (this.#passes('toClient', datagram)) {
        this.#front.send(datagram, this.#clientPort, LOOPBACK);
      }
    });
    // An end that is gone already: for UDP that is one more lost datagram.
    this.#front.on('error', () => {});
    this.#back.on('error', () => {});
  }

  get port() {
    return this.#front.address().port;
  }

  close() {
    this.#front.close();
    this.#back.close();
  }

  /** @param {Way} way @param {Buffer} datagram */
  #passes(way, datagram) {
    if (this.loses(way, this.#count[way]++)) {
      this.lost++;
      return false;
    }
    this.largest[way] = Math.max(this.largest[way], datagram.length);
    this.fragments[way] += countFragments(datagram);
    return true;
  }
}

/**
 * Counts the handshake records in plaintext whose fragment is shorter than its message (RFC 6347 section 4.2.2).
 * @param {Buffer} datagram
 */
function countFragments(datagram) {
  let count = 0;
  for (let rest = datagram; rest.length >= RECORD_HEADER_LENGTH; ) {
    const end = RECORD_HEADER_LENGTH + rest.readUInt16BE(11);
    const isPlaintextHandshake = rest[0] === HANDSHAKE && rest.readUInt16BE(3) === 0;
    if (isPlaintextHandshake && rest.readUIntBE(RECORD_HEADER_LENGTH + 9, 3) < rest.readUIntBE(RECORD_HEADER_LENGTH + 1, 3)) {
      count++;
    }
    rest = rest.subarray(end);
  }
  return count;
}
