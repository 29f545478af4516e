using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>One entry of a FIR.</summary>
/// <param name="Ssrc">The stream that is to send a key frame.</param>
/// <param name="SequenceNumber">Counts the requests; one that repeats the number before repeats the request.</param>
public readonly record struct FullIntraRequestItem(Ssrc Ssrc, byte SequenceNumber);
