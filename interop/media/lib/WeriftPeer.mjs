import { RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift';
import { LOOPBACK } from './Controller.mjs';

const VP8 = { mimeType: 'video/VP8', clockRate: 90000, payloadType: 96 };
/** Of the smallest VP8 picture: a key frame of 16 by 16 pixels, behind its payload descriptor with the start bit (RFC 7741 section 4.2). */
const KEY_FRAME = Buffer.from('10' + '50 01 00 9d 01 2a 10 00 10 00 00 47 08 85 85 88 85 84 88 02 02'.replaceAll(' ', ''), 'hex');
/** Of a picture that needs others: the frame tag's lowest bit is set (RFC 6386 section 9.1). */
const INTER_FRAME = Buffer.from('10' + '31 01 00 00 00 00 00 00'.replaceAll(' ', ''), 'hex');
const PACKET_INTERVAL_MS = 10;

/**
 * werift, a WebRTC stack in TypeScript that shares no code with browsers, connected to one transport of the worker. It sends or receives
 * one stream of VP8.
 */
export class WeriftPeer {
  sent = 0;
  received = 0;
  /** Requests for a key frame that came. */
  keyFrameRequests = 0;
  /** Packets sent before the first key frame. */
  sentBefore = 0;
  #sequenceNumber = 1;
  /** @type {NodeJS.Timeout | undefined} */ #timer;

  /**
   * @param {import('mediasoup').types.WebRtcTransport} transport
   * @param {{ direction: 'sendonly' | 'recvonly', dtlsRole: 'client' | 'server', rtpParameters?: import('mediasoup').types.RtpParameters }} options
   *   what is received is told by a consumer's rtpParameters
   */
  static async connect(transport, { direction, dtlsRole, rtpParameters }) {
    const payloadType = rtpParameters?.codecs[0].payloadType ?? VP8.payloadType;
    const codec = new RTCRtpCodecParameters({ ...VP8, payloadType, rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }] });
    const connection = new RTCPeerConnection({
      codecs: { video: [codec], audio: [] },
      headerExtensions: { video: [], audio: [] },
      iceServers: [],
      iceAdditionalHostAddresses: [LOOPBACK],
      iceUseIpv6: false,
    });
    const transceiver = connection.addTransceiver('video', { direction });
    const peer = new WeriftPeer(connection, transceiver);
    await connection.setLocalDescription(await connection.createOffer());
    const sdp = connection.localDescription?.sdp ?? '';
    const [, algorithm, value] = /a=fingerprint:(\S+) (\S+)/.exec(sdp) ?? [];
    await transport.connect({
      dtlsParameters: {
        role: dtlsRole,
        fingerprints: [{ algorithm: /** @type {import('mediasoup').types.FingerprintAlgorithm} */ (algorithm.toLowerCase()), value }],
      },
    });
    await connection.setRemoteDescription({ type: 'answer', sdp: answer(transport, { sdp, direction, dtlsRole, payloadType, rtpParameters }) });
    return peer;
  }

  /**
   * @param {RTCPeerConnection} connection
   * @param {import('werift').RTCRtpTransceiver} transceiver
   */
  constructor(connection, transceiver) {
    this.connection = connection;
    this.transceiver = transceiver;
    transceiver.sender.onPictureLossIndication.subscribe(() => this.keyFrameRequests++);
    transceiver.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => this.received++));
  }

  get ssrc() {
    return this.transceiver.sender.ssrc;
  }

  get producerOptions() {
    return /** @type {import('mediasoup').types.ProducerOptions} */ ({
      kind: 'video',
      rtpParameters: {
        codecs: [{ ...VP8, rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }] }],
        encodings: [{ ssrc: this.ssrc }],
        rtcp: { cname: 'werift' },
      },
    });
  }

  /**
   * Sends a small picture again and again until it is told to stop. The first one that is a key frame comes once so many were asked for.
   *
   * @param {{ keyFrameAfter: number }} options requests; 0 for a stream that opens with it
   */
  start({ keyFrameAfter }) {
    let isOpened = false;
    this.#timer = setInterval(() => {
      const isKeyFrame = !isOpened && this.keyFrameRequests >= keyFrameAfter;
      isOpened ||= isKeyFrame;
      this.sentBefore += isOpened ? 0 : 1;
      const sequenceNumber = this.#sequenceNumber++ & 0xffff;
      const header = new RtpHeader({ payloadType: VP8.payloadType, sequenceNumber, timestamp: sequenceNumber * 900, ssrc: this.ssrc, marker: true });
      void this.transceiver.sender.sendRtp(new RtpPacket(header, isKeyFrame ? KEY_FRAME : INTER_FRAME));
      this.sent++;
    }, PACKET_INTERVAL_MS);
  }

  stop() {
    clearInterval(this.#timer);
  }

  async close() {
    this.stop();
    await this.connection.close();
  }
}

/**
 * The worker's side of the session as an answer (RFC 8829): ICE-lite, its candidates, and the DTLS role that it takes.
 *
 * @param {import('mediasoup').types.WebRtcTransport} transport
 * @param {{ sdp: string, direction: string, dtlsRole: string, payloadType: number, rtpParameters?: import('mediasoup').types.RtpParameters }} session
 */
function answer({ iceParameters, iceCandidates, dtlsParameters }, { sdp, direction, dtlsRole, payloadType, rtpParameters }) {
  const mid = /a=mid:(\S+)/.exec(sdp)?.[1];
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  const ssrc = rtpParameters?.encodings?.[0].ssrc;
  return [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${mid}`,
    `m=video 9 UDP/TLS/RTP/SAVPF ${payloadType}`,
    'c=IN IP4 0.0.0.0',
    `a=mid:${mid}`,
    direction === 'sendonly' ? 'a=recvonly' : 'a=sendonly',
    'a=rtcp-mux',
    `a=ice-ufrag:${iceParameters.usernameFragment}`,
    `a=ice-pwd:${iceParameters.password}`,
    `a=fingerprint:sha-256 ${fingerprint?.value}`,
    `a=setup:${dtlsRole === 'client' ? 'passive' : 'active'}`,
    `a=rtpmap:${payloadType} VP8/90000`,
    `a=rtcp-fb:${payloadType} nack`,
    `a=rtcp-fb:${payloadType} nack pli`,
    ...(ssrc ? [`a=ssrc:${ssrc} cname:bisque`] : []),
    ...iceCandidates.map(
      ({ foundation, protocol, priority, address, port }) => `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ host`,
    ),
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}
