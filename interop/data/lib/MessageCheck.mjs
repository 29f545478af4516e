// Runs in Node and, bundled, in pages.
import { isWhole, sequenceOf } from './messages.mjs';

/** What is told of the first few that are wrong. */
const TOLD = 5;

/**
 * Compares what arrives with what was sent: each message intact, of its kind and only once, and in order where that was promised.
 * Empty messages have no name; in order their place tells which they are, else they are counted.
 */
export class MessageCheck {
  received = 0;
  /** @type {string[]} */ wrong = [];
  /** @type {Record<import('./messages.mjs').Kind, number>} */ kinds = { string: 0, binary: 0, emptyString: 0, emptyBinary: 0 };
  #seen;
  /** @type {{ count: number, resolve: () => void }[]} */ #waiting = [];

  /**
   * @param {import('./messages.mjs').MessageRow} row
   * @param {boolean} ordered
   */
  constructor(row, ordered) {
    this.row = row;
    this.ordered = ordered;
    this.#seen = new Uint8Array(row.length);
  }

  /**
   * @param {string | Uint8Array} message
   * @param {import('./messages.mjs').Kind} kind
   */
  onMessage(message, kind) {
    const place = this.received++;
    this.kinds[kind]++;
    if (kind === 'emptyString' || kind === 'emptyBinary') {
      if (message.length > 0) {
        this.#blame(`message ${place} should be empty and has ${message.length}`);
      } else if (this.ordered && this.row.kind(place) !== kind) {
        this.#blame(`message ${place} is ${kind} instead of ${this.row.kind(place)}`);
      }
    } else {
      this.#compare(message, kind, place);
    }
    this.#waiting = this.#waiting.filter(({ count, resolve }) => this.received < count || resolve());
  }

  /** Resolves when so many have come. @param {number} count @returns {Promise<void>} */
  async until(count) {
    if (this.received < count) {
      await new Promise((resolve) => this.#waiting.push({ count, resolve: () => resolve(undefined) }));
    }
  }

  result() {
    return { received: this.received, kinds: this.kinds, wrong: this.wrong };
  }

  /**
   * @param {string | Uint8Array} message
   * @param {import('./messages.mjs').Kind} kind
   * @param {number} place
   */
  #compare(message, kind, place) {
    const sequence = sequenceOf(message);
    if (sequence === undefined || !(sequence < this.row.length)) {
      this.#blame(`message ${place} of ${message.length} says it is ${sequence}`);
      return;
    }
    if (this.#seen[sequence]++) {
      this.#blame(`message ${sequence} came again`);
    }
    if (this.ordered && sequence !== place) {
      this.#blame(`message ${sequence} came in place ${place}`);
    }
    if (kind !== this.row.kind(sequence)) {
      this.#blame(`message ${sequence} is ${kind} instead of ${this.row.kind(sequence)}`);
    }
    const length = typeof message === 'string' ? new TextEncoder().encode(message).length : message.length;
    // A string of letters of several bytes may end up to two bytes short.
    const most = this.row.size(sequence);
    const least = kind === 'string' ? Math.max(16, most - 2) : most;
    if (length < least || length > Math.max(16, most) || !isWhole(message)) {
      this.#blame(`message ${sequence} of ${length} bytes is not what was sent`);
    }
  }

  /** @param {string} what */
  #blame(what) {
    if (this.wrong.length < TOLD) {
      this.wrong.push(what);
    }
  }
}
