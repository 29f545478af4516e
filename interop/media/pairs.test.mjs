import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../tools/browser.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { plainCapabilities } from './lib/Codec.mjs';
import { Controller } from './lib/Controller.mjs';
import { fromFfmpeg, toGStreamer } from './lib/links.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { RtpCount } from './lib/RtpCount.mjs';
import { until } from './lib/until.mjs';

const ENOUGH_PACKETS = 60;
const UNDER_WAY = 0.8;

/** @type {Controller} */ let controller;
/** @type {PeerPage} */ let page;
/** @type {import('../tools/browser.mjs').Browser} */ let browser;
/** @type {string[]} */ const pageErrors = [];

before(async () => {
  controller = await Controller.start({ workers: 2 });
  page = await PeerPage.serve();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  page?.close();
  await controller?.close();
});

/**
 * @param {import('node:test').TestContext} context
 * @param {import('mediasoup').types.Router} router
 */
async function open(context, router) {
  const peer = await BrowserPeer.open(browser, page, router);
  context.after(async () => {
    pageErrors.push(...peer.errors);
    await peer.close();
  });
  return peer;
}

/**
 * @param {BrowserPeer} peer
 * @param {string} consumerId
 */
const decodes = (peer, consumerId) =>
  until('the browser decodes', async () => {
    const stats = await peer.received(consumerId);
    return stats?.framesDecoded > 10 && stats.packetsReceived >= ENOUGH_PACKETS && stats;
  });

test('browser to plain: GStreamer decodes what Chromium sends', async (context) => {
  const router = await controller.router();
  const peer = await open(context, router);
  const producer = await peer.produce(await peer.connect('send'), 'video');
  const { consumer, tap, receiver } = await toGStreamer(context, router, producer);
  await until('GStreamer decodes', () => receiver.frames > 10 && receiver.packets >= ENOUGH_PACKETS, () => [tap.fromWorker, receiver.lines]);
  const [forwarded] = await consumer.getStats();
  context.diagnostic(`${forwarded.packetCount} forwarded, ${receiver.packets} received, ${receiver.frames} decoded`);
  assert.ok(receiver.packets >= ENOUGH_PACKETS && tap.fromWorker.packets >= forwarded.packetCount * UNDER_WAY);
  assert.ok(receiver.frames >= tap.fromWorker.markers * 0.5);
});

test('plain to browser: Chromium decodes what ffmpeg sends', async (context) => {
  const router = await controller.router();
  const peer = await open(context, router);
  const { producer, tap } = await fromFfmpeg(context, router, 'vp8');
  const consumer = await peer.consume(await peer.connect('recv'), producer.id);
  const got = await decodes(peer, consumer.id);
  const [forwarded] = await consumer.getStats();
  const [accepted] = await producer.getStats();
  context.diagnostic(`${tap.fromProgram.packets} sent, ${accepted.packetCount} accepted, ${forwarded.packetCount} forwarded, ${got.packetsReceived} received`);
  assert.ok(forwarded.packetCount >= got.packetsReceived && got.packetsReceived >= forwarded.packetCount * UNDER_WAY);
  assert.ok(tap.fromProgram.packets >= accepted.packetCount * UNDER_WAY);
  assert.equal(got.packetsLost, 0);
});

test('browser to pipe to browser, across two workers', async (context) => {
  const [near, far] = await Promise.all(controller.workers.map((worker) => controller.router(worker)));
  assert.notEqual(controller.workers[0].pid, controller.workers[1].pid);
  const sender = await open(context, near);
  const receiver = await open(context, far);
  const producer = await sender.produce(await sender.connect('send'), 'video');
  const { pipeConsumer, pipeProducer } = await near.pipeToRouter({ producerId: producer.id, router: far });
  const consumer = await receiver.consume(await receiver.connect('recv'), producer.id);
  const got = await decodes(receiver, consumer.id);
  const [into] = await /** @type {import('mediasoup').types.Producer} */ (pipeProducer).getStats();
  const [outOf] = await /** @type {import('mediasoup').types.Consumer} */ (pipeConsumer).getStats();
  const [forwarded] = await consumer.getStats();
  context.diagnostic(`${outOf.packetCount} into the pipe, ${into.packetCount} out of it, ${got.packetsReceived} received`);
  assert.ok(outOf.packetCount >= into.packetCount * UNDER_WAY);
  assert.ok(into.packetCount >= outOf.packetCount * UNDER_WAY);
  assert.ok(forwarded.packetCount >= got.packetsReceived);
  assert.equal(into.packetsLost, 0);
});

test('plain to direct to browser: what the controller is handed it sends again, and Chromium decodes it', async (context) => {
  const router = await controller.router();
  const peer = await open(context, router);
  const { producer } = await fromFfmpeg(context, router, 'vp8');
  const direct = await router.createDirectTransport();
  const tapped = await direct.consume({ producerId: producer.id, rtpCapabilities: plainCapabilities(router, 'vp8') });
  const { codecs, encodings, rtcp } = tapped.rtpParameters;
  const again = await direct.produce({ kind: 'video', rtpParameters: { codecs, encodings, rtcp } });
  const counted = new RtpCount();
  tapped.on('rtp', (packet) => {
    counted.add(packet);
    again.send(packet);
  });
  const consumer = await peer.consume(await peer.connect('recv'), again.id);
  const got = await decodes(peer, consumer.id);
  // A stream that ends, so that the counts stand still.
  await producer.pause();
  const [handed] = await tapped.getStats();
  await until('the controller has all', () => counted.packets === handed.packetCount, () => [counted, handed]);
  const [sentAgain] = await until('the worker has all again', async () => {
    const stats = await again.getStats();
    return stats[0].packetCount === counted.packets && stats;
  });
  context.diagnostic(`${counted.packets} handed to the controller and sent again, ${got.packetsReceived} received`);
  assert.equal(sentAgain.byteCount, counted.bytes);
  assert.equal(got.packetsLost, 0);
});

test('observers hear who speaks: two browsers by turns', async (context) => {
  const router = await controller.router();
  const levels = await router.createAudioLevelObserver({ maxEntries: 2, threshold: -70, interval: 300 });
  const speakers = await router.createActiveSpeakerObserver({ interval: 300 });
  /** @type {Map<string, number>} */ let volumes = new Map();
  let dominant = '';
  let silences = 0;
  levels.on('volumes', (list) => (volumes = new Map(list.map(({ producer, volume }) => [producer.id, volume]))));
  levels.on('silence', () => silences++);
  speakers.on('dominantspeaker', ({ producer }) => (dominant = producer.id));
  const voices = [];
  for (const loudness of [0.5, 0]) {
    const peer = await open(context, router);
    const producer = await peer.produce(await peer.connect('send'), 'audio', { codecOptions: { opusDtx: false } });
    await peer.speak(loudness);
    await levels.addProducer({ producerId: producer.id });
    await speakers.addProducer({ producerId: producer.id });
    voices.push({ peer, producer });
  }
  const [first, second] = voices;
  await until('the first is heard', () => volumes.has(first.producer.id) && !volumes.has(second.producer.id) && dominant === first.producer.id, () => [[...volumes], dominant]);
  // A sine of half the full scale is at −9 dBov; browsers measure it with a meter of their own.
  assert.ok(/** @type {number} */ (volumes.get(first.producer.id)) > -40);
  await first.peer.speak(0);
  await second.peer.speak(0.5);
  await until('the second is heard', () => volumes.has(second.producer.id) && !volumes.has(first.producer.id) && dominant === second.producer.id, () => [[...volumes], dominant]);
  await second.peer.speak(0);
  const before = silences;
  await until('nobody is heard', () => silences > before);
});

test('neither a page nor a worker reported an error', () => {
  assert.deepEqual(pageErrors, []);
  assert.deepEqual(controller.errors, []);
});
