using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>One chunk in place: type, flags, length, value (RFC 9260 section 3.2). Valid as long as the packet that it views.</summary>
internal readonly ref struct Chunk
{
    /// <summary>Bytes of type, flags and length.</summary>
    public const int HeaderLength = 4;

    private Chunk(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The chunk with its header, without padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What the chunk is; may be none of the named values.</summary>
    public ChunkType Type => (ChunkType)Bytes[0];

    /// <summary>The flags, whose meaning depends on the type.</summary>
    public byte Flags => Bytes[1];

    /// <summary>What follows the header, without padding.</summary>
    public ReadOnlySpan<byte> Value => Bytes[HeaderLength..];

    /// <summary>
    /// Cuts the first chunk off <paramref name="rest"/>, with its padding. False when the length does not fit. The last chunk of a packet
    /// may lack its padding: receivers accept that (RFC 9260 section 3.2 asks it of senders only).
    /// </summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> rest, out Chunk chunk)
    {
        if (rest.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) is var length && (length < HeaderLength || length > rest.Length))
        {
            chunk = default;
            return false;
        }

        chunk = new(rest[..length]);
        rest = rest[Math.Min(Padded(length), rest.Length)..];
        return true;
    }

    /// <summary><paramref name="length"/> rounded up to a multiple of four.</summary>
    public static int Padded(int length) => (length + 3) & ~3;

    /// <summary>Writes a chunk's header; <paramref name="length"/> includes it and excludes padding.</summary>
    public static void WriteHeader(Span<byte> destination, ChunkType type, byte flags, int length)
    {
        destination[0] = (byte)type;
        destination[1] = flags;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)length);
    }

    /// <summary>Zeroes the padding behind a chunk or parameter of <paramref name="length"/> bytes; returns the padded length.</summary>
    public static int Pad(Span<byte> destination, int length)
    {
        var padded = Padded(length);
        destination[length..padded].Clear();
        return padded;
    }
}
