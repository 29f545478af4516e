using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>A FORWARD-TSN (RFC 3758 section 3.2) or I-FORWARD-TSN (RFC 8260 section 2.3.1) in place: what will not be sent any more.</summary>
internal readonly ref struct ForwardTsnChunk
{
    private const int FixedLength = 8;
    private const int EntryLength = 4;
    private const int InterleavedEntryLength = 8;
    private readonly ReadOnlySpan<byte> _bytes;

    private ForwardTsnChunk(ReadOnlySpan<byte> bytes, bool interleaved)
    {
        _bytes = bytes;
        IsInterleaved = interleaved;
    }

    /// <summary>Whether this is I-FORWARD-TSN.</summary>
    public bool IsInterleaved { get; }

    /// <summary>All TSNs up to this one count as received.</summary>
    public Tsn NewCumulativeTsn => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]));

    /// <summary>How many entries there are.</summary>
    public int Count => (_bytes.Length - FixedLength) / (IsInterleaved ? InterleavedEntryLength : EntryLength);

    /// <summary>One of the entries. Those of FORWARD-TSN are all of ordered messages.</summary>
    public SkippedStream EntryAt(int index)
    {
        if (IsInterleaved)
        {
            var entry = _bytes[(FixedLength + InterleavedEntryLength * index)..];
            return new(
                BinaryPrimitives.ReadUInt16BigEndian(entry), (entry[3] & 1) != 0, default, new(BinaryPrimitives.ReadUInt32BigEndian(entry[4..])));
        }

        var at = _bytes[(FixedLength + EntryLength * index)..];
        return new(BinaryPrimitives.ReadUInt16BigEndian(at), IsUnordered: false, new(BinaryPrimitives.ReadUInt16BigEndian(at[2..])), default);
    }

    /// <summary>False when the chunk is too short or holds part of an entry.</summary>
    public static bool TryParse(scoped in Chunk chunk, out ForwardTsnChunk forwardTsn)
    {
        var interleaved = chunk.Type == ChunkType.IForwardTsn;
        var bytes = chunk.Bytes;
        if (bytes.Length < FixedLength || (bytes.Length - FixedLength) % (interleaved ? InterleavedEntryLength : EntryLength) != 0)
        {
            forwardTsn = default;
            return false;
        }

        forwardTsn = new(bytes, interleaved);
        return true;
    }

    /// <summary>Writes the chunk; returns its length.</summary>
    public static int Write(Span<byte> destination, bool interleaved, Tsn newCumulativeTsn, ReadOnlySpan<SkippedStream> entries)
    {
        var length = LengthOf(interleaved, entries.Length);
        Chunk.WriteHeader(destination, interleaved ? ChunkType.IForwardTsn : ChunkType.ForwardTsn, flags: 0, length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], newCumulativeTsn.Value);
        var at = FixedLength;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[at..], entry.StreamId);
            if (interleaved)
            {
                BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], (ushort)(entry.IsUnordered ? 1 : 0));
                BinaryPrimitives.WriteUInt32BigEndian(destination[(at + 4)..], entry.Mid.Value);
                at += InterleavedEntryLength;
            }
            else
            {
                BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 2)..], entry.Ssn.Value);
                at += EntryLength;
            }
        }

        return length;
    }

    /// <summary>Bytes of a chunk with so many entries.</summary>
    public static int LengthOf(bool interleaved, int entries) => FixedLength + entries * (interleaved ? InterleavedEntryLength : EntryLength);
}
