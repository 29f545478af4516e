import { X509Certificate } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { Process } from './Process.mjs';

/** Our end: the program of `Bisque.DtlsPeer`. */
export class BisquePeer extends Process {
  /** @param {string[]} args */
  constructor(args) {
    super(newestBuild(), args);
  }

  /** What it has told so far. @returns {any[]} */
  get events() {
    const whole = this.output.slice(0, this.output.lastIndexOf('\n') + 1);
    return whole.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  }

  /**
   * Waits for an event and gives it.
   * @param {string} name
   * @param {Record<string, string>} [fields] what the event must say
   */
  tells(name, fields = {}) {
    const wanted = Object.entries({ event: name, ...fields });
    const find = () => this.events.find((event) => wanted.every(([field, value]) => event[field] === value));
    return this.until(find, JSON.stringify({ event: name, ...fields }));
  }

  /** Waits for the connection and gives the fingerprint of the other end's certificate. */
  async connects() {
    const { remoteCertificate } = await this.tells('state', { state: 'Connected' });
    return new X509Certificate(remoteCertificate).fingerprint256;
  }
}

function newestBuild() {
  const named = process.env.BISQUE_DTLS_PEER;
  if (named) {
    return named;
  }
  const files = ['Debug', 'Release']
    .map((configuration) => new URL(`Bisque.DtlsPeer/bin/${configuration}/net10.0/Bisque.DtlsPeer`, import.meta.url).pathname)
    .filter((file) => existsSync(file))
    .sort((left, right) => statSync(right).mtimeMs - statSync(left).mtimeMs);
  if (!files[0]) {
    throw new Error('build interop/dtls/Bisque.DtlsPeer first');
  }
  return files[0];
}
