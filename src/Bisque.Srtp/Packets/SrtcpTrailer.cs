using System.Buffers.Binary;

namespace Bisque.Srtp.Packets;

/// <summary>
/// What protection appended to an RTCP packet (RFC 3711 section 3.4, RFC 7714 section 9.2): the E flag and SRTCP index, and the
/// tag, in the order that the transform puts them.
/// </summary>
internal readonly record struct SrtcpTrailer(uint Ssrc, uint IndexWord, int PacketLength)
{
    /// <summary>Bytes at the start of an RTCP compound that stay in clear: first word and sender SSRC.</summary>
    public const int HeaderLength = 8;

    public const uint EncryptedFlag = 0x8000_0000;

    public uint Index => IndexWord & ~EncryptedFlag;

    public bool IsEncrypted => (IndexWord & EncryptedFlag) != 0;

    public static bool TryParse(ReadOnlySpan<byte> packet, int tagLength, bool indexIsLast, out SrtcpTrailer trailer)
    {
        trailer = default;
        var packetLength = packet.Length - tagLength - SrtpProfileExtensions.SrtcpIndexLength;
        if (packetLength < HeaderLength || packet[0] >> 6 != 2)
        {
            return false;
        }

        var word = BinaryPrimitives.ReadUInt32BigEndian(packet[(indexIsLast ? packetLength + tagLength : packetLength)..]);
        trailer = new SrtcpTrailer(BinaryPrimitives.ReadUInt32BigEndian(packet[4..]), word, packetLength);
        return true;
    }
}
