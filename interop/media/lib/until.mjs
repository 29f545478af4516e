import { setTimeout as delay } from 'node:timers/promises';

/** How long anything that should happen soon may take. A busy machine is no failure. */
export const PATIENCE_MS = 60_000;

/**
 * Resolves with the first true answer of a question that is asked again and again.
 *
 * @template T
 * @param {string} what for the message when it never comes
 * @param {() => T | Promise<T>} question
 * @param {() => unknown} [seen] what the message tells beside
 * @returns {Promise<Exclude<T, false | 0 | '' | null | undefined>>}
 */
export async function until(what, question, seen) {
  for (const end = Date.now() + PATIENCE_MS; ; ) {
    const answer = await question();
    if (answer) {
      return /** @type {any} */ (answer);
    }
    if (Date.now() > end) {
      throw new Error(`not within ${PATIENCE_MS / 1000} s: ${what}${seen ? `; seen: ${JSON.stringify(seen())}` : ''}`);
    }
    await delay(100);
  }
}
