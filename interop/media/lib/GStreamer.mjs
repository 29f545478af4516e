import { CODEC } from './Codec.mjs';
import { LOOPBACK } from './Controller.mjs';
import { Program } from './Program.mjs';

/**
 * @typedef {import('./Codec.mjs').CodecName} CodecName
 * @typedef {import('mediasoup').types.SrtpParameters} SrtpParameters
 */

const CAMERA = 'videotestsrc is-live=true pattern=ball ! video/x-raw,width=320,height=240,framerate=15/1';

/** @type {Record<CodecName, string>} */
const ENCODER = {
  opus: 'audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2 ! opusenc ! rtpopuspay',
  vp8: `${CAMERA} ! vp8enc deadline=1 cpu-used=8 threads=1 target-bitrate=400000 keyframe-max-dist=15 ! rtpvp8pay picture-id-mode=2`,
  h264: `${CAMERA} ! x264enc tune=zerolatency speed-preset=ultrafast threads=1 bitrate=400 key-int-max=15 ! video/x-h264,profile=baseline ! rtph264pay config-interval=-1 aggregate-mode=zero-latency`,
};

/** @type {Record<CodecName, string>} */
const DECODER = {
  opus: 'rtpopusdepay ! opusdec',
  vp8: 'rtpvp8depay request-keyframe=true ! vp8dec',
  h264: 'rtph264depay ! h264parse ! openh264dec',
};

/** @type {Record<import('mediasoup').types.SrtpCryptoSuite, { cipher: string, auth: string }>} */
const SUITE = {
  AES_CM_128_HMAC_SHA1_80: { cipher: 'aes-128-icm', auth: 'hmac-sha1-80' },
  AES_CM_128_HMAC_SHA1_32: { cipher: 'aes-128-icm', auth: 'hmac-sha1-32' },
  AEAD_AES_128_GCM: { cipher: 'aes-128-gcm', auth: 'null' },
  AEAD_AES_256_GCM: { cipher: 'aes-256-gcm', auth: 'null' },
};

/** An element that prints a line for each buffer that passes. One in a pipeline: notices of two threads get lost and doubled in GLib. */
const COUNTER = 'identity silent=false';

/** A gst-launch that counts the buffers passing its identity element. */
class Pipeline extends Program {
  /** Buffers that came past. */
  passed = 0;

  /** @param {string} description */
  constructor(description) {
    super('gst-launch-1.0', ['-v', ...description.split(/\s+/)], (line) => {
      if (/GstIdentity:\w+: last-message = chain/.test(line)) {
        this.passed++;
      }
    });
  }
}

/** GStreamer that sends one stream of a test picture or tone, with the RTCP of its rtpbin. */
export class GStreamerSender extends Pipeline {
  /** RTP packets sent. */
  get packets() {
    return this.passed;
  }

  /** @param {{ codec: CodecName, ssrc: number, to: { port: number, rtcpPort: number }, srtp?: SrtpParameters }} options */
  constructor({ codec, ssrc, to, srtp }) {
    // "! enc.rtp_sink_0" ends one chain, "enc.rtp_src_0 !" begins the next.
    const [encrypt, encryptRtcp] = srtp ? ['enc.rtp_sink_0  enc.rtp_src_0 !', 'enc.rtcp_sink_0  enc.rtcp_src_0 !'] : ['', ''];
    super(
      `rtpbin name=bin ${srtp ? encryptor(srtp) : ''}
       ${ENCODER[codec]} pt=${CODEC[codec].payloadType} ssrc=${ssrc} mtu=1200 ! bin.send_rtp_sink_0
       bin.send_rtp_src_0 ! ${encrypt} ${COUNTER} ! udpsink host=${LOOPBACK} port=${to.port} sync=false async=false
       bin.send_rtcp_src_0 ! ${encryptRtcp} udpsink host=${LOOPBACK} port=${to.rtcpPort} sync=false async=false`,
    );
  }
}

/** GStreamer that receives one stream through an rtpbin, which reports and asks for key frames as AVPF lets it, and decodes it. */
export class GStreamerReceiver extends Pipeline {
  /** Buffers decoded: pictures, or pieces of sound. */
  get frames() {
    return this.passed;
  }

  /**
   * @param {{ consumer: import('mediasoup').types.Consumer, codec: CodecName, port: number, rtcpPort: number,
   *   reportTo: { rtcpPort: number, clearPort: number }, srtp?: SrtpParameters }} options
   *   a copy of each packet that was taken, in the clear, goes to the clear port
   */
  constructor({ consumer, codec, port, rtcpPort, reportTo, srtp }) {
    const { payloadType, clockRate } = consumer.rtpParameters.codecs[0];
    const ssrc = consumer.rtpParameters.encodings?.[0].ssrc;
    const name = codec.toUpperCase();
    const fields = `media=${consumer.kind},payload=${payloadType},clock-rate=${clockRate},encoding-name=${name}`;
    const secrets = srtp ? `,ssrc=(uint)${ssrc},${secretFields(srtp)}` : '';
    const [decrypt, decryptRtcp] = srtp ? ['dec.rtp_sink  dec.rtp_src ! ', 'dec.rtcp_sink  dec.rtcp_src ! '] : ['', ''];
    super(
      `rtpbin name=bin rtp-profile=avpf latency=100 ${srtp ? 'srtpdec name=dec' : ''}
       udpsrc address=${LOOPBACK} port=${port} caps=application/x-${srtp ? 'srtp' : 'rtp'},${fields}${secrets} ! ${decrypt}tee name=clear
       clear. ! bin.recv_rtp_sink_0
       clear. ! udpsink host=${LOOPBACK} port=${reportTo.clearPort} sync=false async=false
       udpsrc address=${LOOPBACK} port=${rtcpPort} caps=application/x-${srtp ? 'srtcp' : 'rtcp'}${secrets} ! ${decryptRtcp}bin.recv_rtcp_sink_0
       bin. ! ${DECODER[codec]} ! ${COUNTER} ! fakesink sync=false
       bin.send_rtcp_src_0 ! udpsink host=${LOOPBACK} port=${reportTo.rtcpPort} sync=false async=false`,
    );
  }
}

/** @param {SrtpParameters} srtp */
function encryptor({ cryptoSuite, keyBase64 }) {
  const { cipher, auth } = SUITE[cryptoSuite];
  // SRTCP has the long tag in both suites of AES-CM (RFC 5764 section 4.1.2).
  const rtcpAuth = auth === 'null' ? auth : 'hmac-sha1-80';
  return `srtpenc name=enc key=${hex(keyBase64)} rtp-cipher=${cipher} rtp-auth=${auth} rtcp-cipher=${cipher} rtcp-auth=${rtcpAuth}`;
}

/** @param {SrtpParameters} srtp */
function secretFields({ cryptoSuite, keyBase64 }) {
  const { cipher, auth } = SUITE[cryptoSuite];
  const rtcpAuth = auth === 'null' ? auth : 'hmac-sha1-80';
  return `srtp-key=(buffer)${hex(keyBase64)},srtp-cipher=${cipher},srtp-auth=${auth},srtcp-cipher=${cipher},srtcp-auth=${rtcpAuth}`;
}

/** @param {string} keyBase64 */
function hex(keyBase64) {
  return Buffer.from(keyBase64, 'base64').toString('hex');
}
