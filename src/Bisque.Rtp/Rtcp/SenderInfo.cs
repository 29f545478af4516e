using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>What a sender says of its own stream in an SR (RFC 3550 section 6.4.1).</summary>
/// <param name="Ssrc">The stream's source.</param>
/// <param name="Ntp">Wall-clock time of the report, by the sender's clock.</param>
/// <param name="RtpTimestamp">The same instant in the stream's timestamp units.</param>
/// <param name="PacketCount">Packets sent since the beginning, modulo 2^32.</param>
/// <param name="OctetCount">Payload bytes sent since the beginning, modulo 2^32.</param>
public readonly record struct SenderInfo(Ssrc Ssrc, NtpTime Ntp, RtpTimestamp RtpTimestamp, uint PacketCount, uint OctetCount);
