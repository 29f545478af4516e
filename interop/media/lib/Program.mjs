import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Lines kept for the message of a failure. */
const KEPT_LINES = 60;

/** A program that a test runs beside the worker, read line by line. */
export class Program {
  /** The last lines of both outputs. @type {string[]} */ lines = [];
  #stopping = false;

  /**
   * @param {string} command
   * @param {string[]} args
   * @param {(line: string) => void} onLine
   */
  constructor(command, args, onLine) {
    this.command = command;
    this.process = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const output of [this.process.stdout, this.process.stderr]) {
      createInterface({ input: output }).on('line', (line) => {
        // The properties that gst-launch -v prints would push what went wrong out of sight.
        if (!line.startsWith('/GstPipeline')) {
          this.lines.push(line);
          this.lines.splice(0, Math.max(0, this.lines.length - KEPT_LINES));
        }
        onLine(line);
      });
    }
    this.ended = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(String(error)));
      this.process.once('close', (code, signal) => resolve(signal ?? code));
    });
  }

  /** Whether it has ended by itself, which these programs should not. */
  get broke() {
    return !this.#stopping && (this.process.exitCode !== null || this.process.signalCode !== null || this.process.pid === undefined);
  }

  /** Throws with the last lines when the program has ended by itself. */
  assertRuns() {
    if (this.broke) {
      throw new Error(`${this.command} ended with ${this.process.exitCode ?? this.process.signalCode}:\n${this.lines.join('\n')}`);
    }
  }

  /** Asks it to end, and resolves when it has. */
  async stop() {
    this.#stopping = true;
    this.process.kill('SIGINT');
    // ffmpeg waits for one more packet after the first, and gives up at the second.
    const insist = setTimeout(() => this.process.kill('SIGINT'), 300);
    // One that does not listen, or waits for a packet that never comes.
    const force = setTimeout(() => this.process.kill('SIGKILL'), 5_000);
    await this.ended;
    clearTimeout(insist);
    clearTimeout(force);
  }
}
