import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WORKER } from './SpawnedWorker.mjs';

/** In a mount namespace of its own, OpenSSL's libraries are empty files. */
const HIDE = 'for file in /usr/lib/*/libssl.so.* /usr/lib64/libssl.so.*; do [ ! -e "$file" ] || mount --bind /dev/null "$file"; done; exec "$@"';

const canHide = process.platform === 'linux' && spawnSync('unshare', ['--mount', 'true']).status === 0;

test('without OpenSSL a transport is refused with the reason, and the worker lives on', { skip: !canHide && 'needs a mount namespace: Linux, and root' }, async () => {
  const child = spawn('unshare', ['--mount', 'bash', '-c', HIDE, 'bash', process.execPath, fileURLToPath(new URL('without-openssl.mjs', import.meta.url))], {
    env: { ...process.env, WORKER },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (text) => (output += text));
  await once(child, 'close');
  const said = JSON.parse(output);
  assert.match(said.refusal, /OpenSSL is missing: install libssl/);
  assert.equal(said.routers, 1);
});
