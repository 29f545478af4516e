// Runs in Node and, bundled, in pages: what is sent, made again where it arrives and compared.

/** PPIDs by which WebRTC tells kinds of messages (RFC 8831 section 8). */
export const PPID = { string: 51, binary: 53, emptyString: 56, emptyBinary: 57 };

/** @typedef {keyof typeof PPID} Kind */

const SMALL = 1024;
const LARGE = 256 * 1024;
/** Letters of one, two and three bytes in UTF-8, so that a string's length is not its number of characters. */
const LETTERS = ['a', 'Z', '7', '~', 'é', '€'];
const SEQUENCE_DIGITS = 8;
const SEQUENCE_BYTES = 4;
/** Of a message that carries its checksum as well. */
const HEADER = SEQUENCE_BYTES + 4;

/**
 * The messages of one test: first small ones of up to 1 KiB in which strings, binary and empty ones take turns, then large binary ones, all
 * of one size. Every message but the empty ones begins with its place in the row and a checksum of the rest.
 */
export class MessageRow {
  /**
   * @param {number} small how many small ones
   * @param {number} large how many large ones
   * @param {number} largeSize bytes of those
   */
  constructor(small, large, largeSize = LARGE) {
    this.small = small;
    this.large = large;
    this.largeSize = largeSize;
  }

  get length() {
    return this.small + this.large;
  }

  /** @param {number} index @returns {Kind} */
  kind(index) {
    if (index >= this.small) {
      return 'binary';
    }
    return index % 100 === 50 ? 'emptyString' : index % 100 === 75 ? 'emptyBinary' : index % 3 === 0 ? 'string' : 'binary';
  }

  /** @param {number} index */
  size(index) {
    if (index >= this.small) {
      return this.largeSize;
    }
    // The largest and the smallest come as well as what lies between.
    return index % 10 === 1 ? SMALL : index % 10 === 2 ? HEADER : HEADER + (Math.imul(index, 2654435761) >>> 0) % (SMALL - HEADER + 1);
  }

  /**
   * @param {number} index
   * @returns {string | Uint8Array<ArrayBuffer>}
   */
  message(index) {
    switch (this.kind(index)) {
      case 'emptyString':
        return '';
      case 'emptyBinary':
        return new Uint8Array(0);
      case 'string':
        return text(index, this.size(index));
      default:
        return binary(index, this.size(index));
    }
  }
}

/** Which message of a row it says it is; undefined for what says nothing. @param {string | Uint8Array} message */
export function sequenceOf(message) {
  if (typeof message === 'string') {
    return message.length >= 2 * SEQUENCE_DIGITS ? Number.parseInt(message.slice(0, SEQUENCE_DIGITS), 16) : undefined;
  }
  return message.length >= HEADER ? new DataView(message.buffer, message.byteOffset).getUint32(0) : undefined;
}

/** Whether the checksum that it carries is that of its content. @param {string | Uint8Array} message */
export function isWhole(message) {
  if (typeof message === 'string') {
    return Number.parseInt(message.slice(SEQUENCE_DIGITS, 2 * SEQUENCE_DIGITS), 16) === checksum(new TextEncoder().encode(message.slice(2 * SEQUENCE_DIGITS)));
  }
  return new DataView(message.buffer, message.byteOffset).getUint32(SEQUENCE_BYTES) === checksum(message.subarray(HEADER));
}

/** @param {number} index @param {number} size */
function binary(index, size) {
  const bytes = new Uint8Array(size);
  let state = index + 1;
  for (let at = HEADER; at < size; at++) {
    state = Math.imul(state, 1103515245) + 12345;
    bytes[at] = state >>> 16;
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(0, index);
  view.setUint32(SEQUENCE_BYTES, checksum(bytes.subarray(HEADER)));
  return bytes;
}

/** A string of at most `size` bytes, and at least 16. @param {number} index @param {number} size */
function text(index, size) {
  let rest = '';
  for (let at = 2 * SEQUENCE_DIGITS; at + 3 <= size; ) {
    const letter = LETTERS[(index + rest.length) % LETTERS.length];
    rest += letter;
    at += letter < '\x80' ? 1 : letter < '\u0800' ? 2 : 3;
  }
  return hex(index) + hex(checksum(new TextEncoder().encode(rest))) + rest;
}

/** FNV-1a. @param {Uint8Array} bytes */
function checksum(bytes) {
  let sum = 0x811c9dc5;
  for (const byte of bytes) {
    sum = Math.imul(sum ^ byte, 0x01000193);
  }
  return sum >>> 0;
}

/** @param {number} value */
function hex(value) {
  return value.toString(16).padStart(SEQUENCE_DIGITS, '0');
}
