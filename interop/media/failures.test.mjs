import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../tools/browser.mjs';
import { UdpRelay } from '../tools/udp-relay.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { CODEC } from './lib/Codec.mjs';
import { Controller, createPlain, LOOPBACK } from './lib/Controller.mjs';
import { CountingReceiver } from './lib/CountingReceiver.mjs';
import { CountingSender } from './lib/CountingSender.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { alive, family, SEES_PROCESSES } from './lib/processes.mjs';
import { Program } from './lib/Program.mjs';
import { until } from './lib/until.mjs';
import { vp8KeyFrame } from './lib/vp8.mjs';

/** The shortest that the worker takes, in seconds. */
const CONSENT_TIMEOUT = 10;

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

test('a controller that is killed in the middle of a stream leaves no process', { skip: !SEES_PROCESSES }, async (context) => {
  const socket = createSocket('udp4').bind(0, LOOPBACK);
  await once(socket, 'listening');
  let received = 0;
  socket.on('message', () => received++);
  /** @type {{ worker: number, port: number } | undefined} */ let told;
  const script = fileURLToPath(new URL('lib/controller-process.mjs', import.meta.url));
  const program = new Program('node', [script, String(socket.address().port)], (line) => {
    told ??= line.startsWith('{') ? JSON.parse(line) : undefined;
  });
  const { worker, port } = await until('the worker runs', () => told, () => program.lines);
  let sequenceNumber = 0;
  const sending = setInterval(
    () => socket.send(vp8KeyFrame({ ssrc: 1, sequenceNumber: sequenceNumber++, payloadType: CODEC.vp8.payloadType }), port, LOOPBACK),
    5,
  );
  context.after(() => {
    clearInterval(sending);
    socket.close();
  });
  await until('packets flow', () => received > 50);

  const processes = family(Number(program.process.pid));
  assert.ok(processes.includes(worker));
  program.process.kill('SIGKILL');
  await until('all its processes are gone', () => alive(processes).length === 0, () => alive(processes));
});

test('a link that goes silent and a browser that is killed harm nobody else, and a link that speaks again goes on', async (context) => {
  const others = await startCounted(context);
  const router = await controller.router();
  const browser = await launchBrowser();
  context.after(() => browser.close());
  const [sender, receiver] = [await BrowserPeer.open(browser, page, router), await BrowserPeer.open(browser, page, router)];
  /** @type {UdpRelay[]} */ const links = [];
  context.after(() => links.forEach((link) => link.close()));
  const settings = {
    options: { iceConsentTimeout: CONSENT_TIMEOUT },
    candidates: async (/** @type {import('mediasoup').types.WebRtcTransport} */ { iceCandidates: [candidate] }) => {
      const link = await UdpRelay.open(candidate, {});
      links.push(link);
      return [{ ...candidate, port: link.port }];
    },
  };
  const up = await sender.connect('send', { options: settings.options });
  const down = await receiver.connect('recv', settings);
  const producer = await sender.produce(up, 'video');
  const consumer = await receiver.consume(down, producer.id);
  const accepted = async () => (await producer.getStats())[0]?.packetCount ?? 0;
  const forwarded = async () => (await consumer.getStats())[0].packetCount;
  const decoded = async () => (await receiver.received(consumer.id))?.framesDecoded ?? 0;
  await until('pictures flow', async () => (await decoded()) > 10);

  links[0].loss = 1;
  await until('consent expires', () => down.iceState === 'disconnected', () => down.iceState);
  // What came before is counted; from now on the consumer is inactive.
  const [stopped, atStop] = [await forwarded(), await accepted()];
  await until('the sender goes on', async () => (await accepted()) > atStop + 50);
  assert.equal(await forwarded(), stopped);
  assert.notEqual(down.dtlsState, 'closed');

  const before = await decoded();
  links[0].loss = 0;
  await until('the transport recovers', () => down.iceState === 'connected' || down.iceState === 'completed', () => down.iceState);
  await until('pictures flow again', async () => (await decoded()) > before + 10);
  assert.ok((await forwarded()) > stopped);

  const processes = SEES_PROCESSES ? family(Number(browser.process()?.pid)) : [];
  browser.process()?.kill('SIGKILL');
  await until('consent expires on both', () => up.iceState === 'disconnected' && down.iceState === 'disconnected', () => [up.iceState, down.iceState]);
  await until('all processes of the browser are gone', () => alive(processes).length === 0, () => alive(processes));
  up.close();
  down.close();
  router.close();

  const { sent, received } = await others.finish();
  context.diagnostic(`another router meanwhile: ${sent} packets sent, ${received} received`);
  assert.ok(sent > 1_000);
  assert.equal(received, sent);
  assert.equal(controller.worker.died, false);
});

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});

/**
 * A stream through a router of its own, that goes on until it is told to finish.
 *
 * @param {import('node:test').TestContext} context
 */
async function startCounted(context) {
  const router = await controller.router();
  const [up, down] = [await createPlain(router, { rtcpMux: true }), await createPlain(router, { rtcpMux: true })];
  const [sender, receiver] = [await CountingSender.open(up), await CountingReceiver.open(down)];
  context.after(() => {
    sender.stopped = true;
    sender.close();
    receiver.close();
    router.close();
  });
  const producer = await up.produce(sender.producerOptions);
  const consumer = await down.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
  receiver.expect(consumer);
  const playing = sender.play();
  return {
    async finish() {
      sender.stopped = true;
      await playing;
      const sent = sender.sent.bySsrc.get(sender.ssrc) ?? 0;
      await until('the last packet came', () => receiver.sequenceNumbers.length >= sent, () => [sent, receiver.sequenceNumbers.length]);
      return { sent, received: receiver.sequenceNumbers.length };
    },
  };
}
