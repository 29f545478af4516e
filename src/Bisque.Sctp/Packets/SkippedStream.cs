namespace Bisque.Sctp.Packets;

/// <summary>
/// What a FORWARD-TSN skips on one stream: messages up to <see cref="Ssn"/> (RFC 3758 section 3.2), with I-FORWARD-TSN up to
/// <see cref="Mid"/>, ordered or unordered ones (RFC 8260 section 2.3.1).
/// </summary>
internal readonly record struct SkippedStream(ushort StreamId, bool IsUnordered, Ssn Ssn, Mid Mid);
