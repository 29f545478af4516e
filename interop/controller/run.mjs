// Runs the tests of the npm package mediasoup against our worker. All of them have to pass.
//
// node run.mjs [part of a test file's name ...]
// Environment: WORKER (default: the worker that build-worker.sh made), JEST_WORKERS (default 1)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertOurs, makeCertificate } from './prepare.mjs';
import { readReport } from './report.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BUILT_WORKER = fileURLToPath(new URL('../../artifacts/worker/bisque-worker', import.meta.url));

/** What upstream's package has: fewer means that jest did not find them all. */
const TESTS = 202;

const files = process.argv.slice(2);
const workerBin = resolve(process.env.WORKER || BUILT_WORKER);
if (!existsSync(workerBin)) {
  console.error(`There is no worker at ${workerBin}: run ./build-worker.sh, or set WORKER`);
  process.exit(2);
}
// The package reads it once, when it is loaded.
process.env.MEDIASOUP_WORKER_BIN = workerBin;

makeCertificate();
await assertOurs(workerBin);
const results = await runJest();
const failures = results.filter(({ passed }) => !passed);
for (const { file, name, message } of failures) {
  console.log(`FAILURE ${file}: ${name}\n${message.replace(/^/gm, '    ')}`);
}
const complete = files.length > 0 || results.length === TESTS;
if (!complete) {
  console.log(`FAILURE of the count: ${results.length} tests ran, the package has ${TESTS}`);
}
console.log(`${results.length} tests of mediasoup: ${results.length - failures.length} pass, ${failures.length} fail`);
process.exitCode = failures.length === 0 && complete ? 0 : 1;

async function runJest() {
  const folder = mkdtempSync(join(tmpdir(), 'bisque-jest-'));
  const report = join(folder, 'report.json');
  try {
    const jest = spawn(
      process.execPath,
      [
        'node_modules/jest/bin/jest.js',
        ...['--config', 'jest.config.mjs', '--json', '--outputFile', report, '--silent', '--reporters', join(HERE, 'progress.cjs')],
        // Each test starts a worker or two and has two seconds: on a busy machine a second one at a time makes them late.
        ...['--maxWorkers', process.env.JEST_WORKERS || '1'],
        ...files,
      ],
      { cwd: HERE, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    await once(jest, 'close');
    if (!existsSync(report)) {
      throw new Error(`jest ended with ${jest.exitCode ?? jest.signalCode} and without a report`);
    }
    return readReport(JSON.parse(readFileSync(report, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
