import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../tools/browser.mjs';
import { UdpRelays } from '../room/server/UdpRelays.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { Controller } from './lib/Controller.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { until } from './lib/until.mjs';

const ENOUGH_PACKETS = 600;
/** Both sides count the same; what is under way, or in an answer that is 50 ms old, is the difference. */
const TOLERANCE = 0.1;

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

/**
 * @param {number} ours
 * @param {number} theirs
 * @param {string} what
 * @param {number} [slack] in units of what is counted, for small numbers
 */
function agree(ours, theirs, what, slack = 3) {
  assert.ok(Math.abs(ours - theirs) <= Math.max(slack, theirs * TOLERANCE), `${what}: the worker says ${ours}, the browser ${theirs}`);
}

for (const loss of [0, 0.05]) {
  test(`the worker's statistics agree with Chromium's, ${loss * 100} % lost each way`, async (context) => {
    const relays = new UdpRelays({ loss, seed: 11 });
    const settings = { candidates: (/** @type {import('mediasoup').types.WebRtcTransport} */ transport) => relays.relay(transport) };
    const router = await controller.router();
    context.after(() => router.close());
    const [sender, receiver] = [await BrowserPeer.open(browser, page, router), await BrowserPeer.open(browser, page, router)];
    context.after(() => Promise.all([sender.close(), receiver.close()]));
    const [up, down] = [await sender.connect('send', settings), await receiver.connect('recv', settings)];
    const producer = await sender.produce(up, 'video');
    const consumer = await receiver.consume(down, producer.id);
    await until('enough has come', async () => (await receiver.received(consumer.id))?.packetsReceived > ENOUGH_PACKETS);
    // Reports of both sides have gone round.
    await until('the browser was told', async () => (await sender.reported(producer.id))?.roundTripTime !== undefined);
    await until('the worker was told', async () => (await consumer.getStats()).some((stats) => stats.type === 'outbound-rtp' && stats.roundTripTime));

    const [[accepted], [forwarded], sent, reported, got, [transport]] = await Promise.all([
      producer.getStats(),
      consumer.getStats(),
      sender.sent(producer.id),
      sender.reported(producer.id),
      receiver.received(consumer.id),
      up.getStats(),
    ]);
    context.diagnostic(JSON.stringify({ accepted, forwarded, sent, got, transport }));
    // Padding, by which Chromium probes the bandwidth, is in its packets sent and not in its bytes sent.
    agree(accepted.byteCount, sent.bytesSent, 'bytes sent');
    agree(accepted.packetsLost, reported.packetsLost, 'packets lost on the way up', 10);
    agree(forwarded.packetsLost, got.packetsLost, 'packets lost on the way down', 10);
    agree(forwarded.packetCount * (1 - loss), got.packetsReceived, 'packets received');
    agree(accepted.nackCount * (1 - loss), sent.nackCount, 'NACKs to the sender', Math.max(5, sent.nackCount * 0.3));
    agree(forwarded.nackCount, got.nackCount * (1 - loss), 'NACKs of the receiver', Math.max(5, got.nackCount * 0.3));
    agree(accepted.pliCount * (1 - loss), sent.pliCount, 'PLIs to the sender', 3);
    agree(forwarded.pliCount, got.pliCount * (1 - loss), 'PLIs of the receiver', 3);
    if (loss === 0) {
      assert.equal(accepted.packetsLost + forwarded.packetsLost + accepted.nackCount + forwarded.nackCount, 0);
      agree(accepted.packetCount, sent.packetsSent, 'packets sent', sent.packetsSent * 0.15);
    } else {
      assert.ok(accepted.nackCount > 0 && forwarded.nackCount > 0 && forwarded.packetsRetransmitted > 0);
    }
    // Loopback: under a second even on a busy machine. The worker says milliseconds, the browser seconds.
    assert.ok(/** @type {number} */ (forwarded.roundTripTime) < 1_000 && reported.roundTripTime < 1);
    assert.ok(accepted.bitrate > 0 && forwarded.bitrate > 0);
    // The producer counts what came by RTX with the rest, the transport apart.
    assert.ok(transport.bytesReceived >= accepted.byteCount);
    assert.ok(transport.rtpBytesReceived + transport.rtxBytesReceived >= accepted.byteCount * (1 - TOLERANCE));
  });
}

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});
