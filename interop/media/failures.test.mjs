import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../tools/browser.mjs';
import { UdpRelay } from '../tools/udp-relay.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { Controller } from './lib/Controller.mjs';
import { fromFfmpeg, toGStreamer } from './lib/links.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { Program } from './lib/Program.mjs';
import { until } from './lib/until.mjs';

/** @type {Controller} */ let controller;
/** @type {PeerPage} */ let page;

before(async () => {
  controller = await Controller.start();
  page = await PeerPage.serve();
});
after(async () => {
  page?.close();
  await controller?.close();
});

test('a worker whose controller is killed ends', { skip: !existsSync('/proc/self') }, async () => {
  let pid = 0;
  const script = fileURLToPath(new URL('lib/controller-process.mjs', import.meta.url));
  const process = new Program('node', [script], (line) => (pid ||= Number(/^worker (\d+)$/.exec(line)?.[1] ?? 0)));
  await until('the worker runs', () => pid, () => process.lines);
  assert.ok(existsSync(`/proc/${pid}`));
  process.process.kill('SIGKILL');
  await until('the worker is gone', () => !existsSync(`/proc/${pid}`));
});

test('a link that goes silent, and a browser that is killed, disturb nobody else', async (context) => {
  const router = await controller.router();
  const browser = await launchBrowser();
  context.after(() => browser.close());
  const peer = await BrowserPeer.open(browser, page, router);
  /** @type {UdpRelay | undefined} */ let relay;
  context.after(() => relay?.close());
  const transport = await peer.connect('send', {
    // The shortest that the worker takes.
    options: { iceConsentTimeout: 10 },
    candidates: async ({ iceCandidates: [candidate] }) => {
      relay = await UdpRelay.open(candidate, { loss: 0, random: Math.random });
      return [{ ...candidate, port: relay.port }];
    },
  });
  const link = () => /** @type {UdpRelay} */ (relay);
  const producer = await peer.produce(transport, 'video');
  const { tap: other, receiver } = await toGStreamer(context, router, (await fromFfmpeg(context, router, 'vp8')).producer);
  const received = async () => (await producer.getStats())[0]?.packetCount ?? 0;
  await until('both flow', async () => (await received()) > 20 && receiver.frames > 5);

  link().loss = 1;
  await until('consent expires', () => transport.iceState === 'disconnected', () => transport.iceState);
  const [lost, others] = [await received(), other.fromWorker.packets];
  await until('the other stream goes on', () => other.fromWorker.packets > others + 20);
  assert.equal(await received(), lost);
  link().loss = 0;
  await until('the transport recovers', () => transport.iceState === 'connected' || transport.iceState === 'completed', () => transport.iceState);
  await until('its stream goes on', async () => (await received()) > lost + 20);

  browser.process()?.kill('SIGKILL');
  await until('consent expires again', () => transport.iceState === 'disconnected', () => transport.iceState);
  const still = receiver.frames;
  await until('the other is still decoded', () => receiver.frames > still + 10);
  assert.equal(controller.worker.died, false);
  assert.deepEqual(controller.errors, []);
});
