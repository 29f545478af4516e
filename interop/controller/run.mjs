// Runs the tests of the npm package mediasoup against our worker, and holds the failures against expected-failures.json.
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
import { judge, readReport } from './verdict.mjs';

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
const expected = JSON.parse(readFileSync(new URL('expected-failures.json', import.meta.url), 'utf8'));
const verdict = judge(results, files.length > 0 ? ofFiles(expected) : expected);

for (const { file, name, message } of verdict.newFailures) {
  console.log(`NEW FAILURE ${file}: ${name}\n${message.replace(/^/gm, '    ')}`);
}
for (const { file, name } of verdict.unexpectedPasses) {
  console.log(`UNEXPECTED PASS (take it off expected-failures.json) ${file}: ${name}`);
}
for (const test of verdict.missing) {
  console.log(`DID NOT RUN (it stands in expected-failures.json) ${test}`);
}
if (files.length === 0 && results.length !== TESTS) {
  console.log(`WRONG NUMBER OF TESTS: ${results.length} ran, the package has ${TESTS}`);
}

const wrong = verdict.newFailures.length + verdict.unexpectedPasses.length + verdict.missing.length;
const complete = files.length > 0 || results.length === TESTS;
console.log(
  `${results.length} tests of mediasoup: ${verdict.passed.length + verdict.unexpectedPasses.length} pass, `
  + `${verdict.expectedFailures.length} fail as expected`
  + (wrong > 0 ? `; ${verdict.newFailures.length} new failures, ${verdict.unexpectedPasses.length} unexpected passes, ${verdict.missing.length} missing` : ''),
);
process.exitCode = wrong === 0 && complete ? 0 : 1;

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

/** @param {import('./verdict.mjs').ExpectedFailures} all */
function ofFiles(all) {
  return Object.fromEntries(Object.entries(all).filter(([name]) => files.some((part) => name.includes(part))));
}
