import { writeFileSync } from 'node:fs';

/** What a file begins with. */
const MAGIC = 'RTPCAP1\n';
/** Bytes of each payload that are kept: all descriptors fit, and most of what a picture shows does not. */
export const KEPT_PAYLOAD = 48;

/**
 * @typedef {object} CaptureDescription
 * @property {string} name
 * @property {string} sender the program, with its version
 * @property {string} mimeType
 * @property {number} clockRate
 * @property {number} payloadType
 * @property {Record<string, number>} extensions ids of the header extensions by URI
 * @property {{ ssrc: number, rid?: string, scalabilityMode?: string }[]} streams
 * @property {Record<string, number>} events what was done to the sender, and in which microsecond
 */

/**
 * A recording of RTP packets with the time of their arrival, kept small: of each payload the first bytes and the whole length.
 * tests/Bisque.Rtp.Tests/Fixtures/README.md describes the format.
 */
export class CaptureFile {
  /** @type {{ at: bigint, packet: Buffer, length: number }[]} */ #records = [];

  get packets() {
    return this.#records.length;
  }

  /** Microseconds from the first packet until now. */
  get now() {
    return this.#records.length === 0 ? 0 : Number((process.hrtime.bigint() - this.#records[0].at) / 1000n);
  }

  /** Takes a packet that has just arrived. @param {Buffer} packet */
  add(packet) {
    const isRtcp = packet[1] >= 192 && packet[1] <= 223;
    const kept = isRtcp ? packet.length : Math.min(packet.length, headerLength(packet) + KEPT_PAYLOAD);
    // The owner of the packet may use its memory again.
    this.#records.push({ at: process.hrtime.bigint(), packet: Buffer.from(packet.subarray(0, kept)), length: packet.length });
  }

  /**
   * @param {string | URL} path
   * @param {CaptureDescription} description
   * @returns {number} bytes written
   */
  write(path, description) {
    const text = Buffer.from(JSON.stringify(description));
    /** @type {Buffer[]} */ const parts = [Buffer.from(MAGIC), uint16(text.length), text];
    for (const { at, packet, length } of this.#records) {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(Number((at - this.#records[0].at) / 1000n), 0);
      head.writeUInt16BE(length, 4);
      head.writeUInt16BE(packet.length, 6);
      parts.push(head, packet);
    }
    const bytes = Buffer.concat(parts);
    writeFileSync(path, bytes);
    return bytes.length;
  }
}

/** Bytes before the payload: fixed header, contributing sources, header extensions (RFC 3550 section 5.1). @param {Buffer} packet */
function headerLength(packet) {
  const fixed = 12 + 4 * (packet[0] & 0x0f);
  return (packet[0] & 0x10) === 0 ? fixed : fixed + 4 + 4 * packet.readUInt16BE(fixed + 2);
}

/** @param {number} value */
function uint16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
