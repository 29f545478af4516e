import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { plainCapabilities, producerOptions } from './lib/Codec.mjs';
import { Controller, createPlain } from './lib/Controller.mjs';
import { FfmpegReceiver, FfmpegSender } from './lib/Ffmpeg.mjs';
import { GStreamerReceiver, GStreamerSender } from './lib/GStreamer.mjs';
import { freePorts, PlainTap } from './lib/PlainTap.mjs';
import { newKey, tagLength } from './lib/Srtp.mjs';
import { isOpen, unread } from './lib/udpPorts.mjs';
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
    await until('the receiver listens', () => isOpen(ports.port) || receiver.assertRuns(), () => receiver.lines);
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
        // ffmpeg sends none.
        const reports = to === 'ffmpeg' || receiveTap.fromProgram.receiverReports > 0;
        return sendTap.fromProgram.packets >= SENT_PACKETS && decoded && receiveTap.fromWorker.senderReports > 0 && reports;
      },
      () => [sendTap.fromProgram, receiveTap.fromWorker, receiveTap.fromProgram, receiver.lines.slice(-15)],
    );
    await sender.stop();
    await until('the tap has all that was sent', () => sendTap.hasReadAll);

    const sent = sendTap.fromProgram;
    const [received] = await until('the worker counts what was sent', async () => {
      const stats = await producer.getStats();
      return stats[0]?.packetCount === sent.packets && stats;
    });
    const [forwarded] = await until('what the worker sent has come', async () => {
      const stats = await consumer.getStats();
      return stats[0].packetCount === receiveTap.fromWorker.packets && stats;
    });
    const got = receiveTap.fromWorker;
    await until('the receiver has read all', () => unread(ports.port) === 0);
    if (receiver instanceof GStreamerReceiver) {
      await until('GStreamer took all', () => receiveTap.clear.packets === got.packets, () => [receiveTap.clear, got]);
      const units = consumer.kind === 'video' ? got.markers : got.packets;
      await until('GStreamer decoded all', () => receiver.frames === units, () => [receiver.frames, got, receiver.lines.slice(-15)]);
    }
    await receiver.stop();
    context.diagnostic(`${sent.packets} packets sent, ${got.packets} received, ${sent.rtcpPackets} and ${got.rtcpPackets} of RTCP`);

    assert.equal(received.packetsLost, 0);
    assert.deepEqual([...sent.bySsrc], [[ssrc, sent.packets]]);
    assert.deepEqual([...got.bySsrc.keys()], [forwarded.ssrc]);
    if (sender instanceof FfmpegSender && consumer.kind === 'video') {
      assert.equal(sent.markers, sender.frames);
    } else if (sender instanceof GStreamerSender) {
      assert.equal(sent.packets, sender.packets);
    }
    // The stream opens with a key frame, and the consumer was there before it.
    assert.equal(got.packets, sent.packets);
    if (receiver instanceof GStreamerReceiver) {
      assert.equal(receiveTap.clear.bytes, forwarded.byteCount);
    } else {
      assert.equal(receiver.units, consumer.kind === 'video' ? got.markers : got.packets);
    }
    // What the worker counts is RTP in the clear: SRTP's tag is not in it.
    assert.equal(sent.bytes - received.byteCount, sent.packets * tagLength(suite));
    assert.equal(got.bytes - forwarded.byteCount, got.packets * tagLength(suite));
    assert.equal(forwarded.byteCount, received.byteCount);
    producer.close();
    up.close();
    down.close();
  });
}

test('the worker reported no error', () => {
  assert.deepEqual(controller.errors, []);
});
