import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../tools/browser.mjs';
import { launchFirefox } from '../tools/firefox.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { Controller } from './lib/Controller.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { until } from './lib/until.mjs';

/** @typedef {import('./lib/BrowserPeer.mjs').TransportSettings} TransportSettings */

const ENOUGH_PACKETS = 100;
/** Packets under way while both sides are asked, and answers of the browser that are up to 50 ms old. */
const UNDER_WAY = 0.9;
/** Of the first packets of video many are padding, by which Chromium probes the bandwidth and which is no packet of the stream. */
const NO_PADDING = 0.75;

/** @type {Controller} */ let controller;
/** @type {PeerPage} */ let page;
/** @type {import('mediasoup').types.WebRtcServer | undefined} */ let server;
/** @type {Record<string, import('../tools/browser.mjs').Browser | undefined>} */ let browsers;

before(async () => {
  controller = await Controller.start();
  page = await PeerPage.serve();
  const [chromium, firefox] = await Promise.all([launchBrowser(), process.env.FIREFOX_ADDRESS ? launchFirefox() : undefined]);
  browsers = { chromium, firefox };
});
after(async () => {
  await Promise.all([browsers?.chromium?.close(), browsers?.firefox?.close()]);
  page?.close();
  await controller?.close();
});

/**
 * @typedef {object} Way
 * @property {string} name
 * @property {() => Promise<Partial<import('mediasoup').types.WebRtcTransportOptions>>} options
 * @property {'udp' | 'tcp'} protocol
 * @property {RegExp} address that the browser must have used
 */

/** @type {Way[]} */
const WAYS = [
  { name: 'over UDP', options: async () => ({}), protocol: 'udp', address: /^127\.0\.0\.1$/ },
  {
    name: 'over UDP and IPv6',
    options: async () => ({ listenInfos: [{ protocol: 'udp', ip: '::1' }] }),
    protocol: 'udp',
    address: /^\[?::1\]?$/,
  },
  {
    name: 'over TCP alone',
    options: async () => ({ listenInfos: [{ protocol: 'tcp', ip: '127.0.0.1' }] }),
    protocol: 'tcp',
    address: /^127\.0\.0\.1$/,
  },
  {
    name: 'over TCP and IPv6',
    options: async () => ({ listenInfos: [{ protocol: 'tcp', ip: '::1' }] }),
    protocol: 'tcp',
    address: /^\[?::1\]?$/,
  },
  {
    name: 'through a WebRtcServer, UDP',
    options: async () => ({ webRtcServer: await webRtcServer(), enableUdp: true, enableTcp: false }),
    protocol: 'udp',
    address: /^127\.0\.0\.1$/,
  },
  {
    name: 'through a WebRtcServer, TCP',
    options: async () => ({ webRtcServer: await webRtcServer(), enableUdp: false, enableTcp: true }),
    protocol: 'tcp',
    address: /^127\.0\.0\.1$/,
  },
];

for (const { name, options, protocol, address } of WAYS) {
  test(`Chromium sends and receives ${name}`, async (context) => {
    const router = await controller.router();
    const [sender, receiver] = await open(context, router, 'chromium', 'chromium');
    const { up, down } = await call(context, sender, receiver, await options());
    for (const [peer, transport] of /** @type {const} */ ([[sender, up], [receiver, down]])) {
      assert.equal(transport.iceSelectedTuple?.protocol, protocol);
      assert.match(transport.iceSelectedTuple?.localAddress ?? '', address);
      const { remote } = /** @type {any} */ (await peer.path(transport));
      assert.equal(remote.protocol, protocol);
      assert.match(remote.address, address);
    }
  });
}

/** Firefox gathers no candidate on loopback where there is another interface: in-namespace.sh makes an address that is nobody else's. */
const firefoxAddress = process.env.FIREFOX_ADDRESS;

for (const [from, to] of /** @type {const} */ ([['firefox', 'chromium'], ['chromium', 'firefox']])) {
  test(`${from} sends and ${to} receives`, { skip: !firefoxAddress && 'FIREFOX_ADDRESS names no address' }, async (context) => {
    const router = await controller.router();
    const [sender, receiver] = await open(context, router, from, to);
    await call(context, sender, receiver, { listenInfos: [{ protocol: 'udp', ip: String(firefoxAddress) }] });
  });
}

test('neither a page nor the worker reported an error', () => {
  assert.deepEqual(pageErrors, []);
  assert.deepEqual(controller.errors, []);
});

/** @type {string[]} */ const pageErrors = [];

async function webRtcServer() {
  server ??= await controller.worker.createWebRtcServer({
    listenInfos: [
      { protocol: 'udp', ip: '127.0.0.1' },
      { protocol: 'tcp', ip: '127.0.0.1' },
    ],
  });
  return server;
}

/**
 * @param {import('node:test').TestContext} context
 * @param {import('mediasoup').types.Router} router
 * @param {...('chromium' | 'firefox')} names
 */
async function open(context, router, ...names) {
  context.after(() => router.close());
  const peers = [];
  for (const name of names) {
    const peer = await BrowserPeer.open(/** @type {import('../tools/browser.mjs').Browser} */ (browsers[name]), page, router);
    context.after(async () => {
      pageErrors.push(...peer.errors);
      await peer.close();
    });
    peers.push(peer);
  }
  return peers;
}

/**
 * One sends sound and picture to the other, until both have counted enough.
 *
 * @param {import('node:test').TestContext} context
 * @param {BrowserPeer} sender
 * @param {BrowserPeer} receiver
 * @param {Partial<import('mediasoup').types.WebRtcTransportOptions>} options
 */
async function call(context, sender, receiver, options) {
  const up = await sender.connect('send', { options });
  const down = await receiver.connect('recv', { options });
  for (const kind of /** @type {const} */ (['audio', 'video'])) {
    const producer = await sender.produce(up, kind);
    const consumer = await receiver.consume(down, producer.id);
    const got = await until(
      `${kind} flows`,
      async () => {
        const received = await receiver.received(consumer.id);
        const decoded = kind === 'audio' ? received?.totalAudioEnergy > 0 : received?.framesDecoded > 10;
        return received?.packetsReceived >= ENOUGH_PACKETS && decoded && received;
      },
    );
    const before = await sender.sent(producer.id);
    // Asked after the receiver, the others have counted at least what it got, less what was sent before it came.
    const [forwarded] = await consumer.getStats();
    const [accepted] = await producer.getStats();
    const after = await sender.sent(producer.id);
    // Padding by which Chromium probes the bandwidth is discarded by the worker, and counted apart.
    const arrived = accepted.packetCount + (accepted.rtxPacketsDiscarded ?? 0);
    context.diagnostic(`${kind}: ${before.packetsSent} to ${after.packetsSent} sent, ${arrived} arrived, ${forwarded.packetCount} forwarded, ${got.packetsReceived} received`);
    assert.ok(forwarded.packetCount >= got.packetsReceived);
    assert.ok(got.packetsReceived >= forwarded.packetCount * UNDER_WAY);
    assert.ok(arrived * UNDER_WAY <= after.packetsSent);
    assert.ok(arrived >= before.packetsSent * (kind === 'video' ? NO_PADDING : UNDER_WAY));
    assert.equal(accepted.packetsLost, 0);
    assert.equal(got.packetsLost, 0);
  }
  return { up, down };
}
