import assert from 'node:assert/strict';
import { readlinkSync, realpathSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { describe } from './frames.mjs';
import { TwoPartyCall } from './TwoPartyCall.mjs';

const SECONDS = 20;
/** A machine that stops both browsers for a moment makes a freeze of it. What the worker does wrong it does every time. */
const TRIES = 3;

/** @type {TwoPartyCall} */ let call;

before(async () => {
  call = await TwoPartyCall.start();
});
after(() => call?.close());

test('the worker is the binary under test', { skip: process.platform !== 'linux' }, () => {
  assert.equal(readlinkSync(`/proc/${call.server?.worker.pid}/exe`), realpathSync(call.workerBin));
});

test(`for ${SECONDS} s each browser decodes what the other encodes, without a freeze, and hears it`, async (context) => {
  for (let left = TRIES; ; left--) {
    const ways = await call.measure(SECONDS);
    for (const way of ways) {
      context.diagnostic(describe(way));
      // A busy machine encodes fewer than thirty a second, but nearly none must not pass.
      assert.ok(way.encoded > SECONDS * 5, `${way.from} encoded only ${way.encoded} frames`);
      assert.ok(way.decodedPart >= 0.95, describe(way));
      assert.ok(way.audioEnergy > 0, describe(way));
    }
    if (ways.every((way) => way.freezes === 0)) {
      return;
    }
    assert.ok(left > 1, `a freeze in each of ${TRIES} times ${SECONDS} s`);
  }
});

test('the other one sees that a microphone is muted, and that it is on again', async () => {
  const [ada, grace] = call.participants;
  await ada.click('microphone');
  await grace.shows('.tile:not(.own) .muted:not([hidden])');
  await ada.click('microphone');
  await grace.shows('.tile:not(.own) .muted[hidden]');
});

test('a camera that was switched off and on is seen again', async () => {
  const [ada, grace] = call.participants;
  await ada.click('camera');
  await grace.shows('.tile:not(.own).no-picture');
  await ada.click('camera');
  await grace.shows('.tile:not(.own):not(.no-picture)');
  await grace.seesAndHears();
});

test('a connection that the server drops is made again by itself', async () => {
  const sessions = await Promise.all(call.participants.map((participant) => participant.session()));
  await call.server?.sayGoodbye();
  await Promise.all(call.participants.map((participant, i) => participant.comesBack(sessions[i])));
});

test('a participant who leaves is gone from the stage', async () => {
  const [ada, grace] = call.participants;
  await grace.click('leave');
  await grace.shows('#lobby:not([hidden])');
  await ada.shows('#stage:not(:has(.tile:not(.own)))');
});

test('neither the pages nor the worker reported an error', () => {
  assert.deepEqual(call.participants.flatMap((participant) => participant.errors), []);
  assert.deepEqual(call.server?.workerErrors, []);
});
