/** Packet types of RTCP (RFC 3550 section 12.1, RFC 4585 section 6.1, RFC 3611 section 2). */
const TYPE = { senderReport: 200, receiverReport: 201, transportFeedback: 205, payloadFeedback: 206, extendedReport: 207 };
const FORMAT = { nack: 1, pli: 1, fir: 4 };
const BLOCK = { receiverReferenceTime: 4, dlrr: 5 };
/** Seconds between the epochs of NTP and of Unix. */
const NTP_EPOCH = 2_208_988_800;

/**
 * @typedef {object} ReportBlock of one stream, as in a receiver report
 * @property {number} ssrc
 * @property {number} fractionLost in 1/256
 * @property {number} cumulativeLost
 * @property {number} highest extended sequence number
 * @property {number} jitter
 * @property {number} lastSenderReport the middle 32 bits of the report's NTP time
 * @property {number} delay since that report, in 1/65536 s
 *
 * @typedef {object} Told
 * @property {{ ssrc: number, compactNtp: number, packets: number, octets: number }[]} senderReports
 * @property {ReportBlock[]} blocks
 * @property {number[][]} nacks the sequence numbers that each message asks for
 * @property {number[]} plis
 * @property {number[]} firs
 * @property {{ ssrc: number, compactNtp: number }[]} referenceTimes
 */

/**
 * What a compound packet in the clear says, as far as the tests ask.
 *
 * @param {Buffer} datagram
 */
export function readRtcp(datagram) {
  /** @type {Told} */
  const told = { senderReports: [], blocks: [], nacks: [], plis: [], firs: [], referenceTimes: [] };
  for (let start = 0, end; start + 4 <= datagram.length; start = end) {
    end = start + 4 * (datagram.readUInt16BE(start + 2) + 1);
    const [count, type, packet] = [datagram[start] & 31, datagram[start + 1], datagram.subarray(start, end)];
    if (type === TYPE.senderReport) {
      told.senderReports.push({
        ssrc: packet.readUInt32BE(4),
        compactNtp: packet.readUInt32BE(10),
        packets: packet.readUInt32BE(20),
        octets: packet.readUInt32BE(24),
      });
    } else if (type === TYPE.receiverReport) {
      told.blocks.push(...Array.from({ length: count }, (_, index) => readBlock(packet.subarray(8 + 24 * index))));
    } else if (type === TYPE.transportFeedback && count === FORMAT.nack) {
      told.nacks.push(readNack(packet));
    } else if (type === TYPE.payloadFeedback && count === FORMAT.pli) {
      told.plis.push(packet.readUInt32BE(8));
    } else if (type === TYPE.payloadFeedback && count === FORMAT.fir) {
      told.firs.push(packet.readUInt32BE(12));
    } else if (type === TYPE.extendedReport) {
      for (let at = 8; at + 4 <= packet.length; at += 4 * (packet.readUInt16BE(at + 2) + 1)) {
        if (packet[at] === BLOCK.receiverReferenceTime) {
          told.referenceTimes.push({ ssrc: packet.readUInt32BE(4), compactNtp: packet.readUInt32BE(at + 6) });
        }
      }
    }
  }
  return told;
}

/** @param {Buffer} bytes @returns {ReportBlock} */
function readBlock(bytes) {
  return {
    ssrc: bytes.readUInt32BE(0),
    fractionLost: bytes[4],
    cumulativeLost: bytes.readIntBE(5, 3),
    highest: bytes.readUInt32BE(8),
    jitter: bytes.readUInt32BE(12),
    lastSenderReport: bytes.readUInt32BE(16),
    delay: bytes.readUInt32BE(20),
  };
}

/** The sequence numbers that a generic NACK asks for. @param {Buffer} packet */
function readNack(packet) {
  const asked = [];
  for (let at = 12; at + 4 <= packet.length; at += 4) {
    const [first, mask] = [packet.readUInt16BE(at), packet.readUInt16BE(at + 2)];
    asked.push(first);
    for (let bit = 0; bit < 16; bit++) {
      if ((mask >> bit) & 1) {
        asked.push((first + 1 + bit) & 0xffff);
      }
    }
  }
  return asked;
}

/**
 * A sender report without blocks, of now.
 *
 * @param {{ ssrc: number, timestamp: number, packets: number, octets: number }} report
 */
export function senderReport({ ssrc, timestamp, packets, octets }) {
  const now = Date.now();
  const fraction = Math.floor(((now % 1000) / 1000) * 2 ** 32);
  return packet(TYPE.senderReport, 0, [ssrc, Math.floor(now / 1000) + NTP_EPOCH, fraction, timestamp, packets, octets]);
}

/** A receiver report of one block. @param {number} sender @param {ReportBlock} block */
export function receiverReport(sender, { ssrc, fractionLost, cumulativeLost, highest, jitter, lastSenderReport, delay }) {
  return packet(TYPE.receiverReport, 1, [sender, ssrc, (fractionLost << 24) | (cumulativeLost & 0xffffff), highest, jitter, lastSenderReport, delay]);
}

/** A generic NACK that asks for each number by an item of its own. @param {number} media @param {number[]} asked */
export function nack(media, asked) {
  return packet(TYPE.transportFeedback, FORMAT.nack, [0, media, ...asked.map((number) => number << 16)]);
}

/** @param {number} media */
export function pli(media) {
  return packet(TYPE.payloadFeedback, FORMAT.pli, [0, media]);
}

/** @param {number} media @param {number} sequenceNumber */
export function fir(media, sequenceNumber) {
  return packet(TYPE.payloadFeedback, FORMAT.fir, [0, 0, media, sequenceNumber << 24]);
}

/**
 * The answer to a receiver reference time, given at once (RFC 3611 section 4.5).
 *
 * @param {number} sender
 * @param {{ ssrc: number, compactNtp: number }} reference
 */
export function dlrr(sender, { ssrc, compactNtp }) {
  return packet(TYPE.extendedReport, 0, [sender, (BLOCK.dlrr << 24) | 3, ssrc, compactNtp, 0]);
}

/** @param {number} type @param {number} count @param {number[]} words */
function packet(type, count, words) {
  const bytes = Buffer.alloc(4 + 4 * words.length);
  bytes[0] = 0x80 | count;
  bytes[1] = type;
  bytes.writeUInt16BE(words.length, 2);
  words.forEach((word, index) => bytes.writeUInt32BE(word >>> 0, 4 + 4 * index));
  return bytes;
}
