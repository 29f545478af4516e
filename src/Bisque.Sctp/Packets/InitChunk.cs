using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>An INIT or INIT-ACK in place (RFC 9260 sections 3.3.2 and 3.3.3): what one side asks for, and its parameters.</summary>
internal readonly ref struct InitChunk
{
    /// <summary>Bytes before the parameters, with the chunk's header.</summary>
    public const int FixedLength = 20;

    private readonly ReadOnlySpan<byte> _bytes;

    private InitChunk(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The tag that packets to the sender of this chunk carry.</summary>
    public uint InitiateTag => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>a_rwnd: bytes that the sender has room for.</summary>
    public uint AdvertisedWindow => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>OS: streams that the sender wants to send on.</summary>
    public ushort OutboundStreams => BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]);

    /// <summary>MIS: streams that the sender takes.</summary>
    public ushort MaxInboundStreams => BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]);

    /// <summary>The number of the sender's first DATA chunk.</summary>
    public Tsn InitialTsn => new(BinaryPrimitives.ReadUInt32BigEndian(_bytes[16..]));

    /// <summary>The parameters, to be cut off with <see cref="Parameter.TryRead"/>.</summary>
    public ReadOnlySpan<byte> Parameters => _bytes[FixedLength..];

    /// <summary>False when the chunk is too short. The values are as sent.</summary>
    public static bool TryParse(scoped in Chunk chunk, out InitChunk init)
    {
        if (chunk.Bytes.Length < FixedLength)
        {
            init = default;
            return false;
        }

        init = new(chunk.Bytes);
        return true;
    }

    /// <summary>Writes what comes before the parameters; <paramref name="length"/> is that of the whole chunk without padding.</summary>
    public static void WriteFixed(
        Span<byte> destination, ChunkType type, int length, uint initiateTag, uint advertisedWindow, ushort outboundStreams, ushort maxInboundStreams,
        Tsn initialTsn)
    {
        Chunk.WriteHeader(destination, type, flags: 0, length);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], initiateTag);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], advertisedWindow);
        BinaryPrimitives.WriteUInt16BigEndian(destination[12..], outboundStreams);
        BinaryPrimitives.WriteUInt16BigEndian(destination[14..], maxInboundStreams);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], initialTsn.Value);
    }
}
