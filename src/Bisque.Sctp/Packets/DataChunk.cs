using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>
/// A DATA (RFC 9260 section 3.3.1) or I-DATA chunk (RFC 8260 section 2.1): one message or one fragment of a message. The payload views
/// the packet or buffer that it came from.
/// </summary>
internal readonly ref struct DataChunk
{
    /// <summary>Bytes before the payload of DATA.</summary>
    public const int DataHeaderLength = 16;

    /// <summary>Bytes before the payload of I-DATA.</summary>
    public const int InterleavedHeaderLength = 20;

    private const byte EndingFlag = 0x01;
    private const byte BeginningFlag = 0x02;
    private const byte UnorderedFlag = 0x04;
    private const byte ImmediateFlag = 0x08;

    /// <summary>Whether this is I-DATA.</summary>
    public bool IsInterleaved { get; init; }

    /// <summary>The chunk's number.</summary>
    public Tsn Tsn { get; init; }

    /// <summary>The stream of the message.</summary>
    public ushort StreamId { get; init; }

    /// <summary>U: the message may overtake others.</summary>
    public bool IsUnordered { get; init; }

    /// <summary>B: the message begins here.</summary>
    public bool IsBeginning { get; init; }

    /// <summary>E: the message ends here.</summary>
    public bool IsEnding { get; init; }

    /// <summary>I: a SACK is wanted without delay (RFC 7053).</summary>
    public bool IsImmediate { get; init; }

    /// <summary>DATA: the message's number in its stream; no meaning when unordered.</summary>
    public Ssn Ssn { get; init; }

    /// <summary>I-DATA: the message's number in its stream, counted apart for ordered and unordered ones.</summary>
    public Mid Mid { get; init; }

    /// <summary>I-DATA: the fragment's number in its message, 0 for the first, which has the ppid in its place.</summary>
    public uint Fsn { get; init; }

    /// <summary>What the message is. In I-DATA only the first fragment says it; elsewhere 0.</summary>
    public PayloadProtocolId Ppid { get; init; }

    /// <summary>The bytes of the message, without padding.</summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Bytes on the wire with header, without padding.</summary>
    public int Length => (IsInterleaved ? InterleavedHeaderLength : DataHeaderLength) + Payload.Length;

    /// <summary>False when <paramref name="chunk"/> is too short for its header. The payload may be empty, which the caller must refuse.</summary>
    public static bool TryParse(scoped in Chunk chunk, out DataChunk data)
    {
        var bytes = chunk.Bytes;
        var interleaved = chunk.Type == ChunkType.IData;
        var headerLength = interleaved ? InterleavedHeaderLength : DataHeaderLength;
        if (bytes.Length < headerLength)
        {
            data = default;
            return false;
        }

        var beginning = (chunk.Flags & BeginningFlag) != 0;
        var last = BinaryPrimitives.ReadUInt32BigEndian(bytes[(headerLength - 4)..]);
        data = new()
        {
            IsInterleaved = interleaved,
            IsBeginning = beginning,
            IsEnding = (chunk.Flags & EndingFlag) != 0,
            IsUnordered = (chunk.Flags & UnorderedFlag) != 0,
            IsImmediate = (chunk.Flags & ImmediateFlag) != 0,
            Tsn = new(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..])),
            StreamId = BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]),
            Ssn = interleaved ? default : new(BinaryPrimitives.ReadUInt16BigEndian(bytes[10..])),
            Mid = interleaved ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..])) : default,
            Fsn = interleaved && !beginning ? last : 0,
            Ppid = interleaved && !beginning ? default : new(last),
            Payload = bytes[headerLength..],
        };
        return true;
    }

    /// <summary>Writes the chunk with its padding; returns how many bytes that is.</summary>
    public int Write(Span<byte> destination)
    {
        var flags = (IsEnding ? EndingFlag : 0) | (IsBeginning ? BeginningFlag : 0) | (IsUnordered ? UnorderedFlag : 0) | (IsImmediate ? ImmediateFlag : 0);
        Chunk.WriteHeader(destination, IsInterleaved ? ChunkType.IData : ChunkType.Data, (byte)flags, Length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Tsn.Value);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], StreamId);
        if (IsInterleaved)
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[10..], 0);
            BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Mid.Value);
            BinaryPrimitives.WriteUInt32BigEndian(destination[16..], IsBeginning ? Ppid.Value : Fsn);
            Payload.CopyTo(destination[InterleavedHeaderLength..]);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(destination[10..], Ssn.Value);
            BinaryPrimitives.WriteUInt32BigEndian(destination[12..], Ppid.Value);
            Payload.CopyTo(destination[DataHeaderLength..]);
        }

        return Chunk.Pad(destination, Length);
    }
}
