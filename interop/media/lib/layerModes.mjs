import { CODEC } from './codecs.mjs';

/**
 * @typedef {object} LayerMode a way in which Chromium sends the same picture in several sizes and frame rates
 * @property {string} name
 * @property {import('mediasoup').types.RouterRtpCodecCapability} codec
 * @property {'simulcast' | 'svc' | 'simple'} type of its consumers
 * @property {{ width: number, height: number }} camera
 * @property {{ scalabilityMode: string, scaleResolutionDownBy?: number, maxBitrate?: number }[]} encodings
 * @property {number[]} widths of the spatial layers, lowest first
 * @property {number} temporalLayers
 */

/** Chromium sends three sizes of nothing smaller than this. */
const CAMERA = { width: 960, height: 540 };

/**
 * @param {string} name
 * @param {import('mediasoup').types.RouterRtpCodecCapability} codec
 * @returns {LayerMode}
 */
function simulcast(name, codec) {
  return {
    name,
    codec,
    type: 'simulcast',
    camera: CAMERA,
    encodings: [
      { scaleResolutionDownBy: 4, scalabilityMode: 'L1T3', maxBitrate: 150_000 },
      { scaleResolutionDownBy: 2, scalabilityMode: 'L1T3', maxBitrate: 400_000 },
      { scaleResolutionDownBy: 1, scalabilityMode: 'L1T3', maxBitrate: 1_000_000 },
    ],
    widths: [CAMERA.width / 4, CAMERA.width / 2, CAMERA.width],
    temporalLayers: 3,
  };
}

/**
 * @param {string} name
 * @param {import('mediasoup').types.RouterRtpCodecCapability} codec
 * @param {string} scalabilityMode
 * @returns {LayerMode}
 */
function svc(name, codec, scalabilityMode) {
  const [spatial, temporal] = [Number(scalabilityMode[1]), Number(scalabilityMode[3])];
  return {
    name,
    codec,
    type: 'svc',
    camera: CAMERA,
    encodings: [{ scalabilityMode, maxBitrate: 1_500_000 }],
    widths: Array.from({ length: spatial }, (_, layer) => CAMERA.width / 2 ** (spatial - 1 - layer)),
    temporalLayers: temporal,
  };
}

/** @type {LayerMode[]} */
export const LAYER_MODES = [
  simulcast('VP8 simulcast', CODEC.vp8),
  simulcast('H264 simulcast', CODEC.h264),
  svc('VP9 L3T3_KEY', CODEC.vp9, 'L3T3_KEY'),
  svc('VP9 L3T3', CODEC.vp9, 'L3T3'),
  svc('AV1 L1T3', CODEC.av1, 'L1T3'),
  svc('AV1 L3T3_KEY', CODEC.av1, 'L3T3_KEY'),
  svc('AV1 L3T3', CODEC.av1, 'L3T3'),
];
