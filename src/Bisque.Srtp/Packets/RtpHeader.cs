using System.Buffers.Binary;

namespace Bisque.Srtp.Packets;

/// <summary>The fields of an RTP header that SRTP works with (RFC 3550 section 5.1).</summary>
internal readonly record struct RtpHeader(uint Ssrc, ushort SequenceNumber, int Length)
{
    private const int FixedLength = 12;

    /// <summary>False when the header, with its CSRCs and extension, does not lie inside <paramref name="packet"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, out RtpHeader header)
    {
        header = default;
        if (packet.Length < FixedLength || packet[0] >> 6 != 2)
        {
            return false;
        }

        var length = FixedLength + (4 * (packet[0] & 0x0f));
        if ((packet[0] & 0x10) != 0)
        {
            if (packet.Length < length + 4)
            {
                return false;
            }

            length += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]));
        }

        if (packet.Length < length)
        {
            return false;
        }

        header = new RtpHeader(BinaryPrimitives.ReadUInt32BigEndian(packet[8..]), BinaryPrimitives.ReadUInt16BigEndian(packet[2..]), length);
        return true;
    }
}
