using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>One cause in an ERROR or ABORT chunk, in place (RFC 9260 section 3.3.10).</summary>
internal readonly ref struct ErrorCause
{
    /// <summary>Bytes of code and length.</summary>
    public const int HeaderLength = 4;

    private ErrorCause(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The cause with its header, without padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What went wrong; may be none of the named values.</summary>
    public ErrorCauseCode Code => (ErrorCauseCode)BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    /// <summary>What belongs to it, without padding.</summary>
    public ReadOnlySpan<byte> Information => Bytes[HeaderLength..];

    /// <summary>Cuts the first cause off <paramref name="rest"/>, with its padding. False when the length does not fit.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> rest, out ErrorCause cause)
    {
        if (rest.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) is var length && (length < HeaderLength || length > rest.Length))
        {
            cause = default;
            return false;
        }

        cause = new(rest[..length]);
        rest = rest[Math.Min(Chunk.Padded(length), rest.Length)..];
        return true;
    }

    /// <summary>Writes a chunk (ERROR or ABORT) of one cause with its padding; returns how many bytes that is.</summary>
    public static int WriteChunk(Span<byte> destination, ChunkType type, byte flags, ErrorCauseCode code, ReadOnlySpan<byte> information)
    {
        var causeLength = HeaderLength + information.Length;
        Chunk.WriteHeader(destination, type, flags, Chunk.HeaderLength + causeLength);
        var cause = destination[Chunk.HeaderLength..];
        BinaryPrimitives.WriteUInt16BigEndian(cause, (ushort)code);
        BinaryPrimitives.WriteUInt16BigEndian(cause[2..], (ushort)causeLength);
        information.CopyTo(cause[HeaderLength..]);
        return Chunk.Pad(destination, Chunk.HeaderLength + causeLength);
    }

    /// <summary>Bytes of such a chunk with its padding.</summary>
    public static int ChunkLength(int informationLength) => Chunk.Padded(Chunk.HeaderLength + HeaderLength + informationLength);
}
