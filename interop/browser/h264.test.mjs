import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe } from './frames.mjs';
import { TwoPartyCall } from './TwoPartyCall.mjs';

test('with ?codec=h264 the call is in H264', async (context) => {
  const call = await TwoPartyCall.start({ codec: 'h264' });
  context.after(() => call.close());
  assert.deepEqual(await Promise.all(call.participants.map((participant) => participant.videoCodec())), [
    'video/H264',
    'video/H264',
  ]);
  for (const way of await call.measure(8)) {
    context.diagnostic(describe(way));
    assert.ok(way.decodedPart >= 0.9, describe(way));
  }
  assert.deepEqual(call.server?.workerErrors, []);
});
