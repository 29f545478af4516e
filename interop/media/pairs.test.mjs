import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../tools/browser.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { plainCapabilities } from './lib/Codec.mjs';
import { Controller } from './lib/Controller.mjs';
import { toGStreamer, willSendByFfmpeg } from './lib/links.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { RtpCount } from './lib/RtpCount.mjs';
import { until } from './lib/until.mjs';

const ENOUGH_PACKETS = 60;

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
    return stats?.framesDecoded > 10 && stats.packetsReceived >= ENOUGH_PACKETS;
  });

/** @param {import('mediasoup').types.WebRtcTransport} transport */
const connected = (transport) => until('the transport is connected', () => transport.dtlsState === 'connected', () => [transport.iceState, transport.dtlsState]);

/**
 * Resolves when all of these numbers are the same, and above 0: counts of one thing at several places, with nothing under way any more.
 *
 * @param {import('node:test').TestContext} context
 * @param {string} what
 * @param {() => Promise<Record<string, number>>} count
 */
async function alike(context, what, count) {
  /** @type {Record<string, number>} */ let counts = {};
  await until(
    `all count alike: ${what}`,
    async () => {
      counts = await count();
      const values = new Set(Object.values(counts));
      return values.size === 1 && !values.has(0);
    },
    () => counts,
  );
  context.diagnostic(`${what}: ${Object.values(counts)[0]} at each of ${Object.keys(counts).join(', ')}`);
}

/** @param {import('mediasoup').types.Producer | import('mediasoup').types.Consumer} stream */
const packets = async (stream) => (await stream.getStats())[0]?.packetCount ?? 0;

test('browser to plain: GStreamer decodes all that Chromium sends', async (context) => {
  const router = await controller.router();
  const peer = await open(context, router);
  const up = await peer.connect('send');
  const producer = await peer.produce(up, 'video', { held: true });
  const { consumer, tap, receiver } = await toGStreamer(context, router, producer);
  await connected(up);
  await peer.release(producer);
  await until('GStreamer decodes', () => receiver.frames > 10 && tap.clear.packets >= ENOUGH_PACKETS, () => [tap.fromWorker, receiver.lines]);
  await peer.silence(producer.id);
  await alike(context, 'packets', async () => ({
    accepted: await packets(producer),
    forwarded: await packets(consumer),
    received: tap.fromWorker.packets,
    taken: tap.clear.packets,
  }));
  await alike(context, 'pictures', async () => ({ sent: (await peer.sent(producer.id)).framesSent, received: tap.fromWorker.markers, decoded: receiver.frames }));
});

test('plain to browser: Chromium decodes all that ffmpeg sends', async (context) => {
  const router = await controller.router();
  const peer = await open(context, router);
  const { producer, tap, start } = await willSendByFfmpeg(context, router, 'vp8');
  const down = await peer.connect('recv');
  const consumer = await peer.consume(down, producer.id);
  await connected(down);
  const sender = start();
  await decodes(peer, consumer.id);
  await sender.stop();
  await alike(context, 'packets', async () => ({
    sent: tap.fromProgram.packets,
    accepted: await packets(producer),
    forwarded: await packets(consumer),
    received: (await peer.received(consumer.id)).packetsReceived,
  }));
  await alike(context, 'pictures', async () => ({ sent: sender.frames, decoded: (await peer.received(consumer.id)).framesDecoded }));
});

test('browser to pipe to browser, across two workers', async (context) => {
  const [near, far] = await Promise.all(controller.workers.map((worker) => controller.router(worker)));
  assert.notEqual(controller.workers[0].pid, controller.workers[1].pid);
  const sender = await open(context, near);
  const receiver = await open(context, far);
  const up = await sender.connect('send');
  const producer = await sender.produce(up, 'video', { held: true });
  const piped = await near.pipeToRouter({ producerId: producer.id, router: far });
  const pipeConsumer = /** @type {import('mediasoup').types.Consumer} */ (piped.pipeConsumer);
  const pipeProducer = /** @type {import('mediasoup').types.Producer} */ (piped.pipeProducer);
  const down = await receiver.connect('recv');
  const consumer = await receiver.consume(down, producer.id);
  await connected(up);
  await connected(down);
  await sender.release(producer);
  await decodes(receiver, consumer.id);
  await sender.silence(producer.id);
  await alike(context, 'packets', async () => ({
    accepted: await packets(producer),
    'into the pipe': await packets(pipeConsumer),
    'out of it': await packets(pipeProducer),
    forwarded: await packets(consumer),
    received: (await receiver.received(consumer.id)).packetsReceived,
  }));
  await alike(context, 'pictures', async () => ({
    sent: (await sender.sent(producer.id)).framesSent,
    decoded: (await receiver.received(consumer.id)).framesDecoded,
  }));
});

test('plain to direct to browser: what the controller is handed it sends again, and Chromium decodes it', async (context) => {
  const router = await controller.router();
  const peer = await open(context, router);
  const { producer, tap, start } = await willSendByFfmpeg(context, router, 'vp8');
  const direct = await router.createDirectTransport();
  const tapped = await direct.consume({ producerId: producer.id, rtpCapabilities: plainCapabilities(router, 'vp8') });
  const { codecs, encodings, rtcp } = tapped.rtpParameters;
  const again = await direct.produce({ kind: 'video', rtpParameters: { codecs, encodings, rtcp } });
  const counted = new RtpCount();
  tapped.on('rtp', (packet) => {
    counted.add(packet);
    again.send(packet);
  });
  const down = await peer.connect('recv');
  const consumer = await peer.consume(down, again.id);
  await connected(down);
  const sender = start();
  await decodes(peer, consumer.id);
  await sender.stop();
  await alike(context, 'packets', async () => ({
    sent: tap.fromProgram.packets,
    accepted: await packets(producer),
    handed: await packets(tapped),
    'with the controller': counted.packets,
    'sent again': await packets(again),
    forwarded: await packets(consumer),
    received: (await peer.received(consumer.id)).packetsReceived,
  }));
  await alike(context, 'pictures', async () => ({ sent: sender.frames, handed: counted.markers, decoded: (await peer.received(consumer.id)).framesDecoded }));
  assert.equal((await again.getStats())[0].byteCount, counted.bytes);
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
