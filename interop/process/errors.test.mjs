import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Event, Method, notification } from './frames.mjs';
import { SpawnedWorker } from './SpawnedWorker.mjs';

for (const level of ['error', 'warn', 'debug']) {
  test(`what cannot be done is answered, and logged as an error at level ${level} whatever the tags are`, async (context) => {
    const worker = await SpawnedWorker.running(`--logLevel=${level}`);
    context.after(() => worker.kill());

    const answer = await worker.ask(Method.ROUTER_DUMP, 'nobody');
    assert.equal(answer.accepted, false);
    assert.match(await worker.logged('nobody'), /^E\w+(::\w+\(\))? \| throwing NotFoundError: .*nobody/);

    // Nobody is answered here: the log is the only place to hear of it.
    await worker.send(notification(Event.WORKER_CLOSE, 'no one'));
    assert.match(await worker.logged('no one'), /^E/);
    assert.equal(worker.logs.filter((line) => line.startsWith('E')).length, 2);
  });
}

test('at level none nothing is logged', async (context) => {
  const worker = await SpawnedWorker.running('--logLevel=none');
  context.after(() => worker.kill());

  const answer = await worker.ask(Method.ROUTER_DUMP, 'nobody');
  assert.equal(answer.accepted, false);
  await worker.send(notification(Event.WORKER_CLOSE, 'no one'));
  await worker.ask();
  assert.deepEqual(worker.logs, []);
});
