// Messages from everybody to everybody: browsers, the application (a direct transport), and a browser behind a second worker.
//
// node --test browsers.test.mjs
// Environment: WORKER (default: the worker that build-worker.sh made); LONG=1: as many messages from Firefox and the application as from Chromium
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Controller, LOOPBACK } from '../media/lib/Controller.mjs';
import { PeerPage } from '../media/lib/PeerPage.mjs';
import { launchBrowser } from '../tools/browser.mjs';
import { launchFirefox } from '../tools/firefox.mjs';
import { DataPage } from './lib/DataPage.mjs';
import { DirectPeer } from './lib/DirectPeer.mjs';
import { MessageRow } from './lib/messages.mjs';
import { MODES } from './lib/modes.mjs';
import { transfer } from './lib/transfer.mjs';

const OVER_UDP = new MessageRow(10_000, 50);
const OVER_UDP_SHORT = process.env.LONG ? OVER_UDP : new MessageRow(2_000, 5);
/** Holds what is under way when the worker does not get a turn for long: a browser counts what a full socket lost towards its limits. */
const RECEIVE_BUFFER = 4_000_000;
const OVER_TCP = new MessageRow(490, 10);

/** @type {Controller} */ let controller;
/** @type {PeerPage} */ let page;
/** @type {import('../tools/browser.mjs').Browser[]} */ let launched = [];
/** @type {import('mediasoup').types.Router} */ let near;
/** Of another worker, reached by a pipe. @type {import('mediasoup').types.Router} */ let far;
/** @type {Record<'chromium' | 'firefox', DataPage>} */ let pages;
/** @type {DirectPeer} */ let application;
/** Made once and used by all channels of a page, as applications do. @type {Map<string, import('mediasoup').types.WebRtcTransport>} */
const transports = new Map();

before(async () => {
  controller = await Controller.start({ workers: 2 });
  page = await PeerPage.serve(new URL('page/peer.js', import.meta.url));
  launched = await Promise.all([launchBrowser(), launchFirefox()]);
  near = await controller.router(controller.workers[0]);
  far = await controller.router(controller.workers[1]);
  application = new DirectPeer(await near.createDirectTransport());
  const [chromium, firefox] = await Promise.all(launched.map((browser) => DataPage.open(browser, page, near)));
  pages = { chromium, firefox };
});
after(async () => {
  await Promise.all(launched.map((browser) => browser.close()));
  page?.close();
  await controller?.close();
});

for (const [name, mode] of Object.entries(MODES)) {
  for (const sender of /** @type {const} */ (['chromium', 'firefox'])) {
    test(`${sender} sends to both browsers, to the application and through a pipe: ${name}`, async (context) => {
      const producer = await pages[sender].produce(await transportOf(sender, near, 'send'), mode);
      context.after(() => producer.close());
      const row = sender === 'chromium' ? OVER_UDP : OVER_UDP_SHORT;
      await toEverybody(producer, row, mode, (from, to) => pages[sender].send(producer, row, from, to));
    });
  }

  test(`the application sends to both browsers, to itself and through a pipe: ${name}`, async (context) => {
    const producer = await application.produce();
    context.after(() => producer.close());
    await toEverybody(producer, OVER_UDP_SHORT, mode, (from, to) => application.send(producer, OVER_UDP_SHORT, from, to));
  });

  for (const sender of /** @type {const} */ (['chromium', 'firefox'])) {
    test(`${sender} sends to both browsers over TCP: ${name}`, async (context) => {
      const up = await transportOf(sender, near, 'send', 'tcp');
      const producer = await pages[sender].produce(up, mode);
      context.after(() => producer.close());
      const receivers = {
        chromium: await consume('chromium', near, producer, OVER_TCP, mode, 'tcp'),
        firefox: await consume('firefox', near, producer, OVER_TCP, mode, 'tcp'),
      };
      await transfer(OVER_TCP, (from, to) => pages[sender].send(producer, OVER_TCP, from, to), receivers);
      assert.equal(up.iceSelectedTuple?.protocol, 'tcp');
    });
  }
}

test('neither a page nor a worker reported an error', () => {
  assert.deepEqual(Object.values(pages).flatMap(({ errors }) => errors), []);
  assert.deepEqual(controller.errors, []);
});

/**
 * @param {import('mediasoup').types.DataProducer} producer
 * @param {MessageRow} row
 * @param {import('./lib/modes.mjs').Mode} mode
 * @param {(from: number, to: number) => unknown} send
 */
async function toEverybody(producer, row, mode, send) {
  const { pipeDataProducer } = await near.pipeToRouter({ dataProducerId: producer.id, router: far });
  assert.ok(pipeDataProducer);
  await transfer(row, send, {
    chromium: await consume('chromium', near, producer, row, mode),
    firefox: await consume('firefox', near, producer, row, mode),
    application: await application.consume(producer, { row, mode }),
    'chromium behind the pipe': await consume('chromium', far, pipeDataProducer, row, mode),
  });
}

/**
 * @param {'chromium' | 'firefox'} who
 * @param {import('mediasoup').types.Router} router
 * @param {import('mediasoup').types.DataProducer} producer
 * @param {MessageRow} row
 * @param {import('./lib/modes.mjs').Mode} mode
 * @param {'udp' | 'tcp'} [protocol]
 */
async function consume(who, router, producer, row, mode, protocol) {
  return pages[who].consume(await transportOf(who, router, 'recv', protocol), producer, { row, mode });
}

/**
 * @param {'chromium' | 'firefox'} who
 * @param {import('mediasoup').types.Router} router
 * @param {'send' | 'recv'} direction
 * @param {'udp' | 'tcp'} protocol
 */
async function transportOf(who, router, direction, protocol = 'udp') {
  const name = [who, router.id, direction, protocol].join();
  const listenInfos = [{ protocol, ip: LOOPBACK, recvBufferSize: RECEIVE_BUFFER }];
  const transport = transports.get(name) ?? (await pages[who].connect(router, direction, { listenInfos }));
  transports.set(name, transport);
  return transport;
}
