/**
 * @typedef {Awaited<ReturnType<import('./Participant.mjs').Participant['snapshot']>>} Snapshot
 */

/**
 * What went from one participant to the other between two moments, by the browsers' own counts. Frames on their way at
 * the first moment make up for those on their way at the second.
 *
 * @param {string} from
 * @param {string} to
 * @param {[Snapshot, Snapshot]} sender before and after
 * @param {[Snapshot, Snapshot]} receiver before and after
 */
export function countFrames(from, to, sender, receiver) {
  const [sentBefore, sentAfter] = sender.map(({ sent }) => sent.video);
  const [videoBefore, videoAfter] = receiver.map(({ received }) => received.video);
  const [audioBefore, audioAfter] = receiver.map(({ received }) => received.audio);
  const encoded = sentAfter.framesEncoded - sentBefore.framesEncoded;
  const decoded = videoAfter.framesDecoded - videoBefore.framesDecoded;
  return {
    from,
    to,
    encoded,
    decoded,
    decodedPart: decoded / encoded,
    freezes: videoAfter.freezeCount - videoBefore.freezeCount,
    audioEnergy: audioAfter.totalAudioEnergy - audioBefore.totalAudioEnergy,
    size: `${videoAfter.frameWidth}x${videoAfter.frameHeight}`,
    /** Since the call began. */
    retransmissions: {
      askedByReceiver: videoAfter.nackCount,
      gotByReceiver: videoAfter.retransmittedPacketsReceived,
      askedOfSender: sentAfter.nackCount,
      sentBySender: sentAfter.retransmittedPacketsSent,
    },
  };
}

/** @param {ReturnType<typeof countFrames>} way */
export function describe(way) {
  const part = (way.decodedPart * 100).toFixed(1);
  return (
    `${way.from} to ${way.to}: ${way.decoded} of ${way.encoded} frames decoded (${part} %), ${way.size}, ` +
    `${way.freezes} freezes, audio energy ${way.audioEnergy.toExponential(1)}`
  );
}
