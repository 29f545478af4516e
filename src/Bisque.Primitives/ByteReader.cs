using System.Buffers.Binary;

namespace Bisque.Primitives;

/// <summary>
/// Reads network-order fields from a span and never past its end: every read says whether it fitted, and after one that did not
/// nothing more is consumed.
/// </summary>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes consumed so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>What is left, without consuming it.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>Reads one byte.</summary>
    public bool TryReadByte(out byte value)
    {
        if (Remaining < 1)
        {
            value = 0;
            return false;
        }

        value = _bytes[Position++];
        return true;
    }

    /// <summary>Reads 16 bits in network byte order.</summary>
    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(Rest, out value))
        {
            return false;
        }

        Position += 2;
        return true;
    }

    /// <summary>Reads 24 bits in network byte order.</summary>
    public bool TryReadUInt24(out uint value)
    {
        if (Remaining < 3)
        {
            value = 0;
            return false;
        }

        var rest = Rest;
        value = ((uint)rest[0] << 16) | ((uint)rest[1] << 8) | rest[2];
        Position += 3;
        return true;
    }

    /// <summary>Reads 32 bits in network byte order.</summary>
    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(Rest, out value))
        {
            return false;
        }

        Position += 4;
        return true;
    }

    /// <summary>Reads 64 bits in network byte order.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64BigEndian(Rest, out value))
        {
            return false;
        }

        Position += 8;
        return true;
    }

    /// <summary>Takes the next <paramref name="length"/> bytes as a view.</summary>
    public bool TryReadBytes(int length, out ReadOnlySpan<byte> value)
    {
        if (length < 0 || length > Remaining)
        {
            value = default;
            return false;
        }

        value = _bytes.Slice(Position, length);
        Position += length;
        return true;
    }

    /// <summary>Skips <paramref name="length"/> bytes.</summary>
    public bool TrySkip(int length) => TryReadBytes(length, out _);
}
