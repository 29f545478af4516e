using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>A SACK in place: what the peer has received (RFC 9260 section 3.3.4). The blocks are as sent: nothing says that they make sense.</summary>
internal readonly ref struct SackChunk
{
    private const int FixedLength = 16;
    private readonly ReadOnlySpan<byte> _bytes;

    private SackChunk(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>All TSNs up to this one have arrived.</summary>
    public Tsn CumulativeTsn => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]));

    /// <summary>a_rwnd: bytes that the peer has room for.</summary>
    public uint AdvertisedWindow => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>How many gap blocks there are.</summary>
    public int GapBlockCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]);

    /// <summary>How many TSNs arrived more than once.</summary>
    public int DuplicateCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    /// <summary>One of the gap blocks.</summary>
    public GapBlock GapBlockAt(int index)
    {
        var at = _bytes[(FixedLength + 4 * index)..];
        return new(BinaryPrimitives.ReadUInt16BigEndian(at), BinaryPrimitives.ReadUInt16BigEndian(at[2..]));
    }

    /// <summary>One of the TSNs that arrived more than once.</summary>
    public Tsn DuplicateAt(int index) => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[(FixedLength + 4 * (GapBlockCount + index))..]));

    /// <summary>False when the chunk is not as long as its counts say.</summary>
    public static bool TryParse(scoped in Chunk chunk, out SackChunk sack)
    {
        sack = new(chunk.Bytes);
        if (chunk.Bytes.Length >= FixedLength && chunk.Bytes.Length >= FixedLength + 4 * (sack.GapBlockCount + sack.DuplicateCount))
        {
            return true;
        }

        sack = default;
        return false;
    }

    /// <summary>Writes a SACK; returns its length.</summary>
    public static int Write(Span<byte> destination, Tsn cumulativeTsn, uint advertisedWindow, ReadOnlySpan<GapBlock> gapBlocks, ReadOnlySpan<Tsn> duplicates)
    {
        var length = LengthOf(gapBlocks.Length, duplicates.Length);
        Chunk.WriteHeader(destination, ChunkType.Sack, flags: 0, length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], cumulativeTsn.Value);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], advertisedWindow);
        BinaryPrimitives.WriteUInt16BigEndian(destination[12..], (ushort)gapBlocks.Length);
        BinaryPrimitives.WriteUInt16BigEndian(destination[14..], (ushort)duplicates.Length);
        var at = FixedLength;
        foreach (var block in gapBlocks)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[at..], block.Start);
            BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], block.End);
            at += 4;
        }

        foreach (var tsn in duplicates)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[at..], tsn.Value);
            at += 4;
        }

        return length;
    }

    /// <summary>Bytes of a SACK with so many blocks and duplicates.</summary>
    public static int LengthOf(int gapBlocks, int duplicates) => FixedLength + 4 * (gapBlocks + duplicates);
}
