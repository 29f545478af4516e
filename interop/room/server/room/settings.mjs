// What the public mediasoup demo offers, so that its clients find here what they know.

const VIDEO_FIRST_BITRATE = { 'x-google-start-bitrate': 1000 };

/**
 * VP8 comes first: clients take the first codec that they share with us unless told otherwise.
 *
 * @type {import('mediasoup').types.RouterRtpCodecCapability[]}
 */
export const ROUTER_CODECS = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90000, parameters: VIDEO_FIRST_BITRATE },
  { kind: 'video', mimeType: 'video/VP9', clockRate: 90000, parameters: { 'profile-id': 2, ...VIDEO_FIRST_BITRATE } },
  { kind: 'video', mimeType: 'video/H264', clockRate: 90000, parameters: h264Profile('4d0032') },
  { kind: 'video', mimeType: 'video/H264', clockRate: 90000, parameters: h264Profile('42e01f') },
];

/** Speech louder than this (dBov) makes a peer the active speaker. */
export const SPEAKER_LEVELS = { maxEntries: 1, threshold: -80, interval: 800 };

export const INITIAL_OUTGOING_BITRATE = 1_000_000;
export const MAX_INCOMING_BITRATE = 1_500_000;
export const ICE_CONSENT_TIMEOUT_SECONDS = 20;

/** @param {string} profileLevelId */
function h264Profile(profileLevelId) {
  return {
    'packetization-mode': 1,
    'profile-level-id': profileLevelId,
    'level-asymmetry-allowed': 1,
    ...VIDEO_FIRST_BITRATE,
  };
}
