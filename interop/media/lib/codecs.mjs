/**
 * What the suites' routers can carry, as a router is told.
 *
 * @type {Record<'opus' | 'vp8' | 'vp9' | 'av1' | 'h264', import('mediasoup').types.RouterRtpCodecCapability>}
 */
export const CODEC = {
  opus: { kind: 'audio', mimeType: 'audio/opus', clockRate: 48000, channels: 2 },
  vp8: { kind: 'video', mimeType: 'video/VP8', clockRate: 90000 },
  vp9: { kind: 'video', mimeType: 'video/VP9', clockRate: 90000, parameters: { 'profile-id': 0 } },
  av1: { kind: 'video', mimeType: 'video/AV1', clockRate: 90000 },
  h264: {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
};
