import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { plainCapabilities } from './lib/Codec.mjs';
import { Controller, createWebRtc } from './lib/Controller.mjs';
import { until } from './lib/until.mjs';
import { WeriftPeer } from './lib/WeriftPeer.mjs';

const ENOUGH_PACKETS = 200;

/** @type {Controller} */ let controller;
/** @type {import('mediasoup').types.Router} */ let router;

before(async () => {
  controller = await Controller.start();
  router = await controller.router();
});
after(() => controller?.close());

/**
 * @typedef {object} Case
 * @property {string} what
 * @property {'client' | 'server'} senderRole
 * @property {'client' | 'server'} receiverRole
 * @property {number} keyFrameAfter how many requests for a key frame it takes
 */

/** @type {Case[]} */
const CASES = [
  { what: 'a stream that opens with a key frame is forwarded from its first packet on', senderRole: 'client', receiverRole: 'server', keyFrameAfter: 0 },
  { what: 'a stream that opens otherwise is asked for a key frame at once', senderRole: 'server', receiverRole: 'client', keyFrameAfter: 1 },
  { what: 'a sender that heeds no request is asked again while its packets come', senderRole: 'client', receiverRole: 'client', keyFrameAfter: 3 },
];

for (const { what, senderRole, receiverRole, keyFrameAfter } of CASES) {
  test(`werift as DTLS ${senderRole} to werift as DTLS ${receiverRole}: ${what}`, async (context) => {
    const up = await createWebRtc(router);
    const sender = await WeriftPeer.connect(up, { direction: 'sendonly', dtlsRole: senderRole });
    context.after(() => sender.close());
    const producer = await up.produce(sender.producerOptions);

    const down = await createWebRtc(router);
    const consumer = await down.consume({ producerId: producer.id, rtpCapabilities: plainCapabilities(router, 'vp8') });
    const receiver = await WeriftPeer.connect(down, { direction: 'recvonly', dtlsRole: receiverRole, rtpParameters: consumer.rtpParameters });
    context.after(() => receiver.close());

    await until('both are connected', () => up.dtlsState === 'connected' && down.dtlsState === 'connected', () => [up.dtlsState, up.iceState, down.dtlsState, down.iceState]);
    // The worker takes the other role.
    assert.equal(up.dtlsParameters.role, senderRole === 'client' ? 'server' : 'client');
    assert.equal(down.dtlsParameters.role, receiverRole === 'client' ? 'server' : 'client');
    sender.start({ keyFrameAfter });
    await until('packets arrive', () => receiver.received >= ENOUGH_PACKETS, () => [sender.sent, sender.keyFrameRequests, receiver.received]);
    sender.stop();
    const sent = sender.sent;
    const [accepted] = await until('the worker has all', async () => {
      const stats = await producer.getStats();
      return stats[0]?.packetCount === sent && stats;
    });
    const fromKeyFrameOn = sent - sender.sentBefore;
    await until('all that was forwarded has come', () => receiver.received === fromKeyFrameOn, () => [fromKeyFrameOn, receiver.received]);
    const [forwarded] = await consumer.getStats();
    context.diagnostic(`${sent} sent, ${forwarded.packetCount} of them from the key frame on, ${accepted.pliCount} requests`);
    assert.equal(accepted.packetsLost, 0);
    assert.equal(forwarded.packetCount, fromKeyFrameOn);
    assert.equal(accepted.pliCount, sender.keyFrameRequests);
    if (keyFrameAfter === 0) {
      assert.equal(sender.keyFrameRequests, 0);
    } else {
      assert.ok(sender.keyFrameRequests >= keyFrameAfter && sender.sentBefore > 0);
    }
    assert.equal(up.iceState, 'completed');
  });
}

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});
