import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from '../tools/browser.mjs';
import { BrowserPeer } from './lib/BrowserPeer.mjs';
import { CaptureFile } from './lib/CaptureFile.mjs';
import { BROWSER_CAPTURES, FFMPEG_CAPTURES } from './lib/captureModes.mjs';
import { Controller, createPlain, LOOPBACK } from './lib/Controller.mjs';
import { PeerPage } from './lib/PeerPage.mjs';
import { Program } from './lib/Program.mjs';
import { pli } from './lib/rtcp.mjs';
import { until } from './lib/until.mjs';

/*
 * Records the fixtures of tests/Bisque.Rtp.Tests: what Chromium and ffmpeg send, as a worker passes it on to a pipe transport, which
 * leaves out nothing and changes nothing but numbers of streams and packets, and ids of header extensions.
 *
 *   node record-captures.mjs [part of a name ...]
 */

const FIXTURES = new URL('../../tests/Bisque.Rtp.Tests/Fixtures/', import.meta.url);
/** A part of a recording: from one key frame to the next that is asked for, or from one change to the next. */
const PART_MS = 1_000;
const KEY_FRAME_REQUESTS = 3;
const FFMPEG_MS = 2_500;
const FFMPEG_STREAM = { ssrc: 0x1234_5678, payloadType: 98 };

/** @typedef {import('./lib/captureModes.mjs').BrowserCapture} BrowserCapture */

/**
 * Writes down what a producer's pipe consumer gets, and what is asked of the sender meanwhile.
 *
 * @param {import('mediasoup').types.Router} router
 * @param {import('mediasoup').types.Producer} producer
 */
async function tap(router, producer) {
  const transport = await router.createPipeTransport({ listenInfo: { protocol: 'udp', ip: LOOPBACK } });
  const socket = createSocket('udp4');
  socket.bind(0, LOOPBACK);
  await once(socket, 'listening');
  await transport.connect({ ip: LOOPBACK, port: socket.address().port });
  const consumer = await transport.consume({ producerId: producer.id });
  await consumer.pause();
  const file = new CaptureFile();
  /** @type {Record<string, number>} */ const events = {};
  return {
    consumer,
    file,
    events,
    /** Records from a key frame on. */
    async start() {
      socket.on('message', (packet) => file.add(packet));
      await consumer.resume();
      await until('the first packet', () => file.packets > 0);
    },
    close: () => socket.close(),
    async askForKeyFrame() {
      for (const { ssrc } of consumer.rtpParameters.encodings ?? []) {
        file.add(pli(Number(ssrc)));
      }
      await consumer.requestKeyFrame();
    },
    /** @param {string} name @param {string} sender */
    write(name, sender) {
      const { codecs, headerExtensions = [], encodings } = consumer.rtpParameters;
      const sent = producer.rtpParameters.encodings ?? [];
      const bytes = file.write(new URL(`${name}.rtpcap`, FIXTURES), {
        name,
        sender,
        mimeType: codecs[0].mimeType,
        clockRate: codecs[0].clockRate,
        payloadType: codecs[0].payloadType,
        extensions: Object.fromEntries(headerExtensions.map(({ uri, id }) => [uri, id])),
        streams: (encodings ?? []).map(({ ssrc }, index) => ({
          ssrc: Number(ssrc),
          rid: sent[index]?.rid,
          scalabilityMode: sent[index]?.scalabilityMode,
        })),
        events,
      });
      console.log(`${name}: ${file.packets} packets, ${bytes} bytes`);
    },
  };
}

/** @param {import('../tools/browser.mjs').Browser} browser @param {PeerPage} page @param {Controller} controller @param {BrowserCapture} mode */
async function recordBrowser(browser, page, controller, mode) {
  const router = await controller.router(controller.worker, [mode.codec]);
  const peer = await BrowserPeer.open(browser, page, router, mode.camera);
  try {
    const up = await peer.connect('send');
    const producer =
      mode.codec.kind === 'audio'
        ? await peer.produce(up, 'audio', { codecOptions: { opusDtx: true } })
        : await peer.produce(up, 'video', { encodings: mode.encodings, codecOptions: { videoGoogleStartBitrate: 1500 } });
    const recording = await tap(router, producer);
    await (mode.codec.kind === 'audio' ? talk(peer, recording) : film(peer, up, producer, recording, mode));
    recording.close();
    recording.write(mode.name, `Chromium ${(await browser.version()).split('/')[1]}`);
  } finally {
    await peer.close();
    router.close();
  }
}

/** Sound, silence, and sound again. @param {BrowserPeer} peer @param {Awaited<ReturnType<typeof tap>>} recording */
async function talk(peer, recording) {
  const { file, events } = recording;
  await peer.speak(0.5);
  await recording.start();
  await delay(PART_MS);
  events.silence = file.now;
  await peer.speak(0);
  await delay(2 * PART_MS);
  events.sound = file.now;
  await peer.speak(0.5);
  await delay(PART_MS);
}

/**
 * @param {BrowserPeer} peer
 * @param {import('mediasoup').types.WebRtcTransport} up
 * @param {import('mediasoup').types.Producer} producer
 * @param {Awaited<ReturnType<typeof tap>>} recording
 * @param {BrowserCapture} mode
 */
async function film(peer, up, producer, recording, mode) {
  const { file, events } = recording;
  /** @type {any[]} */ let sent = [];
  await until(
    'all sizes are sent',
    async () => {
      sent = (await peer.sentAll(up)).filter((/** @type {any} */ stream) => stream.framesPerSecond > 15);
      return sent.length === mode.encodings?.length && sent.some(({ frameWidth }) => frameWidth === mode.camera?.width);
    },
    () => sent.map(({ rid, frameWidth, framesPerSecond, scalabilityMode }) => ({ rid, frameWidth, framesPerSecond, scalabilityMode })),
  );
  console.log(sent.map(({ rid, frameWidth, scalabilityMode }) => `${rid ?? '-'} ${frameWidth} ${scalabilityMode}`).join(', '));
  await recording.start();
  await delay(PART_MS);
  const [requests, interval] = mode.isHasty ? [4 * KEY_FRAME_REQUESTS, PART_MS / 4] : [KEY_FRAME_REQUESTS, PART_MS];
  for (let i = 1; i <= requests; i++) {
    events[`keyFrameRequest${i}`] = file.now;
    await recording.askForKeyFrame();
    await delay(interval);
  }
  if (mode.less || mode.withoutTop) {
    events.less = file.now;
    await peer.page.evaluate(
      // @ts-ignore: runs in the page.
      async (id, less) => {
        const { rtpSender } = /** @type {any} */ (window).peer.producers.get(id);
        const parameters = rtpSender.getParameters();
        const top = parameters.encodings.at(-1);
        if (less) {
          top.maxBitrate = less;
        } else {
          top.active = false;
        }
        await rtpSender.setParameters(parameters);
      },
      producer.id,
      mode.less ?? 0,
    );
    await delay(2 * PART_MS);
  }
}

/** @param {Controller} controller @param {import('./lib/captureModes.mjs').FfmpegCapture} mode */
async function recordFfmpeg(controller, { name, codec, source }) {
  const { ssrc, payloadType } = FFMPEG_STREAM;
  const capability = /** @type {BrowserCapture} */ (BROWSER_CAPTURES.find((mode) => mode.codec.mimeType.toLowerCase() === `${kindOf(codec)}/${codec}`)).codec;
  const { kind, mimeType, clockRate, channels, parameters } = capability;
  const router = await controller.router(controller.worker, [capability]);
  const up = await createPlain(router, { comedia: true, rtcpMux: false });
  const producer = await up.produce({
    kind: /** @type {import('mediasoup').types.MediaKind} */ (kind),
    rtpParameters: { codecs: [{ mimeType, clockRate, channels, parameters, payloadType }], encodings: [{ ssrc }] },
  });
  const recording = await tap(router, producer);
  const started = recording.start();
  const url = `rtp://${LOOPBACK}:${up.tuple.localPort}?rtcpport=${up.rtcpTuple?.localPort}&pkt_size=1200`;
  const output = ['-f', 'rtp', '-payload_type', String(payloadType), '-ssrc', String(ssrc), url];
  const program = new Program('ffmpeg', ['-hide_banner', '-nostdin', '-nostats', '-re', ...source, ...output], () => {});
  try {
    await started;
    program.assertRuns();
    await delay(FFMPEG_MS);
  } finally {
    await program.stop();
  }
  recording.close();
  recording.write(name, execFileSync('ffmpeg', ['-version'], { encoding: 'utf8' }).split(' ').slice(0, 3).join(' '));
  router.close();
}

/** @param {string} codec */
function kindOf(codec) {
  return codec === 'opus' ? 'audio' : 'video';
}

const wanted = process.argv.slice(2);
const isWanted = (/** @type {{ name: string }} */ { name }) => wanted.length === 0 || wanted.some((part) => name.includes(part));
console.log(`into ${fileURLToPath(FIXTURES)}`);
const controller = await Controller.start();
try {
  for (const mode of FFMPEG_CAPTURES.filter(isWanted)) {
    await recordFfmpeg(controller, mode);
  }
  const modes = BROWSER_CAPTURES.filter(isWanted);
  if (modes.length > 0) {
    const page = await PeerPage.serve();
    const browser = await launchBrowser();
    try {
      for (const mode of modes) {
        await recordBrowser(browser, page, controller, mode).catch((error) => {
          console.error(`${mode.name}: ${error.message}`);
          process.exitCode = 1;
        });
      }
    } finally {
      await browser.close();
      page.close();
    }
  }
} finally {
  await controller.close();
}
