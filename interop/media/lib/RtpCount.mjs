/** Packet types of RTCP (RFC 3550 section 12.1, RFC 4585 section 6.1). */
const RTCP = /** @type {Record<number, 'senderReports' | 'receiverReports' | 'feedback' | 'payloadFeedback'>} */ ({
  200: 'senderReports',
  201: 'receiverReports',
  205: 'feedback',
  206: 'payloadFeedback',
});

/** Counts the datagrams of one direction by what can be read without keys. */
export class RtpCount {
  packets = 0;
  /** RTP as it is on the wire: header, payload, and the tag of SRTP. */
  bytes = 0;
  /** Packets that end a video frame (the marker bit). */
  markers = 0;
  rtcpPackets = 0;
  senderReports = 0;
  receiverReports = 0;
  feedback = 0;
  payloadFeedback = 0;
  /** @type {Map<number, number>} packets by SSRC */ bySsrc = new Map();
  /** @type {Map<number, number>} bytes by SSRC */ bytesBySsrc = new Map();
  /** Bytes of all datagrams. */
  allBytes = 0;

  /** @param {Buffer} datagram */
  add(datagram) {
    this.allBytes += datagram.length;
    if (datagram.length >= 8 && datagram[1] >= 192 && datagram[1] <= 223) {
      this.rtcpPackets++;
      // The first packet of a compound is in the clear in SRTCP as well.
      const name = RTCP[datagram[1]];
      if (name) {
        this[name]++;
      }
    } else if (datagram.length >= 12 && datagram[0] >> 6 === 2) {
      this.packets++;
      this.bytes += datagram.length;
      this.markers += datagram[1] >> 7;
      const ssrc = datagram.readUInt32BE(8);
      this.bySsrc.set(ssrc, (this.bySsrc.get(ssrc) ?? 0) + 1);
      this.bytesBySsrc.set(ssrc, (this.bytesBySsrc.get(ssrc) ?? 0) + datagram.length);
    }
  }
}
