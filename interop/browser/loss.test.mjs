import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { UdpRelays } from '../room/server/UdpRelays.mjs';
import { describe } from './frames.mjs';
import { TwoPartyCall } from './TwoPartyCall.mjs';

const SECONDS = 20;
const LOSS = 0.05;

const relays = new UdpRelays({ loss: LOSS, seed: 5 });
/** @type {TwoPartyCall} */ let call;
/** @type {Awaited<ReturnType<TwoPartyCall['measure']>>} */ let ways;

before(async () => {
  call = await TwoPartyCall.start({ relays });
  ways = await call.measure(SECONDS);
});
after(() => call?.close());

test('the relay lost what it was told to lose', (context) => {
  const { forwarded, dropped } = relays.counts;
  context.diagnostic(`relay: ${dropped} of ${forwarded + dropped} datagrams lost`);
  assert.ok(forwarded > 1_000);
  assert.ok(Math.abs(dropped / (forwarded + dropped) - LOSS) < LOSS / 2);
});

test('each browser decodes nearly all of what the other encodes, and hears it', (context) => {
  for (const way of ways) {
    context.diagnostic(describe(way));
    assert.ok(way.encoded > SECONDS * 5, `${way.from} encoded only ${way.encoded} frames`);
    assert.ok(way.decodedPart >= 0.9, describe(way));
    assert.ok(way.audioEnergy > 0, describe(way));
  }
});

test('the worker asks the sending browser for what was lost on the way up', (context) => {
  for (const { from, retransmissions } of ways) {
    context.diagnostic(`${from}: ${retransmissions.askedOfSender} NACKs, ${retransmissions.sentBySender} packets sent again`);
    assert.ok(retransmissions.askedOfSender > 0);
    assert.ok(retransmissions.sentBySender > 0);
  }
});

test('the worker sends the receiving browser again what was lost on the way down', async (context) => {
  for (const { to, retransmissions } of ways) {
    context.diagnostic(`${to}: ${retransmissions.askedByReceiver} NACKs, ${retransmissions.gotByReceiver} packets got again`);
    assert.ok(retransmissions.askedByReceiver > 0);
    assert.ok(retransmissions.gotByReceiver > 0);
  }
  for (const participant of call.participants) {
    const { nackCount, packetsRetransmitted } = await participant.workerVideoStats();
    context.diagnostic(`worker to ${participant.name}: ${nackCount} NACKs, ${packetsRetransmitted} packets sent again`);
    assert.ok(nackCount > 0);
    assert.ok(packetsRetransmitted > 0);
  }
});

test('neither the pages nor the worker reported an error', () => {
  assert.deepEqual(call.participants.flatMap((participant) => participant.errors), []);
  assert.deepEqual(call.server?.workerErrors, []);
});
