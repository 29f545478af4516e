import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The keys that certificates are made for, as arguments of `openssl req`. */
const KEYS = {
  p256: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  rsa: ['rsa:2048'],
};

/**
 * Makes a self-signed certificate in a folder.
 *
 * @typedef {{ certificate: string, key: string, fingerprint: string }} Certificate files, and the SHA-256 fingerprint
 * @param {string} folder
 * @param {keyof typeof KEYS} kind
 * @param {string} name
 * @returns {Certificate}
 */
export function makeCertificate(folder, kind, name) {
  const certificate = join(folder, `${name}-${kind}.pem`);
  const key = join(folder, `${name}-${kind}.key`);
  const what = ['-x509', '-nodes', '-days', '30', '-subj', `/CN=${name}`, '-newkey', ...KEYS[kind]];
  execFileSync('openssl', ['req', ...what, '-keyout', key, '-out', certificate], { stdio: 'pipe' });
  return { certificate, key, fingerprint: new X509Certificate(readFileSync(certificate)).fingerprint256 };
}
