import { CODEC } from './Codec.mjs';
import { LOOPBACK } from './Controller.mjs';
import { Program } from './Program.mjs';

/**
 * @typedef {import('./Codec.mjs').CodecName} CodecName
 * @typedef {import('mediasoup').types.SrtpParameters} SrtpParameters
 */

const FRAMES_A_SECOND = 15;

/** A small picture, a key frame a second: the worker under test should have the processor, not the encoder. */
const VIDEO_SOURCE = ['-f', 'lavfi', '-i', `testsrc2=size=320x240:rate=${FRAMES_A_SECOND}`];
const VIDEO_ENCODING = ['-g', String(FRAMES_A_SECOND), '-b:v', '400k', '-pix_fmt', 'yuv420p', '-threads', '1'];

/** @type {Record<CodecName, string[]>} */
const SOURCE = {
  opus: ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-c:a', 'libopus', '-b:a', '32k', '-ac', '2'],
  vp8: [...VIDEO_SOURCE, '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-auto-alt-ref', '0', ...VIDEO_ENCODING],
  h264: [...VIDEO_SOURCE, '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline', ...VIDEO_ENCODING],
};

const QUIET = ['-hide_banner', '-nostdin', '-nostats'];

/** ffmpeg that sends one stream of a test picture or tone in real time. */
export class FfmpegSender extends Program {
  /** Video frames that ffmpeg says it encoded. */
  frames = 0;

  /** @param {{ codec: CodecName, ssrc: number, to: { port: number, rtcpPort: number }, srtp?: SrtpParameters }} options */
  constructor({ codec, ssrc, to, srtp }) {
    const security = srtp ? ['-srtp_out_suite', srtp.cryptoSuite, '-srtp_out_params', srtp.keyBase64] : [];
    const url = `${srtp ? 'srtp' : 'rtp'}://${LOOPBACK}:${to.port}?rtcpport=${to.rtcpPort}&pkt_size=1200`;
    const output = ['-f', 'rtp', '-payload_type', String(CODEC[codec].payloadType), '-ssrc', String(ssrc | 0), ...security, url];
    super('ffmpeg', [...QUIET, '-progress', 'pipe:1', '-re', ...SOURCE[codec], ...output], (line) => {
      if (/^frame=\d+$/.test(line)) {
        this.frames = Number(line.slice('frame='.length));
      }
    });
  }
}

/**
 * ffmpeg that receives one stream as a session description tells it, and decodes it. It sends no RTCP: ports that it reads from a
 * description it opens for reading alone.
 */
export class FfmpegReceiver extends Program {
  /** Video frames decoded so far. */
  frames = 0;
  /** Access units that the demultiplexer put together: packets of audio, frames of video. Known at the end. */
  units = 0;
  /** Seconds of sound or picture decoded so far. */
  seconds = 0;

  /** @param {{ consumer: import('mediasoup').types.Consumer, port: number, srtp?: SrtpParameters }} options */
  constructor({ consumer, port, srtp }) {
    const description = Buffer.from(describe(consumer, port, srtp)).toString('base64');
    const input = ['-protocol_whitelist', 'data,rtp,srtp,udp', '-f', 'sdp', '-i', `data:application/sdp;base64,${description}`];
    super('ffmpeg', [...QUIET, '-v', 'verbose', '-progress', 'pipe:1', ...input, '-fps_mode', 'passthrough', '-f', 'null', '-'], (line) => {
      const units = /^ *Input stream #0:0 .*: (\d+) packets read/.exec(line);
      if (units) {
        this.units = Number(units[1]);
      } else if (/^frame=\d+$/.test(line)) {
        this.frames = Number(line.slice('frame='.length));
      } else if (line.startsWith('out_time_us=')) {
        this.seconds = Number(line.slice('out_time_us='.length)) / 1e6 || this.seconds;
      }
    });
  }
}

/**
 * @param {import('mediasoup').types.Consumer} consumer
 * @param {number} port
 * @param {SrtpParameters | undefined} srtp
 */
function describe({ kind, rtpParameters }, port, srtp) {
  const { payloadType, mimeType, clockRate, channels, parameters = {} } = rtpParameters.codecs[0];
  const format = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  return [
    'v=0',
    `o=- 0 0 IN IP4 ${LOOPBACK}`,
    's=-',
    `c=IN IP4 ${LOOPBACK}`,
    't=0 0',
    `m=${kind} ${port} RTP/${srtp ? 'SAVP' : 'AVP'} ${payloadType}`,
    `a=rtpmap:${payloadType} ${mimeType.split('/')[1]}/${clockRate}${channels ? `/${channels}` : ''}`,
    ...(format.length > 0 ? [`a=fmtp:${payloadType} ${format.join(';')}`] : []),
    ...(srtp ? [`a=crypto:1 ${srtp.cryptoSuite} inline:${srtp.keyBase64}`] : []),
    'a=recvonly',
    '',
  ].join('\r\n');
}
