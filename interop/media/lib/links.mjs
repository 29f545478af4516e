import { CODEC, plainCapabilities, producerOptions } from './Codec.mjs';
import { createPlain } from './Controller.mjs';
import { FfmpegSender } from './Ffmpeg.mjs';
import { GStreamerReceiver } from './GStreamer.mjs';
import { freePorts, PlainTap } from './PlainTap.mjs';
import { isOpen } from './udpPorts.mjs';
import { until } from './until.mjs';

/**
 * @typedef {import('node:test').TestContext} TestContext
 * @typedef {import('mediasoup').types.Router} Router
 */

let nextSsrc = 0x2000_0001;

/**
 * ffmpeg sends into a new PlainTransport, counted by a tap, from start() on until the test ends.
 *
 * @param {TestContext} context
 * @param {Router} router
 * @param {import('./Codec.mjs').CodecName} codec
 */
export async function willSendByFfmpeg(context, router, codec) {
  const ssrc = nextSsrc++;
  const transport = await createPlain(router, { comedia: true, rtcpMux: true });
  const tap = await PlainTap.open(transport);
  const producer = await transport.produce(producerOptions(codec, ssrc));
  context.after(() => {
    tap.close();
    transport.close();
  });
  const start = () => {
    const sender = new FfmpegSender({ codec, ssrc, to: tap });
    context.after(() => sender.stop());
    return sender;
  };
  return { transport, producer, tap, start };
}

/**
 * The same, started already.
 *
 * @param {TestContext} context
 * @param {Router} router
 * @param {import('./Codec.mjs').CodecName} codec
 */
export async function fromFfmpeg(context, router, codec) {
  const { start, ...rest } = await willSendByFfmpeg(context, router, codec);
  return { ...rest, sender: start() };
}

/**
 * GStreamer receives from a new PlainTransport, counted by a tap, until the test ends.
 *
 * @param {TestContext} context
 * @param {Router} router
 * @param {import('mediasoup').types.Producer} producer
 */
export async function toGStreamer(context, router, producer) {
  const { mimeType } = producer.rtpParameters.codecs[0];
  const codec = /** @type {import('./Codec.mjs').CodecName} */ (Object.entries(CODEC).find(([, known]) => known.mimeType === mimeType)?.[0]);
  const transport = await createPlain(router, { rtcpMux: true });
  const ports = await freePorts();
  const tap = await PlainTap.open(transport, { program: ports });
  await transport.connect(tap.remote);
  const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: plainCapabilities(router, codec), paused: true });
  const receiver = new GStreamerReceiver({ consumer, codec, ...ports, reportTo: tap });
  context.after(async () => {
    await receiver.stop();
    tap.close();
    transport.close();
  });
  // The first key frame should find somebody there.
  await until('GStreamer listens', () => isOpen(ports.port) || receiver.assertRuns(), () => receiver.lines);
  await consumer.resume();
  return { transport, consumer, tap, receiver };
}
