import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
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

for (const [senderRole, receiverRole] of /** @type {const} */ ([['client', 'server'], ['server', 'client']])) {
  test(`werift sends as DTLS ${senderRole} and receives as DTLS ${receiverRole}`, async (context) => {
    const up = await createWebRtc(router);
    const sender = await WeriftPeer.connect(up, { direction: 'sendonly', dtlsRole: senderRole });
    context.after(() => sender.close());
    const producer = await up.produce(sender.producerOptions);

    const down = await createWebRtc(router);
    const consumer = await down.consume({ producerId: producer.id, rtpCapabilities: plainCapabilities(router, 'vp8'), paused: true });
    const receiver = await WeriftPeer.connect(down, { direction: 'recvonly', dtlsRole: receiverRole, rtpParameters: consumer.rtpParameters });
    context.after(() => receiver.close());

    await until('both are connected', () => up.dtlsState === 'connected' && down.dtlsState === 'connected', () => [up.dtlsState, up.iceState, down.dtlsState, down.iceState]);
    // The worker takes the other role.
    assert.equal(up.dtlsParameters.role, senderRole === 'client' ? 'server' : 'client');
    assert.equal(down.dtlsParameters.role, receiverRole === 'client' ? 'server' : 'client');
    sender.start();
    await until('the worker has packets', async () => (await producer.getStats())[0]?.packetCount > 0);
    await consumer.resume();
    await until('packets arrive', () => receiver.received >= ENOUGH_PACKETS, () => [sender.sent, receiver.received]);
    sender.stop();
    const sent = sender.sent;
    const [accepted] = await until('the worker has all', async () => {
      const stats = await producer.getStats();
      return stats[0]?.packetCount === sent && stats;
    });
    await delay(100);
    const [forwarded] = await consumer.getStats();
    await until('all that was forwarded has come', () => receiver.received === forwarded.packetCount, () => [forwarded.packetCount, receiver.received]);
    context.diagnostic(`${sent} sent, ${accepted.packetCount} accepted, ${forwarded.packetCount} forwarded, ${receiver.received} received`);
    assert.equal(accepted.packetsLost, 0);
    assert.ok(forwarded.packetCount <= sent && forwarded.packetCount >= ENOUGH_PACKETS);
    // A consumer that resumes asks for a key frame.
    assert.ok(sender.keyFrameRequests > 0);
    assert.equal(accepted.pliCount, sender.keyFrameRequests);
    assert.equal(up.iceState, 'completed');
  });
}

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});
