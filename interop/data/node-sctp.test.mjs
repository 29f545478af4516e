// Messages between the worker and the npm package "sctp", over UDP and a PlainTransport.
//
// node --test node-sctp.test.mjs
// Environment: WORKER (default: the worker that build-worker.sh made)
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Controller, createPlain, LOOPBACK } from '../media/lib/Controller.mjs';
import { until } from '../media/lib/until.mjs';
import { DirectPeer } from './lib/DirectPeer.mjs';
import { MessageRow } from './lib/messages.mjs';
import { NodeSctpPeer } from './lib/NodeSctpPeer.mjs';
import { inTime, transfer } from './lib/transfer.mjs';

const STREAMS = [0, 7, 1000];
// The package's window is 16 KiB, and it takes a message out of it only when it is whole. (With a larger one, which can be asked for, it loses
// messages that come while a stream of Node is full.)
const TO_PEER = new MessageRow(1_000, 4, 10 * 1024);
// The package sends a message without regard to its congestion window, and gets over a lost packet in a second: so what it sends at once has to
// fit into the receive buffer of a socket.
const FROM_PEER = new MessageRow(1_000, 4, 64 * 1024);
const RECEIVE_BUFFER = 4_000_000;
const MODE = { ordered: true };

/** @type {Controller} */ let controller;

before(async () => {
  controller = await Controller.start();
});
after(() => controller?.close());

for (const { name, passive } of [
  { name: 'an association that it begins', passive: false },
  { name: 'an association that the worker begins', passive: true },
]) {
  test(`messages go both ways on several streams of ${name}`, async (context) => {
    const router = await controller.router();
    context.after(() => router.close());
    const transport = await createPlain(router, {
      listenInfo: { protocol: 'udp', ip: LOOPBACK, recvBufferSize: RECEIVE_BUFFER },
      enableSctp: true,
      comedia: !passive,
    });
    const application = new DirectPeer(await router.createDirectTransport());
    const peer = await NodeSctpPeer.open();
    context.after(() => peer.close());
    peer.begin(transport, { passive });
    if (passive) {
      await transport.connect({ ip: LOOPBACK, port: peer.port });
    }

    const fromPeer = await Promise.all(STREAMS.map((streamId) => transport.produceData({ sctpStreamParameters: { streamId, ordered: true } })));
    await inTime(peer.connected(), async () => `not connected: ${JSON.stringify(await transport.dump())}`);
    await until('the worker is connected', () => transport.sctpState === 'connected', () => transport.sctpState);
    assert.deepEqual(transport.sctpNegotiatedCapabilities, { negotiatedMaxOutboundStreams: 65_535, negotiatedMaxInboundStreams: 65_535 });

    await Promise.all(
      fromPeer.map(async (producer, index) => {
        const receiver = await application.consume(producer, { row: FROM_PEER, mode: MODE });
        await transfer(FROM_PEER, (from, to) => peer.send(STREAMS[index], FROM_PEER, from, to), { application: receiver });
      }),
    );

    await Promise.all(
      STREAMS.map(async () => {
        const producer = await application.produce();
        const consumer = await transport.consumeData({ dataProducerId: producer.id });
        await transfer(TO_PEER, (from, to) => application.send(producer, TO_PEER, from, to), { peer: peer.expect(consumer, TO_PEER) });
      }),
    );
  });
}

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});
