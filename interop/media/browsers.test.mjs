import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../tools/browser.mjs';
import { launchFirefox } from '../tools/firefox.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { Controller } from './lib/Controller.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { dropped } from './lib/udpPorts.mjs';
import { until } from './lib/until.mjs';

/** @typedef {import('./lib/BrowserPeer.mjs').TransportSettings} TransportSettings */

const ENOUGH_PACKETS = 100;
/** Bytes of RTX that may come before the first packet of media: five packets of 255 bytes of padding, with their headers. */
const MAX_PADDING_BEFORE = 5 * 300;
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
 * One sends sound and picture to the other, until enough came. Then it stops, and what each of the three counted is compared.
 *
 * @param {import('node:test').TestContext} context
 * @param {BrowserPeer} sender
 * @param {BrowserPeer} receiver
 * @param {Partial<import('mediasoup').types.WebRtcTransportOptions>} options
 */
async function call(context, sender, receiver, options) {
  const droppedBefore = dropped();
  const up = await sender.connect('send', { options });
  const down = await receiver.connect('recv', { options });
  /** @type {Stream[]} */ const streams = [];
  for (const kind of /** @type {const} */ (['audio', 'video'])) {
    // On a connected transport a browser would send before the worker knows of the new producer, and what comes then is lost.
    const producer = await sender.produce(up, kind, { held: true });
    streams.push({ kind, producer, consumer: await receiver.consume(down, producer.id) });
  }
  await until('both are connected', () => up.dtlsState === 'connected' && down.dtlsState === 'connected', () => [up.iceState, down.iceState]);
  for (const { producer } of streams) {
    await sender.release(producer);
  }
  for (const { kind, consumer } of streams) {
    await until(`${kind} flows`, async () => {
      const received = await receiver.received(consumer.id);
      const decoded = kind === 'audio' ? received?.totalAudioEnergy > 0 : received?.framesDecoded > 10;
      return received?.packetsReceived >= ENOUGH_PACKETS && decoded;
    });
  }
  for (const { producer } of streams) {
    await sender.silence(producer.id);
  }
  // Chromium falls silent, Firefox sends on, if little: either way there comes a moment when nothing is under way.
  /** @type {Record<string, unknown> | undefined} */ let differences;
  await until(
    'the browsers and the worker count alike',
    async () => {
      const [[transport], ...seen] = await Promise.all([up.getStats(), ...streams.map((stream) => counts(sender, receiver, stream))]);
      differences = differ(transport, seen, { sendsHeld: sender.page.browser() === browsers.firefox });
      return Object.keys(differences).length === 0 || dropped() > droppedBefore;
    },
    () => differences,
  );
  if (dropped() > droppedBefore) {
    context.diagnostic(`not compared: the kernel dropped ${dropped() - droppedBefore} datagrams that nobody read in time`);
  }
  return { up, down };
}

/** @typedef {{ kind: 'audio' | 'video', producer: import('mediasoup').types.Producer, consumer: import('mediasoup').types.Consumer }} Stream */

/**
 * @param {BrowserPeer} sender
 * @param {BrowserPeer} receiver
 * @param {Stream} stream
 */
async function counts(sender, receiver, { kind, producer, consumer }) {
  const [sent, [accepted], [forwarded], received] = await Promise.all([
    sender.sent(producer.id),
    producer.getStats(),
    consumer.getStats(),
    receiver.received(consumer.id),
  ]);
  return { kind, sent, accepted, forwarded, received };
}

/**
 * What is counted differently along the way: nothing when every packet that the sender counts was accepted, forwarded and received, and
 * every picture decoded.
 *
 * @param {import('mediasoup').types.WebRtcTransportStat} transport the sender's
 * @param {Awaited<ReturnType<typeof counts>>[]} streams
 * @param {{ sendsHeld: boolean }} sender whether it sends sound that is held, of which the first packets are lost
 */
function differ(transport, streams, { sendsHeld }) {
  /** @type {Record<string, unknown>} */ const differences = {};
  const same = (/** @type {string} */ what, /** @type {number[]} */ ...values) => {
    if (new Set(values).size !== 1) {
      differences[what] = values;
    }
  };
  for (const { kind, sent, accepted, forwarded, received } of streams) {
    same(`${kind}: packets forwarded`, forwarded.packetCount, received.packetsReceived);
    same(`${kind}: bytes forwarded`, forwarded.byteCount, received.bytesReceived + received.headerBytesReceived);
    same(`${kind}: lost`, 0, accepted.packetsLost, received.packetsLost);
    same(`${kind}: asked for again`, 0, accepted.nackCount, forwarded.nackCount, sent.retransmittedPacketsSent);
    const bytesSent = sent.bytesSent + sent.headerBytesSent;
    if (kind === 'video') {
      same('video: packets accepted', accepted.packetCount, forwarded.packetCount);
      // Browsers probe the path by padding and by old packets sent again, both as RTX, and count them in. What comes as RTX before any
      // media belongs to no stream yet: Chromium opens with a packet of padding or so.
      const unaccounted = bytesSent - accepted.byteCount - transport.rtxBytesReceived;
      if (unaccounted < 0 || unaccounted > MAX_PADDING_BEFORE) {
        differences['video: bytes'] = [bytesSent, accepted.byteCount, transport.rtxBytesReceived];
      }
      same('pictures', sent.framesSent, received.framesDecoded);
      same('key frames asked for', accepted.pliCount, sent.pliCount);
      same('key frames asked for by the receiver', forwarded.pliCount, received.pliCount);
    } else if (!sendsHeld) {
      same('audio: packets', sent.packetsSent, accepted.packetCount, forwarded.packetCount);
      same('audio: bytes', bytesSent, accepted.byteCount);
    }
  }
  same('bytes of media', streams.reduce((sum, { accepted }) => sum + accepted.byteCount, 0), transport.rtpBytesReceived);
  return differences;
}
