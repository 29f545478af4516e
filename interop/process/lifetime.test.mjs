import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Event, Method, notification } from './frames.mjs';
import { SpawnedWorker } from './SpawnedWorker.mjs';

test('it says that it is running under the pid that the controller spawned', async (context) => {
  const worker = await SpawnedWorker.running();
  context.after(() => worker.kill());
  assert.equal(worker.runningPid, String(worker.process.pid));
});

test('WORKER_CLOSE ends it with 0 and without a word', async () => {
  const worker = await SpawnedWorker.running();
  await worker.send(notification(Event.WORKER_CLOSE));
  assert.equal(await worker.ended, 0);
  assert.equal(worker.stderr, '');
});

test('what was asked before WORKER_CLOSE is still answered', async () => {
  const worker = await SpawnedWorker.running();
  const answer = worker.ask(Method.WORKER_GET_RESOURCE_USAGE);
  await worker.send(notification(Event.WORKER_CLOSE));
  assert.ok((await answer).accepted);
  assert.equal(await worker.ended, 0);
});

test('the end of the channel ends it with 0 and a line that says so', async () => {
  const worker = await SpawnedWorker.running();
  worker.input?.end();
  assert.equal(await worker.ended, 0);
  assert.match(worker.stderr, /^[^\n]*channel[^\n]*\n$/);
});

test('a controller that is gone with answers unread ends it with 0', async () => {
  const worker = await SpawnedWorker.running();
  worker.output?.pause();
  for (let i = 0; i < 1_000; i++) {
    worker.ask().catch(() => {});
  }
  worker.output?.destroy();
  worker.input?.end();
  assert.equal(await worker.ended, 0, worker.stderr);
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  test(`${signal} ends it with 0`, async () => {
    const worker = await SpawnedWorker.running();
    worker.process.kill(signal);
    assert.equal(await worker.ended, 0);
    assert.equal(worker.stderr, '');
  });
}

test('SIGPIPE, SIGHUP, SIGALRM, SIGUSR1 and SIGUSR2 do nothing', async (context) => {
  const worker = await SpawnedWorker.running();
  context.after(() => worker.kill());
  for (const signal of /** @type {const} */ (['SIGPIPE', 'SIGHUP', 'SIGALRM', 'SIGUSR1', 'SIGUSR2'])) {
    worker.process.kill(signal);
    // A signal that ends a process has done so before it can answer.
    assert.ok((await worker.ask()).accepted, signal);
  }
  assert.equal(worker.stderr, '');
});
