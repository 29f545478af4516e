import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SpawnedWorker } from './SpawnedWorker.mjs';

const NOT_STARTED_BY_A_CONTROLLER = 41;
const WRONG_SETTINGS = 42;

/** @type {string} */ let folder;
/** @type {(name: string) => string} */ const file = (name) => join(folder, name);

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'bisque-process-'));
  for (const name of ['ours', 'other']) {
    execFileSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
      ...['-keyout', file(`${name}-key.pem`), '-out', file(`${name}-cert.pem`)],
    ], { stdio: 'ignore' });
  }
  writeFileSync(file('text.pem'), 'This is not a certificate.\n');
  writeFileSync(file('empty.pem'), '');
});
after(() => rmSync(folder, { recursive: true }));

/** @param {string[]} args @param {string} named what the one line on the error stream has to name */
async function isRefused(args, named) {
  const worker = new SpawnedWorker(args);
  assert.equal(await worker.ended, WRONG_SETTINGS, worker.stderr);
  assert.match(worker.stderr, /^[^\n]+\n$/, 'one line');
  assert.ok(worker.stderr.includes(named), worker.stderr);
}

/** @param {string[]} args */
async function isAccepted(args) {
  const worker = await SpawnedWorker.running(...args);
  worker.input?.end();
  assert.equal(await worker.ended, 0, worker.stderr);
}

test('--version tells its own version and the one it speaks', async () => {
  const worker = new SpawnedWorker(['--version'], { channel: false, env: {} });
  assert.equal(await worker.ended, 0);
  assert.match(worker.stdout, /^bisque-worker \d+\.\d+\.\d+\S* \(speaks mediasoup 3\.27\.1\)\n$/);
});

test('--help names every option', async () => {
  const worker = new SpawnedWorker(['--help'], { channel: false, env: {} });
  assert.equal(await worker.ended, 0);
  for (const option of ['logLevel', 'logTag', 'rtcMinPort', 'rtcMaxPort', 'dtlsCertificateFile', 'dtlsPrivateKeyFile']) {
    assert.ok(worker.stdout.includes(`--${option}`), option);
  }
});

test('run by hand it exits with 41 and says in one line what starts it', async () => {
  const withoutChannel = new SpawnedWorker([], { channel: false });
  const withoutVersion = new SpawnedWorker([], { env: {} });
  for (const worker of [withoutChannel, withoutVersion]) {
    assert.equal(await worker.ended, NOT_STARTED_BY_A_CONTROLLER);
    assert.match(worker.stderr, /^[^\n]*MEDIASOUP_WORKER_BIN[^\n]*\n$/);
  }
});

test('wrong settings exit with 42 and one line that names them', async () => {
  await isRefused(['--logLevel=chatty'], 'chatty');
  await isRefused(['--bogus=1'], 'bogus');
  await isRefused(['--rtcMinPort=many'], 'many');
  await isRefused(['--rtcMinPort=1000', '--rtcMaxPort=999'], 'rtcMaxPort');
  await isRefused(['--rtcMinPort=1000', '--rtcMaxPort=65536'], 'rtcMaxPort');
});

test('a value stands behind an equals sign, nowhere else', () => isRefused(['--logLevel', 'debug'], 'logLevel'));

test('names may be shortened as long as one option is meant', async () => {
  await isAccepted(['--logTag=ice', '--logTag=dtls', '--logL=warn', '-rtcMin=40000', '--rtcMax=40100']);
  await isRefused(['--rtcM=40000'], 'rtcM');
});

test('unknown log tags are passed over', () => isAccepted(['--logTag=ice', '--logTag=weather']));

test('a certificate and its key are accepted', () =>
  isAccepted([`--dtlsCertificateFile=${file('ours-cert.pem')}`, `--dtlsPrivateKeyFile=${file('ours-key.pem')}`]));

test('a certificate needs its key, and a key its certificate', async () => {
  await isRefused([`--dtlsCertificateFile=${file('ours-cert.pem')}`], 'dtlsPrivateKeyFile');
  await isRefused([`--dtlsPrivateKeyFile=${file('ours-key.pem')}`], 'dtlsCertificateFile');
});

test('certificate files that are missing, empty, folders or something else are refused', async () => {
  for (const path of ['/nonexistent/cert.pem', file('empty.pem'), folder]) {
    await isRefused([`--dtlsCertificateFile=${path}`, `--dtlsPrivateKeyFile=${file('ours-key.pem')}`], path);
    await isRefused([`--dtlsCertificateFile=${file('ours-cert.pem')}`, `--dtlsPrivateKeyFile=${path}`], path);
  }
  await isRefused([`--dtlsCertificateFile=${file('text.pem')}`, `--dtlsPrivateKeyFile=${file('ours-key.pem')}`], 'certificate');
  await isRefused([`--dtlsCertificateFile=${file('ours-cert.pem')}`, `--dtlsPrivateKeyFile=${file('text.pem')}`], 'key');
});

test('a key of another certificate is refused', () =>
  isRefused([`--dtlsCertificateFile=${file('ours-cert.pem')}`, `--dtlsPrivateKeyFile=${file('other-key.pem')}`], 'key'));
