using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>A packet in place: the common header (RFC 9260 section 3.1) and the chunks behind it. Valid as long as the buffer that it views.</summary>
internal readonly ref struct SctpPacket
{
    /// <summary>Bytes of the common header.</summary>
    public const int HeaderLength = 12;

    private const int ChecksumAt = 8;
    private readonly ReadOnlySpan<byte> _bytes;

    private SctpPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The sender's port.</summary>
    public ushort SourcePort => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>The receiver's port.</summary>
    public ushort DestinationPort => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>What tells that the packet belongs to an association: the receiver's tag.</summary>
    public uint VerificationTag => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Whether the checksum field is zero (RFC 9653).</summary>
    public bool HasZeroChecksum => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[ChecksumAt..]) == 0;

    /// <summary>The type of the first chunk.</summary>
    public ChunkType FirstChunk => (ChunkType)_bytes[HeaderLength];

    /// <summary>The chunks, to be cut off one by one with <see cref="Chunk.TryRead"/>.</summary>
    public ReadOnlySpan<byte> Chunks => _bytes[HeaderLength..];

    /// <summary>False when there is no room for the common header and one chunk. The checksum is not looked at.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SctpPacket packet)
    {
        if (bytes.Length < HeaderLength + Chunk.HeaderLength)
        {
            packet = default;
            return false;
        }

        packet = new(bytes);
        return true;
    }

    /// <summary>Computes the checksum and compares.</summary>
    public bool HasCorrectChecksum() => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[ChecksumAt..]) == Crc32c.OfPacket(_bytes);

    /// <summary>Writes the common header in front of the chunks that are in <paramref name="packet"/>, and the checksum of it all or zero.</summary>
    public static void WriteHeader(Span<byte> packet, ushort sourcePort, ushort destinationPort, uint verificationTag, bool zeroChecksum = false)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], verificationTag);
        BinaryPrimitives.WriteUInt32LittleEndian(packet[ChecksumAt..], zeroChecksum ? 0 : Crc32c.OfPacket(packet));
    }
}
