import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Method, read, request } from './frames.mjs';

export const WORKER = resolve(process.env.WORKER || fileURLToPath(new URL('../../artifacts/worker/bisque-worker', import.meta.url)));
if (!existsSync(WORKER)) {
  throw new Error(`there is no worker at ${WORKER}: run ./build-worker.sh, or set WORKER`);
}

/** The published worker as a child process, with the channel in our hands. */
export class SpawnedWorker extends EventEmitter {
  /** @type {string[]} */ logs = [];
  stdout = '';
  stderr = '';
  #received = Buffer.alloc(0);
  #lastId = 0;

  /**
   * @param {string[]} [args]
   * @param {{ channel?: boolean, env?: NodeJS.ProcessEnv }} [how] without a channel, descriptors 3 and 4 are closed
   */
  constructor(args = [], { channel = true, env = { MEDIASOUP_VERSION: '3.27.1' } } = {}) {
    super();
    this.setMaxListeners(0);
    this.process = spawn(WORKER, args, { env, stdio: ['ignore', 'pipe', 'pipe', ...(channel ? /** @type {const} */ (['pipe', 'pipe']) : [])] });
    this.process.stdout?.on('data', (text) => (this.stdout += text));
    this.process.stderr?.on('data', (text) => (this.stderr += text));
    this.ended = once(this.process, 'close').then(([code, signal]) => code ?? signal);
    this.ended.then((how) => this.emit('ended', how));
    if (channel) {
      this.input = /** @type {import('node:net').Socket} */ (this.process.stdio[3]);
      this.output = /** @type {import('node:net').Socket} */ (this.process.stdio[4]);
      // The worker may be gone before all is written.
      this.input.on('error', () => {});
      this.output.on('error', () => {});
      this.output.on('data', (bytes) => this.#receive(bytes));
    }
  }

  /** Starts one and waits until it says that it is running. @param {string[]} args */
  static async running(...args) {
    const worker = new SpawnedWorker(args);
    [worker.runningPid] = await worker.#until('running');
    if (process.platform === 'linux' && readlinkSync(`/proc/${worker.process.pid}/exe`) !== realpathSync(WORKER)) {
      throw new Error(`what runs is not ${WORKER}`);
    }
    return worker;
  }

  /** @param {Uint8Array} bytes resolves when they have left us */
  async send(bytes) {
    await new Promise((done) => this.input?.write(bytes, done));
  }

  /** Resolves with the answer to an empty request; all that was sent before has been dealt with by then. */
  async ask(method = Method.WORKER_DUMP, handlerId = '') {
    const id = ++this.#lastId;
    this.input?.write(request(id, method, handlerId));
    const [answer] = await this.#until(`answer ${id}`);
    return answer;
  }

  /** Resolves with the first line of the log that holds a text, also with one that has come already. @param {string} text */
  async logged(text) {
    for (;;) {
      const line = this.logs.find((said) => said.includes(text));
      if (line) {
        return line;
      }
      await this.#until('log');
    }
  }

  /** Resident memory in MiB; of Linux only. */
  residentMemory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
  }

  /** Ends it whatever state it is in. */
  async kill() {
    this.process.kill('SIGKILL');
    await this.ended;
  }

  /** @param {string} event */
  #until(event) {
    return Promise.race([
      once(this, event),
      this.ended.then((how) => Promise.reject(new Error(`the worker ended with ${how} before "${event}": ${this.stderr}`))),
    ]);
  }

  /** @param {Buffer} bytes */
  #receive(bytes) {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    let start = 0;
    while (this.#received.length - start >= 4) {
      const end = start + 4 + this.#received.readUInt32LE(start);
      if (end > this.#received.length) {
        break;
      }
      this.#take(read(new Uint8Array(this.#received.subarray(start + 4, end))));
      start = end;
    }
    this.#received = this.#received.subarray(start);
  }

  /** @param {import('./frames.mjs').FromWorker} message */
  #take({ running, answered, log }) {
    if (running !== undefined) {
      this.emit('running', running);
    } else if (answered) {
      this.emit(`answer ${answered.id}`, answered);
    } else if (log !== undefined) {
      // A test looks at the first lines, and garbage makes a hundred thousand of them.
      if (this.logs.length < 1_000) {
        this.logs.push(log);
      }
      this.emit('log', log);
    }
  }
}
