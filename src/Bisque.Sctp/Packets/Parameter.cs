using System.Buffers.Binary;

namespace Bisque.Sctp.Packets;

/// <summary>One parameter in place: type, length, value (RFC 9260 section 3.2.1).</summary>
internal readonly ref struct Parameter
{
    /// <summary>Bytes of type and length.</summary>
    public const int HeaderLength = 4;

    private Parameter(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    /// <summary>The parameter with its header, without padding.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What the parameter is; may be none of the named values.</summary>
    public ParameterType Type => (ParameterType)BinaryPrimitives.ReadUInt16BigEndian(Bytes);

    /// <summary>What follows the header, without padding.</summary>
    public ReadOnlySpan<byte> Value => Bytes[HeaderLength..];

    /// <summary>Whether a receiver that does not know the type is to go on with the next parameter.</summary>
    public bool ContinueIfUnknown => (Bytes[0] & 0x80) != 0;

    /// <summary>Whether a receiver that does not know the type is to tell.</summary>
    public bool ReportIfUnknown => (Bytes[0] & 0x40) != 0;

    /// <summary>Cuts the first parameter off <paramref name="rest"/>, with its padding. False when the length does not fit.</summary>
    public static bool TryRead(scoped ref ReadOnlySpan<byte> rest, out Parameter parameter)
    {
        if (rest.Length < HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) is var length && (length < HeaderLength || length > rest.Length))
        {
            parameter = default;
            return false;
        }

        parameter = new(rest[..length]);
        rest = rest[Math.Min(Chunk.Padded(length), rest.Length)..];
        return true;
    }

    /// <summary>Writes a parameter with its padding; returns how many bytes that is.</summary>
    public static int Write(Span<byte> destination, ParameterType type, ReadOnlySpan<byte> value)
    {
        WriteHeader(destination, type, HeaderLength + value.Length);
        value.CopyTo(destination[HeaderLength..]);
        return Chunk.Pad(destination, HeaderLength + value.Length);
    }

    /// <summary>Writes type and length, which includes this header and excludes padding.</summary>
    public static void WriteHeader(Span<byte> destination, ParameterType type, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)length);
    }
}
