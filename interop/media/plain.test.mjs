import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { plainCapabilities, producerOptions } from './lib/Codec.mjs';
import { Controller, createPlain } from './lib/Controller.mjs';
import { FfmpegReceiver, FfmpegSender } from './lib/Ffmpeg.mjs';
import { GStreamerReceiver, GStreamerSender } from './lib/GStreamer.mjs';
import { freePorts, PlainTap } from './lib/PlainTap.mjs';
import { newKey, tagLength } from './lib/Srtp.mjs';
import { until } from './lib/until.mjs';

const SENT_PACKETS = 60;

/** @type {Controller} */ let controller;
/** @type {import('mediasoup').types.Router} */ let router;

before(async () => {
  controller = await Controller.start();
  router = await controller.router();
});
after(() => controller?.close());

/**
 * @typedef {object} Case
 * @property {'ffmpeg' | 'gstreamer'} from
 * @property {'ffmpeg' | 'gstreamer'} to
 * @property {import('./lib/Codec.mjs').CodecName} codec
 * @property {boolean} comedia whether the worker learns the sender's address by itself
 * @property {boolean} rtcpMux
 * @property {import('mediasoup').types.SrtpCryptoSuite} [suite]
 */

/** @type {Case[]} */
const CASES = [
  { from: 'ffmpeg', to: 'ffmpeg', codec: 'vp8', comedia: true, rtcpMux: false },
  { from: 'ffmpeg', to: 'gstreamer', codec: 'h264', comedia: false, rtcpMux: true },
  { from: 'gstreamer', to: 'ffmpeg', codec: 'opus', comedia: true, rtcpMux: true },
  { from: 'gstreamer', to: 'gstreamer', codec: 'vp8', comedia: false, rtcpMux: false },
  { from: 'ffmpeg', to: 'gstreamer', codec: 'opus', comedia: true, rtcpMux: false, suite: 'AES_CM_128_HMAC_SHA1_80' },
  { from: 'gstreamer', to: 'ffmpeg', codec: 'h264', comedia: false, rtcpMux: true, suite: 'AES_CM_128_HMAC_SHA1_32' },
  { from: 'gstreamer', to: 'gstreamer', codec: 'vp8', comedia: true, rtcpMux: false, suite: 'AEAD_AES_256_GCM' },
  { from: 'gstreamer', to: 'gstreamer', codec: 'h264', comedia: false, rtcpMux: true, suite: 'AEAD_AES_128_GCM' },
];

let nextSsrc = 0x1000_0001;

for (const { from, to, codec, comedia, rtcpMux, suite } of CASES) {
  const how = `${suite ?? 'no SRTP'}, ${comedia ? 'comedia' : 'connect()'}, RTCP ${rtcpMux ? 'multiplexed' : 'apart'}`;
  test(`${codec} from ${from} to ${to}: ${how}`, async (context) => {
    const security = suite ? { enableSrtp: true, srtpCryptoSuite: suite } : {};
    const ssrc = nextSsrc++;

    const up = await createPlain(router, { comedia, rtcpMux, ...security });
    const sendTap = await PlainTap.open(up);
    context.after(() => sendTap.close());
    const sendKey = suite && newKey(suite);
    if (!comedia || suite) {
      await up.connect({ ...(comedia ? {} : sendTap.remote), srtpParameters: sendKey });
    }
    const producer = await up.produce(producerOptions(codec, ssrc));

    const down = await createPlain(router, { rtcpMux, ...security });
    const ports = await freePorts();
    const receiveTap = await PlainTap.open(down, { program: ports });
    context.after(() => receiveTap.close());
    await down.connect({ ...receiveTap.remote, srtpParameters: suite && newKey(suite) });
    const consumer = await down.consume({ producerId: producer.id, rtpCapabilities: plainCapabilities(router, codec), paused: true });
    const receiver =
      to === 'ffmpeg'
        ? new FfmpegReceiver({ consumer, port: ports.port, srtp: down.srtpParameters })
        : new GStreamerReceiver({ consumer, codec, ...ports, reportTo: receiveTap, srtp: down.srtpParameters });
    context.after(() => receiver.stop());
    await consumer.resume();

    const Sender = from === 'ffmpeg' ? FfmpegSender : GStreamerSender;
    const sender = new Sender({ codec, ssrc, to: sendTap, srtp: sendKey });
    context.after(() => sender.stop());
    await until(
      'both programs see enough',
      () => {
        sender.assertRuns();
        receiver.assertRuns();
        const decoded = receiver.frames || ('seconds' in receiver && receiver.seconds);
        // ffmpeg sends a report for every 280 kB or so: too long to wait for.
        const reports = to === 'ffmpeg' || receiveTap.fromProgram.rtcpPackets > 0;
        return sendTap.fromProgram.packets >= SENT_PACKETS && decoded && receiveTap.fromWorker.senderReports > 0 && reports;
      },
      () => [sendTap.fromProgram, receiveTap.fromWorker, receiveTap.fromProgram, receiver.lines.slice(-15)],
    );
    await sender.stop();
    // What it sent last lies in the tap's sockets.
    await delay(100);

    const sent = sendTap.fromProgram;
    const [received] = await until('the worker counts what was sent', async () => {
      const stats = await producer.getStats();
      return stats[0]?.packetCount === sent.packets && stats;
    });
    const [forwarded] = await until('what the worker sent has come', async () => {
      const stats = await consumer.getStats();
      return stats[0].packetCount === receiveTap.fromWorker.packets && stats;
    });
    await receiver.stop();
    const got = receiveTap.fromWorker;
    context.diagnostic(`${sent.packets} packets sent, ${got.packets} received, ${sent.rtcpPackets} and ${got.rtcpPackets} of RTCP`);

    assert.equal(received.packetsLost, 0);
    assert.deepEqual([...sent.bySsrc], [[ssrc, sent.packets]]);
    assert.deepEqual([...got.bySsrc.keys()], [forwarded.ssrc]);
    // A receiver starts at a key frame, and the first one may come before it is ready.
    assert.ok(got.packets >= sent.packets * 0.9, `${got.packets} of ${sent.packets} forwarded`);
    if (sender instanceof FfmpegSender && consumer.kind === 'video') {
      assert.equal(sent.markers, sender.frames);
    } else if (sender instanceof GStreamerSender) {
      assert.equal(sent.packets, sender.packets);
    }
    if (receiver instanceof GStreamerReceiver) {
      // The tap counts exactly; what gst-launch prints of a buffer was seen to differ by two of sixty.
      assert.ok(Math.abs(receiver.packets - got.packets) <= got.packets * 0.05, `${receiver.packets} of ${got.packets}`);
    } else {
      // It holds some back for packets that may yet come in between, and looks at the first ones to find out what they are.
      assert.ok(receiver.units >= (consumer.kind === 'video' ? got.markers : got.packets) * 0.6, `${receiver.units} units of ${JSON.stringify(got)}`);
    }
    // What the worker counts is RTP in the clear: SRTP's tag is not in it.
    const tags = sent.bytes - received.byteCount;
    assert.equal(tags, sent.packets * tagLength(suite));
    producer.close();
    up.close();
    down.close();
  });
}

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});
