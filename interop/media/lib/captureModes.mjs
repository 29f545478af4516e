import { CODEC } from './codecs.mjs';

/**
 * @typedef {object} BrowserCapture how Chromium is told to send
 * @property {string} name of the file
 * @property {import('mediasoup').types.RouterRtpCodecCapability} codec
 * @property {{ width: number, height: number }} [camera]
 * @property {{ scalabilityMode?: string, scaleResolutionDownBy?: number, maxBitrate?: number }[]} [encodings]
 * @property {number} [less] bits a second that the sender is held to in the last part, where it gives up layers
 * @property {boolean} [isHasty] whether key frames are asked for so often that the sender leaves layers out of many pictures to pay for them
 * @property {boolean} [withoutTop] whether the largest encoding is switched off in the last part
 *
 * @typedef {object} FfmpegCapture
 * @property {string} name of the file
 * @property {'vp8' | 'vp9' | 'h264' | 'opus'} codec
 * @property {string[]} source arguments of ffmpeg that make the stream
 */

/** Chromium sends three sizes of nothing smaller than this. */
const CAMERA = { width: 960, height: 540 };
const SMALL_CAMERA = { width: 480, height: 270 };

const SIMULCAST = [
  { scaleResolutionDownBy: 4, scalabilityMode: 'L1T3', maxBitrate: 100_000 },
  { scaleResolutionDownBy: 2, scalabilityMode: 'L1T3', maxBitrate: 250_000 },
  { scaleResolutionDownBy: 1, scalabilityMode: 'L1T3', maxBitrate: 500_000 },
];

/**
 * @param {keyof typeof CODEC} codec
 * @param {string} scalabilityMode
 * @param {{ width: number, height: number }} camera
 * @param {number} maxBitrate
 * @param {Partial<BrowserCapture>} [more]
 * @returns {BrowserCapture}
 */
function svc(codec, scalabilityMode, camera, maxBitrate, more = {}) {
  const name = `chromium-${codec}-${scalabilityMode.toLowerCase().replace('_', '-')}`;
  return { name, codec: CODEC[codec], camera, encodings: [{ scalabilityMode, maxBitrate }], ...more };
}

/** @type {BrowserCapture[]} */
export const BROWSER_CAPTURES = [
  { name: 'chromium-vp8-simulcast', codec: CODEC.vp8, camera: CAMERA, encodings: SIMULCAST, withoutTop: true },
  { name: 'chromium-h264-simulcast', codec: CODEC.h264, camera: CAMERA, encodings: SIMULCAST },
  svc('vp9', 'L1T3', SMALL_CAMERA, 300_000),
  svc('vp9', 'L3T3', CAMERA, 800_000),
  svc('vp9', 'L3T3_KEY', CAMERA, 800_000, { less: 150_000 }),
  svc('vp9', 'L2T2h', CAMERA, 1_200_000),
  svc('vp9', 'S3T3', CAMERA, 800_000),
  svc('av1', 'L1T1', SMALL_CAMERA, 200_000),
  svc('av1', 'L1T3', SMALL_CAMERA, 200_000),
  svc('av1', 'L3T3', CAMERA, 700_000),
  svc('av1', 'L3T3_KEY', CAMERA, 700_000, { less: 120_000 }),
  svc('av1', 'L3T3', CAMERA, 1_500_000, { name: 'chromium-av1-l3t3-hasty', isHasty: true }),
  { name: 'chromium-opus-dtx', codec: CODEC.opus },
];

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=20'];
const ENCODING = ['-g', '20', '-pix_fmt', 'yuv420p', '-threads', '1', '-b:v', '250k'];

/** @type {FfmpegCapture[]} */
export const FFMPEG_CAPTURES = [
  {
    name: 'ffmpeg-vp8',
    codec: 'vp8',
    source: [...PICTURE, '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-auto-alt-ref', '0', ...ENCODING],
  },
  {
    name: 'ffmpeg-vp9',
    codec: 'vp9',
    source: [...PICTURE, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-strict', '-2', ...ENCODING],
  },
  {
    name: 'ffmpeg-h264',
    codec: 'h264',
    source: [...PICTURE, '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', ...ENCODING],
  },
  { name: 'ffmpeg-opus', codec: 'opus', source: ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-c:a', 'libopus', '-b:a', '32k', '-ac', '2'] },
];
