import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../tools/seeded-random.mjs';
import { frame, Method, request } from './frames.mjs';
import { SpawnedWorker } from './SpawnedWorker.mjs';

const ROUNDS = 20;
const FRAMES_PER_ROUND = 5_000;

/** What a garbage collector may keep for later; a leak of every frame would be several times that. */
const MAX_GROWTH_MIB = 12;

const LONGEST_MESSAGE = 8 * 1024 * 1024 - 4;

/** @param {() => number} random @param {number} length */
function randomBytes(random, length) {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** @param {() => number} random @param {Buffer} message with one to four bytes changed */
function mutated(random, message) {
  const copy = Buffer.from(message);
  for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes--) {
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
  }
  return copy;
}

/**
 * Sends many frames and looks at what they leave behind.
 *
 * @param {import('node:test').TestContext} context
 * @param {(random: () => number, i: number) => Buffer} message
 */
async function survives(context, message) {
  const worker = await SpawnedWorker.running('--logLevel=error');
  context.after(() => worker.kill());
  const random = seededRandom(7);
  // Ids far from those of ask(), lest a mutated request is taken for its answer.
  const round = () => Buffer.concat(Array.from({ length: FRAMES_PER_ROUND }, (_, i) => frame(message(random, 1_000_000 + i))));
  /** @type {number[]} */ const memory = [];
  for (let i = 0; i < ROUNDS; i++) {
    await worker.send(round());
    assert.ok((await worker.ask()).accepted);
    if (process.platform === 'linux') {
      memory.push(worker.residentMemory());
    }
  }
  // It is the later half that tells a leak from a start.
  const [middle, end] = [memory[ROUNDS / 2], memory[ROUNDS - 1]];
  context.diagnostic(`resident memory after ${FRAMES_PER_ROUND}, half and all of ${ROUNDS * FRAMES_PER_ROUND} frames: ${[memory[0], middle, end].map((mib) => mib?.toFixed(1)).join(', ')} MiB`);
  if (process.platform === 'linux') {
    assert.ok(end - middle < MAX_GROWTH_MIB, `${middle} to ${end} MiB`);
  }
  worker.input?.end();
  assert.equal(await worker.ended, 0);
}

test('frames of random bytes are dropped, and leave no memory behind', (context) =>
  survives(context, (random) => randomBytes(random, Math.floor(random() * 120))));

test('mutated requests are answered or dropped, and leave no memory behind', (context) =>
  survives(context, (random, i) => mutated(random, request(i, Math.floor(random() * 80), 'nobody').subarray(4))));

test('truncated messages are dropped', (context) =>
  survives(context, (random, i) => {
    const whole = request(i, Method.WORKER_DUMP).subarray(4);
    return whole.subarray(0, Math.floor(random() * whole.length));
  }));

test('a request that comes byte by byte is answered', async (context) => {
  const worker = await SpawnedWorker.running();
  context.after(() => worker.kill());
  const answer = new Promise((resolve) => worker.once('answer 77', resolve));
  for (const byte of request(77, Method.WORKER_DUMP)) {
    await worker.send(Buffer.of(byte));
  }
  await answer;
});

test('a channel that ends in the middle of a frame is an end like any other', async () => {
  const worker = await SpawnedWorker.running();
  await worker.send(request(1, Method.WORKER_DUMP).subarray(0, 9));
  worker.input?.end();
  assert.equal(await worker.ended, 0);
});

test('the longest message is taken whole, and dropped when it is garbage', async (context) => {
  const worker = await SpawnedWorker.running();
  context.after(() => worker.kill());
  await worker.send(frame(Buffer.alloc(LONGEST_MESSAGE, 0xa5)));
  assert.ok((await worker.ask()).accepted);
});

test('a length that no message can have ends the channel in order: what follows could not be told apart', async () => {
  const worker = await SpawnedWorker.running('--logLevel=error');
  await worker.send(frame(Buffer.from('whatever'), LONGEST_MESSAGE + 1));
  assert.match(await worker.logged('length'), /^E/);
  assert.equal(await worker.ended, 0);
});
