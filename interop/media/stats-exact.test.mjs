import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Controller, createPlain } from './lib/Controller.mjs';
import { CountingReceiver } from './lib/CountingReceiver.mjs';
import { CountingSender } from './lib/CountingSender.mjs';
import { fir, nack, pli } from './lib/rtcp.mjs';
import { until } from './lib/until.mjs';

/** How much later than the endpoint means the worker may see an answer: the machine is shared, the network is loopback. */
const LATENESS_MS = 60;
/** Part by which a bitrate may differ from the same window counted by the sender: both windows move while the question travels. */
const BITRATE_TOLERANCE = 0.1;

/** @type {Controller} */ let controller;
/** @type {import('mediasoup').types.Router} */ let router;

before(async () => {
  controller = await Controller.start();
  router = await controller.router();
});
after(() => controller?.close());

test('a producer and its transport count what was sent, lost, asked for and repaired, to the packet', async (context) => {
  const up = await createPlain(router, { rtcpMux: true });
  const sender = await CountingSender.open(up, { loses: (index) => index % 10 === 5, roundTrip: 80 });
  context.after(() => sender.close());
  const producer = await up.produce(sender.producerOptions);
  await sender.play(200);
  sender.repeat(190);
  sender.repeat(191);
  const { ssrc, rtxSsrc } = sender;
  const sent = sender.sent;
  await until('all losses are repaired and reported', async () => {
    const [stats] = await producer.getStats();
    return stats?.packetsRepaired === sender.lost && sender.report?.cumulativeLost === sender.lost && stats.roundTripTime && stats;
  });
  const [stats] = await until('a report and the statistics are of one moment', async () => {
    const asked = await producer.getStats();
    return asked[0].fractionLost === sender.report?.fractionLost && asked;
  });

  const [media, rtx] = [sent.bySsrc.get(ssrc) ?? 0, sent.bySsrc.get(rtxSsrc) ?? 0];
  const [mediaBytes, rtxBytes] = [sent.bytesBySsrc.get(ssrc) ?? 0, sent.bytesBySsrc.get(rtxSsrc) ?? 0];
  const repeated = 2;
  assert.equal(sender.lost, 20);
  assert.equal(media, 180 + repeated);
  assert.equal(rtx, sender.lost);
  assert.equal(stats.packetCount, 200);
  assert.equal(stats.packetsDiscarded, repeated);
  assert.equal(stats.packetsLost, sender.lost);
  assert.equal(stats.packetsRetransmitted, rtx);
  assert.equal(stats.packetsRepaired, rtx);
  // The controller leaves a zero out.
  assert.equal(stats.rtxPacketsDiscarded, undefined);
  assert.equal(stats.nackCount, sender.nacks);
  assert.equal(stats.nackPacketCount, sender.nackedPackets);
  assert.ok(sender.nackedPackets >= sender.lost);
  assert.equal(stats.pliCount, sender.plis);
  assert.equal(stats.firCount, 0);
  assert.equal(stats.rtxSsrc, rtxSsrc);
  const heldBack = sender.heldBack;
  context.diagnostic(`${sender.nacks} NACKs for ${sender.nackedPackets} packets, round trip ${stats.roundTripTime?.toFixed(1)} ms, answers ${heldBack.toFixed(1)} ms late`);
  assert.ok(/** @type {number} */ (stats.roundTripTime) >= sender.roundTrip - 1);
  assert.ok(/** @type {number} */ (stats.roundTripTime) <= heldBack + LATENESS_MS);

  // The two original bytes of each repaired packet's number are no media.
  const repeatedBytes = 2 * 12 + [190, 191].reduce((bytes, index) => bytes + 11 + 80 + ((index * 37) % 900), 0);
  assert.equal(stats.byteCount, mediaBytes - repeatedBytes + rtxBytes - 2 * rtx);
  const [transport] = await until('the transport has all that was sent', async () => {
    const before = sender.received.allBytes;
    const asked = await up.getStats();
    // RTCP goes on: of one moment is what did not change while the question travelled.
    return asked[0].bytesReceived === sent.allBytes && asked[0].bytesSent === before && asked;
  });
  assert.equal(transport.rtpBytesReceived, mediaBytes);
  assert.equal(transport.rtxBytesReceived, rtxBytes);
  assert.equal(transport.rtpBytesSent, 0);
  assert.equal(transport.rtxBytesSent, 0);
  up.close();
});

test('the fraction lost is that of the report that was sent', async (context) => {
  const up = await createPlain(router, { rtcpMux: true });
  const sender = await CountingSender.open(up, { loses: (index) => index % 4 === 3, repairs: false });
  context.after(() => sender.close());
  const producer = await up.produce(sender.producerOptions);
  const playing = sender.play(300);
  await until('both say the same of a time with loss', async () => {
    const [stats] = await producer.getStats();
    return stats?.fractionLost && stats.fractionLost === sender.report?.fractionLost && stats.packetsLost === sender.report.cumulativeLost;
  });
  // A quarter, give or take the packets at the edges of an interval of a second.
  assert.ok(Math.abs((sender.report?.fractionLost ?? 0) / 256 - 0.25) < 0.1, `${sender.report?.fractionLost}`);
  await playing;
  // The last packet of all was lost: without a later one nobody can know.
  const [stats] = await until('the loss is reported whole', async () => {
    const asked = await producer.getStats();
    return asked[0].packetsLost === sender.lost - 1 && asked;
  }, () => sender.report);
  assert.equal(stats.packetsRepaired, 0);
  assert.equal(stats.packetCount, sender.sent.bySsrc.get(sender.ssrc));
  up.close();
});

test('bitrates are those of the sender in the same time', async (context) => {
  const up = await createPlain(router, { rtcpMux: true });
  const sender = await CountingSender.open(up);
  context.after(() => sender.close());
  const producer = await up.produce(sender.producerOptions);
  const playing = sender.play(400);
  await until('a window is full', () => sender.log.length > 0 && performance.now() - sender.log[0].at > 3_000);
  const [stats] = await producer.getStats();
  const [transport] = await up.getStats();
  const [byWindow, bySecond] = [sender.bitrate(2500), sender.bitrate(1000)];
  context.diagnostic(`producer ${stats.bitrate}, transport ${transport.rtpRecvBitrate} of RTP and ${transport.recvBitrate} of all, sender ${byWindow} and ${bySecond}`);
  assertClose(stats.bitrate, byWindow);
  assertClose(transport.rtpRecvBitrate, byWindow);
  assertClose(transport.recvBitrate, bySecond);
  assert.equal(transport.rtxRecvBitrate, 0);
  await playing;
  await until('the bitrates fall to nothing', async () => {
    const [[{ bitrate }], [{ rtpRecvBitrate }]] = await Promise.all([producer.getStats(), up.getStats()]);
    return bitrate === 0 && rtpRecvBitrate === 0;
  });
  up.close();
});

test('a consumer and its transport count what came, was asked for and was reported, to the packet', async (context) => {
  const up = await createPlain(router, { rtcpMux: true });
  const sender = await CountingSender.open(up);
  context.after(() => sender.close());
  const producer = await up.produce(sender.producerOptions);
  const down = await createPlain(router, { rtcpMux: true });
  const receiver = await CountingReceiver.open(down);
  context.after(() => receiver.close());
  const consumer = await down.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities });
  receiver.expect(consumer);
  const ssrc = /** @type {number} */ (receiver.ssrc);

  const playing = sender.play(300);
  await until('the worker reported', () => receiver.senderReport && receiver.sequenceNumbers.length > 50);
  receiver.send(pli(ssrc));
  receiver.send(pli(ssrc));
  receiver.send(fir(ssrc, 1));
  const missed = receiver.sequenceNumbers.slice(-30).filter((_, index) => index % 3 === 0);
  receiver.send(nack(ssrc, missed.slice(0, 4)));
  receiver.send(nack(ssrc, missed.slice(4)));
  // One that was never sent is asked for all the same.
  receiver.send(nack(ssrc, [(missed[0] + 0x8000) & 0xffff]));
  await until('what was asked for has come', () => receiver.received.bySsrc.get(receiver.rtxSsrc ?? 0) === missed.length);
  await new Promise((resolve) => setTimeout(resolve, 80));
  receiver.tell({ fractionLost: 51, cumulativeLost: missed.length });
  await playing;
  await until('all has come', () => receiver.sequenceNumbers.length === 300, () => receiver.sequenceNumbers.length);

  const [stats, source] = await consumer.getStats();
  const received = receiver.received;
  assert.equal(stats.type, 'outbound-rtp');
  assert.equal(stats.packetCount, received.bySsrc.get(ssrc));
  assert.equal(stats.byteCount, received.bytesBySsrc.get(ssrc));
  assert.equal(stats.pliCount, 2);
  assert.equal(stats.firCount, 1);
  assert.equal(stats.nackCount, 3);
  assert.equal(stats.nackPacketCount, missed.length + 1);
  assert.equal(stats.packetsRetransmitted, missed.length);
  assert.equal(stats.packetsRepaired, missed.length);
  assert.equal(stats.packetsLost, missed.length);
  assert.equal(stats.fractionLost, 51);
  assert.equal(stats.rtxSsrc, receiver.rtxSsrc);
  assert.equal(source.type, 'inbound-rtp');
  assert.equal(source.packetCount, 300);
  const roundTrip = /** @type {number} */ (stats.roundTripTime);
  context.diagnostic(`round trip ${roundTrip.toFixed(1)} ms, report ${receiver.heldBack.toFixed(1)} ms late`);
  assert.ok(roundTrip >= receiver.heldBack - 1 && roundTrip <= receiver.heldBack + LATENESS_MS);

  const [transport] = await until('the transport counts as we do', async () => {
    const before = received.allBytes;
    const asked = await down.getStats();
    return asked[0].bytesReceived === receiver.sent.allBytes && asked[0].bytesSent === before && asked;
  });
  assert.equal(transport.rtpBytesSent, received.bytesBySsrc.get(ssrc));
  assert.equal(transport.rtxBytesSent, received.bytesBySsrc.get(receiver.rtxSsrc ?? 0));
  assert.equal(transport.rtpBytesReceived, 0);
  // What the worker says to the receiver of what it sent.
  const { packets, octets } = /** @type {{ packets: number, octets: number }} */ (receiver.senderReport);
  assert.ok(packets <= stats.packetCount && octets < stats.byteCount);
  up.close();
  down.close();
});

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});

/** @param {number} actual @param {number} expected */
function assertClose(actual, expected) {
  assert.ok(Math.abs(actual - expected) <= expected * BITRATE_TOLERANCE, `${actual} is not about ${expected}`);
}
