namespace Bisque.Srtp.Streams;

/// <summary>What is kept of an SSRC that is sent: the highest 48-bit packet index, rollover counter and sequence number.</summary>
internal readonly record struct OutboundStream(ulong HighestIndex);
