import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { launchBrowser } from '../tools/browser.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { Controller } from './lib/Controller.mjs';
import { LossyLink } from './lib/LossyLink.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { tagLength } from './lib/Srtp.mjs';
import { until } from './lib/until.mjs';

/** How long a report may lie in a queue of a busy machine, at each side and in the relay. */
const LATENESS_MS = 80;
/** Part by which a bitrate may differ from what the browser counted: the windows are not the same, and video comes in bursts. */
const BITRATE_TOLERANCE = 0.3;
const WINDOW_MS = 2_500;
/** Part of the losses that retransmissions must make good: some are asked for again and again and come too late. */
const REPAIRED = 0.9;
/** How long counters stand still when nothing is under way: a report comes each second or so. */
const STILL_MS = 2_500;

/** @type {Controller} */ let controller;
/** @type {PeerPage} */ let page;
/** @type {import('../tools/browser.mjs').Browser} */ let browser;

before(async () => {
  controller = await Controller.start();
  page = await PeerPage.serve();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  page?.close();
  await controller?.close();
});

for (const { name, loss, oneWay, packets } of [
  { name: 'over a good link', loss: 0, oneWay: 0, packets: 400 },
  { name: 'over a link that loses 5 % each way and takes 40 ms', loss: 0.05, oneWay: 40, packets: 1_000 },
]) {
  test(`the worker and Chromium count alike ${name}`, async (context) => {
    const router = await controller.router();
    context.after(() => router.close());
    const upLink = new LossyLink({ mediaGoesUp: true, delay: oneWay, seed: 11 });
    const downLink = new LossyLink({ mediaGoesUp: false, delay: oneWay, seed: 12 });
    const [sender, receiver] = await Promise.all([0, 1].map(() => BrowserPeer.open(browser, page, router)));
    context.after(async () => {
      upLink.close();
      downLink.close();
      await Promise.all([sender.close(), receiver.close()]);
    });
    const up = await sender.connect('send', { candidates: (transport) => upLink.candidates(transport) });
    const down = await receiver.connect('recv', { candidates: (transport) => downLink.candidates(transport) });
    const producer = await sender.produce(up, 'video');
    upLink.open = true;
    const consumer = await receiver.consume(down, producer.id);
    downLink.open = true;
    await until('pictures flow', async () => (await receiver.received(consumer.id))?.framesDecoded > 10);

    upLink.loss = loss;
    downLink.loss = loss;
    const ssrc = /** @type {number} */ (consumer.rtpParameters.encodings?.[0].ssrc);
    await until('enough came', () => downLink.arrived(ssrc).packets >= packets);
    await compareBitrates(context, sender, producer, up);
    if (loss > 0) {
      await until('both sides tell the same share of loss', async () => {
        const [{ fractionLost }] = await producer.getStats();
        return fractionLost > 0 && fractionLost === Math.round((await sender.reported(producer.id))?.fractionLost * 256);
      });
    }
    upLink.loss = 0;
    downLink.loss = 0;
    // What was lost last is asked for again while packets come.
    const repairedAt = downLink.arrived(ssrc).packets;
    await until('the last losses are repaired', () => downLink.arrived(ssrc).packets > repairedAt + 60);
    await sender.silence(producer.id);

    const still = await standStill(async () => {
      const [sent, reported, received] = await Promise.all([sender.sent(producer.id), sender.reported(producer.id), receiver.received(consumer.id)]);
      const [[accepted], [forwarded], [from], [to]] = await Promise.all([producer.getStats(), consumer.getStats(), up.getStats(), down.getStats()]);
      return { sent, reported, received, accepted, forwarded, from, to };
    });
    const roundTrip = 2 * oneWay;
    compareUp(context, { ...still, link: upLink, tag: tagLength(await sender.srtpSuite(up)), roundTrip });
    compareDown(context, { ...still, link: downLink, tag: tagLength(await receiver.srtpSuite(down)), roundTrip });
    if (loss > 0) {
      assert.ok(still.accepted.packetsLost > 10 && still.forwarded.packetsLost > 10);
    }
    assert.deepEqual([...sender.errors, ...receiver.errors], []);
  });
}

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});

/**
 * @param {import('node:test').TestContext} context
 * @param {any} counts what the browser sent and was told, and what the worker counted
 */
function compareUp(context, { sent, reported, accepted, from, link, tag, roundTrip }) {
  const { ssrc, rtxSsrc } = accepted;
  // Chromium may probe the path by padding before it sends the first picture: that belongs to no stream yet.
  const [media, rtx] = [link.arrived(ssrc), link.arrived(rtxSsrc, ssrc)];
  const lost = { media: link.lost.bySsrc.get(ssrc) ?? 0, rtx: link.lost.bySsrc.get(rtxSsrc) ?? 0 };
  context.diagnostic(
    `up: ${sent.packetsSent} packets sent, ${sent.retransmittedPacketsSent} of them again, ${lost.media} and ${lost.rtx} lost, ${accepted.packetsRepaired} repaired, ` +
      `${accepted.nackCount} NACKs, ${accepted.pliCount} PLIs, round trip ${accepted.roundTripTime} ms, the browser's ${reported.roundTripTime * 1000} ms`,
  );
  // The link itself sees what the browser says it sent.
  assert.equal(sent.packetsSent, link.sent.packets);
  assert.equal(sent.bytesSent + sent.headerBytesSent, link.sent.bytes - tag * link.sent.packets);

  assert.equal(accepted.packetCount, media.packets + accepted.packetsRepaired);
  assert.equal(accepted.packetsDiscarded, 0);
  assert.equal(accepted.packetsLost, lost.media);
  assert.equal(accepted.packetsLost, reported.packetsLost);
  assert.equal(accepted.nackCount, sent.nackCount);
  assert.equal(accepted.pliCount, sent.pliCount);
  assert.equal(accepted.firCount, sent.firCount);
  // Beside what was asked for, Chromium sends old packets again to probe the path, and padding.
  assert.ok(accepted.packetsRetransmitted >= sent.retransmittedPacketsSent - lost.rtx);
  assert.ok(accepted.packetsRetransmitted <= rtx.packets);
  assert.ok(accepted.packetsRepaired <= lost.media);
  assert.ok(accepted.packetsRepaired >= lost.media * REPAIRED);
  assert.ok(accepted.nackPacketCount >= lost.media);
  assert.equal(from.rtpBytesReceived, media.bytes - tag * media.packets);
  assert.equal(from.rtxBytesReceived, rtx.bytes - tag * rtx.packets);
  assertRoundTrip(accepted.roundTripTime, roundTrip);
  assertRoundTrip(reported.roundTripTime * 1000, roundTrip);
}

/**
 * @param {import('node:test').TestContext} context
 * @param {any} counts what the worker counted, and what the browser received
 */
function compareDown(context, { received, forwarded, to, link, tag, roundTrip }) {
  const { ssrc, rtxSsrc } = forwarded;
  const [media, rtx] = [link.arrived(ssrc), link.arrived(rtxSsrc)];
  const lost = { media: link.lost.bySsrc.get(ssrc) ?? 0, rtx: link.lost.bySsrc.get(rtxSsrc) ?? 0 };
  context.diagnostic(
    `down: ${forwarded.packetCount} packets forwarded, ${forwarded.packetsRetransmitted} again, ${lost.media} and ${lost.rtx} lost, ${received.packetsReceived} received, ` +
      `${forwarded.nackCount} NACKs, ${forwarded.pliCount} PLIs, round trip ${forwarded.roundTripTime} ms`,
  );
  assert.equal(forwarded.packetCount, link.sent.bySsrc.get(ssrc));
  assert.equal(forwarded.byteCount, link.sent.bytesBySsrc.get(ssrc) - tag * forwarded.packetCount);
  assert.equal(forwarded.packetsRetransmitted, link.sent.bySsrc.get(rtxSsrc) ?? 0);
  assert.equal(received.packetsReceived, media.packets + rtx.packets);
  assert.equal(received.retransmittedPacketsReceived ?? 0, rtx.packets);
  assert.equal(received.bytesReceived + received.headerBytesReceived, media.bytes + rtx.bytes - tag * (media.packets + rtx.packets));
  assert.equal(forwarded.packetsLost, lost.media);
  assert.equal(forwarded.packetsLost, received.packetsLost);
  assert.equal(forwarded.nackCount, received.nackCount);
  assert.equal(forwarded.pliCount, received.pliCount);
  assert.equal(forwarded.firCount, received.firCount);
  assert.ok(forwarded.packetsRepaired <= forwarded.packetsRetransmitted);
  assert.ok(forwarded.packetsRepaired >= lost.media * REPAIRED);
  assert.equal(to.rtpBytesSent, forwarded.byteCount);
  assert.equal(to.rtxBytesSent, (link.sent.bytesBySsrc.get(rtxSsrc) ?? 0) - tag * forwarded.packetsRetransmitted);
  assertRoundTrip(forwarded.roundTripTime, roundTrip);
}

/**
 * @param {number} measured in milliseconds
 * @param {number} expected
 */
function assertRoundTrip(measured, expected) {
  assert.ok(measured >= expected && measured <= expected + LATENESS_MS, `a round trip of ${measured} ms where the link takes ${expected}`);
}

/**
 * @param {import('node:test').TestContext} context
 * @param {BrowserPeer} sender
 * @param {import('mediasoup').types.Producer} producer
 * @param {import('mediasoup').types.WebRtcTransport} transport
 */
async function compareBitrates(context, sender, producer, transport) {
  const before = await sender.sent(producer.id);
  await delay(WINDOW_MS);
  const [after, [stats], [{ rtpRecvBitrate }]] = await Promise.all([sender.sent(producer.id), producer.getStats(), transport.getStats()]);
  const bytes = (/** @type {any} */ of) => of.bytesSent + of.headerBytesSent - of.retransmittedBytesSent;
  const expected = (8 * (bytes(after) - bytes(before))) / ((after.timestamp - before.timestamp) / 1000);
  context.diagnostic(`bitrate: the browser sent ${Math.round(expected)}, producer ${stats.bitrate}, transport ${rtpRecvBitrate}`);
  for (const bitrate of [stats.bitrate, rtpRecvBitrate]) {
    assert.ok(Math.abs(bitrate - expected) <= expected * BITRATE_TOLERANCE, `${bitrate} is not about ${expected}`);
  }
}

/**
 * Resolves with the answers of both sides when no counter has moved for a while.
 *
 * @template {object} T
 * @param {() => Promise<T>} ask
 * @returns {Promise<T>}
 */
async function standStill(ask) {
  let since = Date.now();
  let last = '';
  return until('all counters stand still', async () => {
    const answers = await ask();
    const now = JSON.stringify(answers, (key, value) => (COUNTERS.has(key) || typeof value === 'object' ? value : undefined));
    if (now !== last) {
      last = now;
      since = Date.now();
    }
    return Date.now() - since >= STILL_MS && answers;
  }, () => last);
}

const COUNTERS = new Set([
  'packetsSent',
  'packetsReceived',
  'packetCount',
  'packetsLost',
  'nackCount',
  'pliCount',
  'packetsRetransmitted',
  'rtpBytesReceived',
  'rtxBytesReceived',
  'rtpBytesSent',
  'rtxBytesSent',
]);
