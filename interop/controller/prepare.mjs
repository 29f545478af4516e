import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DATA = fileURLToPath(new URL('node_modules/mediasoup/node/lib/test/data', import.meta.url));

/** Makes the certificate that one of the package's tests reads and the package does not bring. */
export function makeCertificate() {
  const certificate = join(DATA, 'dtls-cert.pem');
  if (existsSync(certificate)) {
    return;
  }
  mkdirSync(DATA, { recursive: true });
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '3650'],
    ...['-subj', '/CN=localhost', '-keyout', join(DATA, 'dtls-key.pem'), '-out', certificate],
  ], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * Lets the package start a worker, and looks at what runs under its pid: on another binary all tests may pass and say nothing about ours.
 *
 * @param {string} workerBin
 */
export async function assertOurs(workerBin) {
  const { createWorker } = await import('mediasoup');
  const worker = await createWorker();
  try {
    if (process.platform === 'linux') {
      assert.equal(readlinkSync(`/proc/${worker.pid}/exe`), realpathSync(workerBin));
    }
    const version = execFileSync(workerBin, ['--version'], { encoding: 'utf8' });
    assert.match(version, /^bisque-worker .* \(speaks mediasoup 3\.27\.1\)\n$/);
  } finally {
    worker.close();
  }
}
