using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>The request of a sender to begin its streams anew (RFC 6525 section 4.1), in place.</summary>
internal readonly ref struct OutgoingSsnResetRequest
{
    /// <summary>Bytes before the stream ids, with the parameter's header.</summary>
    public const int FixedLength = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private OutgoingSsnResetRequest(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The request's number, one more than that of the request before.</summary>
    public uint RequestSequence => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>When this follows an incoming reset request: the number of that.</summary>
    public uint ResponseSequence => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>The last chunk that the sender numbered before the reset.</summary>
    public Tsn LastAssignedTsn => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]));

    /// <summary>How many streams are listed; none means all.</summary>
    public int StreamCount => (_bytes.Length - FixedLength) / 2;

    /// <summary>One of the streams.</summary>
    public ushort StreamAt(int index) => BinaryPrimitives.ReadUInt16BigEndian(_bytes[(FixedLength + 2 * index)..]);

    /// <summary>False when the parameter is too short or holds half a stream id.</summary>
    public static bool TryParse(scoped in Parameter parameter, out OutgoingSsnResetRequest request)
    {
        if (parameter.Bytes.Length < FixedLength || (parameter.Bytes.Length & 1) != 0)
        {
            request = default;
            return false;
        }

        request = new(parameter.Bytes);
        return true;
    }

    /// <summary>Writes a RE-CONFIG chunk with this request alone; returns its length with padding.</summary>
    public static int WriteChunk(Span<byte> destination, uint requestSequence, uint responseSequence, Tsn lastAssignedTsn, ReadOnlySpan<ushort> streamIds)
    {
        var length = FixedLength + 2 * streamIds.Length;
        Chunk.WriteHeader(destination, ChunkType.ReConfig, flags: 0, Chunk.HeaderLength + length);
        var parameter = destination[Chunk.HeaderLength..];
        Parameter.WriteHeader(parameter, ParameterType.OutgoingSsnResetRequest, length);
        BinaryPrimitives.WriteUInt32BigEndian(parameter[4..], requestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(parameter[8..], responseSequence);
        BinaryPrimitives.WriteUInt32BigEndian(parameter[12..], lastAssignedTsn.Value);
        for (var i = 0; i < streamIds.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(parameter[(FixedLength + 2 * i)..], streamIds[i]);
        }

        return Chunk.HeaderLength + Chunk.Pad(parameter, length);
    }

    /// <summary>Bytes of such a chunk with its padding.</summary>
    public static int ChunkLength(int streams) => Chunk.Padded(Chunk.HeaderLength + FixedLength + 2 * streams);
}
