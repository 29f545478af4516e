namespace Bisque.Sctp.Packets;

/// <summary>A run of received TSNs, both ends included, as offsets from the cumulative TSN (RFC 9260 section 3.3.4).</summary>
internal readonly record struct GapBlock(ushort Start, ushort End);
