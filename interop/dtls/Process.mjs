import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What is printed has that long to come: only a hang takes it. */
const LIMIT_MS = 20_000;

/** A program under test: what it prints can be waited for, and what it is told goes to its standard input. */
export class Process {
  output = '';
  /** @type {import('node:child_process').ChildProcessWithoutNullStreams} */ #child;
  /** @type {Promise<unknown>} */ #closed;
  #hasClosed = false;

  /** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [environment] */
  constructor(command, args, environment = {}) {
    this.#child = spawn(command, args, { env: { ...process.env, ...environment } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.output += text));
    }
    // It may have ended before it reads what it is told.
    this.#child.stdin.on('error', () => {});
    this.#closed = once(this.#child, 'close').finally(() => (this.#hasClosed = true));
    this.#closed.catch(() => {});
  }

  /** @param {string} text */
  tell(text) {
    this.#child.stdin.write(text);
  }

  endInput() {
    this.#child.stdin.end();
  }

  /**
   * Waits until the program has printed what matches.
   * @param {RegExp} pattern
   */
  prints(pattern) {
    return this.until(() => pattern.exec(this.output), String(pattern));
  }

  /**
   * Looks at the output whenever there is more of it, until something is found there.
   * @template T
   * @param {() => T | null | undefined} find
   * @param {string} what for the message when it never comes
   * @returns {Promise<T>}
   */
  async until(find, what) {
    const signal = AbortSignal.timeout(LIMIT_MS);
    for (;;) {
      const found = find();
      if (found) {
        return found;
      }
      if (this.#hasClosed || signal.aborted) {
        throw new Error(`${this.#hasClosed ? 'ended' : 'waited'} without ${what}:\n${this.output}`);
      }
      await this.#printsMoreOrEnds(signal);
    }
  }

  /** Waits for its end. */
  async ends() {
    await Promise.race([this.#closed, once(AbortSignal.timeout(LIMIT_MS), 'abort')]);
    if (!this.#hasClosed) {
      throw new Error(`does not end:\n${this.output}`);
    }
  }

  kill() {
    this.#child.kill('SIGKILL');
  }

  /** @param {AbortSignal} signal */
  async #printsMoreOrEnds(signal) {
    const waiting = new AbortController();
    const either = { signal: AbortSignal.any([signal, waiting.signal]) };
    const { stdout, stderr } = this.#child;
    try {
      await Promise.race([once(stdout, 'data', either), once(stderr, 'data', either), this.#closed]);
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    } finally {
      waiting.abort();
    }
  }
}
