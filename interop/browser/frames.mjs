/** @typedef {import('./Participant.mjs').Snapshot} Snapshot */

/**
 * What went from one participant to the other while both were recorded, by the browsers' own counts.
 *
 * A busy machine reads the two browsers at different moments, so what the sender had encoded is interpolated to the
 * moments at which the receiver was read. Frames on their way at the first moment make up for those at the second.
 *
 * @param {string} from
 * @param {string} to
 * @param {Snapshot[]} sender
 * @param {Snapshot[]} receiver
 */
export function countFrames(from, to, sender, receiver) {
  const sent = sender.map((snapshot) => snapshot.sent.video);
  const start = sent[0].timestamp;
  const end = sent[sent.length - 1].timestamp;
  const during = receiver.filter(({ received: { video } }) => video.timestamp >= start && video.timestamp <= end);
  const [first, last] = [during[0].received, during[during.length - 1].received];
  const encoded = encodedAt(sent, last.video.timestamp) - encodedAt(sent, first.video.timestamp);
  const decoded = last.video.framesDecoded - first.video.framesDecoded;
  const lastSent = sent[sent.length - 1];
  return {
    from,
    to,
    seconds: (last.video.timestamp - first.video.timestamp) / 1000,
    encoded: Math.round(encoded),
    decoded,
    decodedPart: decoded / encoded,
    freezes: last.video.freezeCount - first.video.freezeCount,
    audioEnergy: last.audio.totalAudioEnergy - first.audio.totalAudioEnergy,
    size: `${last.video.frameWidth}x${last.video.frameHeight}`,
    /** Since the call began. */
    retransmissions: {
      askedByReceiver: last.video.nackCount,
      gotByReceiver: last.video.retransmittedPacketsReceived,
      askedOfSender: lastSent.nackCount,
      sentBySender: lastSent.retransmittedPacketsSent,
    },
  };
}

/**
 * @param {{ timestamp: number, framesEncoded: number }[]} sent in the order of time
 * @param {number} timestamp within it
 */
function encodedAt(sent, timestamp) {
  const next = Math.max(1, sent.findIndex((stats) => stats.timestamp >= timestamp));
  const [a, b] = [sent[next - 1], sent[next]];
  const part = (timestamp - a.timestamp) / (b.timestamp - a.timestamp || 1);
  return a.framesEncoded + part * (b.framesEncoded - a.framesEncoded);
}

/** @param {ReturnType<typeof countFrames>} way */
export function describe(way) {
  const part = (way.decodedPart * 100).toFixed(1);
  return (
    `${way.from} to ${way.to}: ${way.decoded} of ${way.encoded} frames decoded (${part} %) ` +
    `in ${way.seconds.toFixed(1)} s, ${way.size}, ` +
    `${way.freezes} freezes, audio energy ${way.audioEnergy.toExponential(1)}`
  );
}
