/** A VP8 key frame's first bytes, behind the payload descriptor with the start bit (RFC 7741 sections 4.2 and 4.3). */
export const KEY_FRAME = Buffer.from('10500100' + '9d012a10001000', 'hex');

/**
 * An RTP packet that is a whole key frame.
 *
 * @param {{ ssrc: number, sequenceNumber: number, payloadType?: number, length?: number }} packet length: bytes behind the frame's header
 */
export function vp8KeyFrame({ ssrc, sequenceNumber, payloadType = 96, length = 100 }) {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = 0x80 | payloadType;
  header.writeUInt16BE(sequenceNumber & 0xffff, 2);
  header.writeUInt32BE(sequenceNumber * 900, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, KEY_FRAME, Buffer.alloc(length)]);
}
