/**
 * What the programs here send: for each codec, how the producer describes it, and how many packets or frames a second go out.
 *
 * @typedef {'vp8' | 'h264' | 'opus'} CodecName
 */

/** @type {Record<CodecName, { kind: 'audio' | 'video', payloadType: number, mimeType: string, clockRate: number, channels?: number, parameters?: Record<string, unknown> }>} */
export const CODEC = {
  opus: { kind: 'audio', payloadType: 97, mimeType: 'audio/opus', clockRate: 48000, channels: 2 },
  vp8: { kind: 'video', payloadType: 98, mimeType: 'video/VP8', clockRate: 90000 },
  h264: {
    kind: 'video',
    payloadType: 99,
    mimeType: 'video/H264',
    clockRate: 90000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
};

/**
 * The options of a producer for a stream of this codec.
 *
 * @param {CodecName} name
 * @param {number} ssrc
 * @returns {import('mediasoup').types.ProducerOptions}
 */
export function producerOptions(name, ssrc) {
  const { kind, ...codec } = CODEC[name];
  return {
    kind,
    rtpParameters: {
      codecs: [{ ...codec, rtcpFeedback: kind === 'video' ? [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }] : [] }],
      encodings: [{ ssrc }],
      rtcp: { cname: `${name}-${ssrc}` },
    },
  };
}

/**
 * Capabilities of a receiver that knows one codec, no header extension and no retransmission.
 *
 * @param {import('mediasoup').types.Router} router
 * @param {CodecName} name
 * @returns {import('mediasoup').types.RtpCapabilities}
 */
export function plainCapabilities(router, name) {
  const codecs = router.rtpCapabilities.codecs?.filter(({ mimeType }) => mimeType === CODEC[name].mimeType);
  return { codecs, headerExtensions: [] };
}
