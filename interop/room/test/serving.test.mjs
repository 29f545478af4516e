import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createHttpServer } from '../server/http/createHttpServer.mjs';
import { readOptions, UsageError } from '../server/options.mjs';

const PAGE = fileURLToPath(new URL('../page', import.meta.url));
const MAIN = fileURLToPath(new URL('../server/main.mjs', import.meta.url));
const ANY_FILE = process.execPath;

test('a secure server shows a certificate for its own address, and the page', async (context) => {
  const server = await createHttpServer({ directory: PAGE, host: '127.0.0.1', port: 0, secure: true });
  context.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const [response] = await once(get({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false }), 'response');
  assert.equal(response.statusCode, 200);
  assert.equal(response.socket.getPeerCertificate().subjectaltname, 'IP Address:127.0.0.1');
  response.resume();
  await once(response, 'end');
});

test('a busy port is told in one line, with exit code 1', async (context) => {
  const blocker = createServer().listen(0, '127.0.0.1');
  context.after(() => blocker.close());
  await once(blocker, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (blocker.address());
  const main = spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: String(port), WORKER: ANY_FILE } });
  let said = '';
  main.stderr.on('data', (text) => (said += text));
  const [code] = await once(main, 'close');
  assert.equal(code, 1);
  assert.equal(said, `Port ${port} on 127.0.0.1 is taken: choose another one, as in PORT=3001 ./run.sh\n`);
});

test('options that make no sense are refused by name', () => {
  const env = { WORKER: ANY_FILE };
  assert.throws(() => readOptions(['--bogus'], env), UsageError);
  assert.throws(() => readOptions(['--relay', 'speed=9'], env), /"speed=9"/);
  assert.throws(() => readOptions([], { ...env, PORT: 'high' }), /PORT=high/);
  assert.throws(() => readOptions([], { WORKER: '/nonexistent' }), /no worker at \/nonexistent/);
});

test('by default the room is open to this machine only', () => {
  const options = readOptions([], { WORKER: ANY_FILE });
  assert.ok(options !== 'help');
  assert.deepEqual([options.host, options.port, options.secure], ['127.0.0.1', 3000, false]);
  assert.equal(options.iceAddresses[0], '127.0.0.1');
});
