using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>A feedback message to be sent to a stream's sender.</summary>
/// <param name="Kind">Which message.</param>
/// <param name="Ssrc">The media source, also used as the sender's.</param>
/// <param name="FirSequenceNumber">Command number of a full intra request (RFC 5104 section 4.3.1.1).</param>
internal readonly record struct KeyFrameRequest(KeyFrameRequestKind Kind, Ssrc Ssrc, byte FirSequenceNumber);
