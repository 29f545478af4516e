using System.Buffers.Binary;

namespace Bisque.Testing;

/// <summary>A packet of an <see cref="RtpCapture"/>.</summary>
/// <param name="Microseconds">Time from the first packet.</param>
/// <param name="Bytes">The packet in its whole length; behind <paramref name="Kept"/> there are zeros instead of what was sent.</param>
/// <param name="Kept">How many bytes are those that were sent.</param>
public sealed record CapturedPacket(long Microseconds, byte[] Bytes, int Kept)
{
    /// <summary>Whether it is RTCP (RFC 5761 section 4).</summary>
    public bool IsRtcp => Bytes[1] is >= 192 and <= 223;

    /// <summary>Of an RTP packet, the stream that it is of.</summary>
    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(8));
}
