import assert from 'node:assert/strict';
import { PATIENCE_MS } from '../../media/lib/until.mjs';

/** Sent before the receivers have to have it all: the worker queues 2 MB for each and drops the rest, as it does not hold senders back. */
const UNDER_WAY = 1_250_000;

/**
 * @typedef {object} Receiver
 * @property {{ getStats(): Promise<{ messagesSent: number }[]> }} consumer
 * @property {(count: number) => Promise<void>} until resolves when so many messages have come
 * @property {() => any} result
 */

/**
 * Sends a row piece by piece, and checks that every receiver has all of it, intact, once, of the right kinds.
 *
 * @param {import('./messages.mjs').MessageRow} row
 * @param {(from: number, to: number) => unknown} send
 * @param {Record<string, Receiver>} receivers
 */
export async function transfer(row, send, receivers) {
  for (let from = 0; from < row.length; ) {
    let to = from;
    for (let bytes = 0; to < row.length && (to === from || bytes + row.size(to) <= UNDER_WAY); to++) {
      bytes += row.size(to);
    }
    await inTime(Promise.resolve(send(from, to)), () => `messages ${from} to ${to} are not sent`);
    await Promise.all(
      Object.entries(receivers).map(([name, receiver]) =>
        inTime(receiver.until(to), async () => `${name} has not ${to} messages: ${JSON.stringify([await receiver.result(), await receiver.consumer.getStats()])}`),
      ),
    );
    from = to;
  }
  /** @type {Record<string, number>} */
  const kinds = { string: 0, binary: 0, emptyString: 0, emptyBinary: 0 };
  for (let index = 0; index < row.length; index++) {
    kinds[row.kind(index)]++;
  }
  for (const [name, receiver] of Object.entries(receivers)) {
    assert.deepEqual(await receiver.result(), { received: row.length, kinds, wrong: [] }, name);
    const [{ messagesSent }] = await receiver.consumer.getStats();
    assert.equal(messagesSent, row.length, `the worker's count for ${name}`);
  }
}

/**
 * @param {Promise<unknown>} promise
 * @param {() => string | Promise<string>} message
 */
export async function inTime(promise, message) {
  /** @type {NodeJS.Timeout | undefined} */ let timer;
  const tooLate = new Promise((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  try {
    if (!(await Promise.race([promise.then(() => true), tooLate]))) {
      throw new Error(`not within ${PATIENCE_MS / 1000} s: ${await message()}`);
    }
  } finally {
    clearTimeout(timer);
  }
}
