import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** @type {string} */ let archive;
/** @type {string} */ let folder;

before(() => {
  archive = /** @type {string} */ (run(join(ROOT, 'build-worker.sh'), '--archive').trim().split('\n').at(-1));
  folder = mkdtempSync(join(tmpdir(), 'bisque-release-'));
});
after(() => rmSync(folder, { recursive: true }));

test('the archive is the one that its checksum belongs to', () => {
  const sum = createHash('sha256').update(readFileSync(archive)).digest('hex');
  assert.equal(readFileSync(`${archive}.sha256`, 'utf8'), `${sum}  ${basename(archive)}\n`);
});

test('packing again makes the same archive', () => {
  const before = readFileSync(archive);
  run(join(ROOT, 'build-worker.sh'), '--archive');
  assert.ok(readFileSync(archive).equals(before));
});

test('the unpacked worker says the version that the newest entry of the changes has, and what it speaks', () => {
  run('tar', '-xzf', archive, '-C', folder);
  const name = basename(archive, '.tar.gz');
  const [, version, speaks] = /^## (\S+) \(speaks (mediasoup \S+)\)$/m.exec(readFileSync(join(folder, name, 'CHANGELOG.md'), 'utf8')) ?? [];
  assert.ok(name.startsWith(`bisque-worker-${version}-`), name);
  assert.match(run(join(folder, name, 'bisque-worker'), '--version'), new RegExp(`^bisque-worker ${version}\\S* \\(speaks ${speaks}\\)\n$`));
});

/** @param {string} command @param {string[]} args */
function run(command, ...args) {
  return execFileSync(command, args, { encoding: 'utf8', env: { ...process.env, FORCE: '' } });
}
