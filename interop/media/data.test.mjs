import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../tools/browser.mjs';
import { Controller } from './lib/Controller.mjs';
import { DataPeer } from './lib/DataPeer.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { until } from './lib/until.mjs';

const SMALL_MESSAGES = 10_000;
const LARGE_MESSAGES = 50;
const LARGE_BYTES = 256 * 1024;
const LENGTHS = [
  ...Array.from({ length: SMALL_MESSAGES }, (_, index) => 8 + ((index * 37) % 1017)),
  ...Array(LARGE_MESSAGES).fill(LARGE_BYTES),
];

/** @type {Controller} */ let controller;
/** @type {PeerPage} */ let page;
/** @type {import('../tools/browser.mjs').Browser} */ let chromium;

before(async () => {
  controller = await Controller.start({ workers: 2 });
  page = await PeerPage.serve('data.js');
  chromium = await launchBrowser();
});
after(async () => {
  await chromium?.close();
  page?.close();
  await controller?.close();
});

/** @type {{ name: string, options: object, isReliable: boolean, isOrdered: boolean }[]} */
const MODES = [
  { name: 'ordered', options: { ordered: true }, isReliable: true, isOrdered: true },
  { name: 'unordered', options: { ordered: false }, isReliable: true, isOrdered: false },
  { name: 'limited by retransmits', options: { ordered: false, maxRetransmits: 3 }, isReliable: false, isOrdered: false },
  { name: 'limited by lifetime', options: { ordered: false, maxPacketLifeTime: 2000 }, isReliable: false, isOrdered: false },
];

for (const mode of MODES) {
  test(`messages ${mode.name} arrive`, async (context) => {
    const router = await controller.router();
    await carries(context, await peers(router, router), mode, async (producer) => producer.id);
  });
}

test('messages pass through a pipe between two workers', async (context) => {
  const [near, far] = [await controller.router(controller.workers[0]), await controller.router(controller.workers[1])];
  await carries(context, await peers(near, far), MODES[0], async (producer) => {
    await near.pipeToRouter({ dataProducerId: producer.id, router: far });
    return producer.id;
  });
});

test('texts and empty messages keep their kind', async () => {
  const router = await controller.router();
  const { sender, receiver } = await peers(router, router);
  const producer = await sender.produceData(await sender.connect('send'), { ordered: true });
  const consumer = await receiver.consumeData(await receiver.connect('recv'), producer.id);

  await sender.sendText(producer, 'grüß dich');
  await sender.sendText(producer, '');
  await sender.sendEmpty(producer);
  await sender.sendNumbered(producer, 1, [100]);
  await until('the last message', async () => (await receiver.count(consumer)) === 1);

  assert.deepEqual(await receiver.received(consumer), { numbers: [1], damaged: 0, texts: ['grüß dich', ''], empty: 1, closed: false });
  await Promise.all([sender.close(), receiver.close()]);
});

/**
 * @param {import('mediasoup').types.Router} near
 * @param {import('mediasoup').types.Router} far
 */
async function peers(near, far) {
  const [sender, receiver] = await Promise.all([DataPeer.open(chromium, page, near), DataPeer.open(chromium, page, far)]);
  return { sender, receiver };
}

/**
 * @param {import('node:test').TestContext} context
 * @param {{ sender: DataPeer, receiver: DataPeer }} peers
 * @param {(typeof MODES)[number]} mode
 * @param {(producer: import('mediasoup').types.DataProducer) => Promise<string>} source of the consumer
 */
async function carries(context, { sender, receiver }, mode, source) {
  const producer = await sender.produceData(await sender.connect('send'), mode.options);
  const consumer = await receiver.consumeData(await receiver.connect('recv'), await source(producer));

  const start = performance.now();
  let refused = 0;
  consumer.on('sctpsendbufferfull', () => refused++);
  // A worker cannot slow a sender down: who sends more than a receiver takes fills the send buffer of 2 MB, and loses messages.
  for (let first = 0; first < LENGTHS.length; first += batchAt(first)) {
    const batch = LENGTHS.slice(first, first + batchAt(first));
    await sender.sendNumbered(producer, first, batch);
    if (mode.isReliable) {
      const expected = first + batch.length;
      await until('every message', async () => (await receiver.count(consumer)) >= expected, () => ({ expected, refused }));
    }
  }
  if (!mode.isReliable) {
    await until('silence', quiet(() => receiver.count(consumer)));
  }

  const { numbers, damaged } = await receiver.received(consumer);
  context.diagnostic(`${numbers.length} of ${LENGTHS.length} messages, ${Math.round(performance.now() - start)} ms`);
  assert.equal(damaged, 0);
  assert.equal(new Set(numbers).size, numbers.length, 'a message came twice');
  assert.ok(numbers.length > LENGTHS.length / 2);
  if (mode.isReliable) {
    assert.equal(numbers.length, LENGTHS.length);
  }
  if (mode.isOrdered) {
    assert.deepEqual(numbers, [...numbers].sort((one, other) => one - other));
  }
  const [ofProducer] = await producer.getStats();
  assert.equal(ofProducer.messagesReceived >= numbers.length, true);
  assert.deepEqual([...sender.errors, ...receiver.errors], []);
  await Promise.all([sender.close(), receiver.close()]);
}

/** How many messages are sent before those received are counted: less than a send buffer holds. @param {number} first */
function batchAt(first) {
  return first < SMALL_MESSAGES ? 1000 : 5;
}

/** A question that is answered with yes when a count has stood still for a while. @param {() => Promise<number>} count */
function quiet(count) {
  let last = -1;
  let times = 0;
  return async () => {
    const now = await count();
    times = now === last ? times + 1 : 0;
    last = now;
    return times >= 20;
  };
}
