using System.Buffers.Binary;

namespace Bisque.Primitives;

/// <summary>
/// Writes network-order fields into a span that the caller has made large enough. Writing past its end throws: sizes of what we
/// write ourselves are known, so that is a fault of ours and not of the peer.
/// </summary>
public ref struct ByteWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    /// <summary>Bytes written so far.</summary>
    public int Position { get; private set; }

    /// <summary>Room that is left.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>What has been written.</summary>
    public readonly Span<byte> Written => _bytes[..Position];

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => _bytes[Position++] = value;

    /// <summary>Writes 16 bits in network byte order.</summary>
    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes[Position..], value);
        Position += 2;
    }

    /// <summary>Writes the low 24 bits in network byte order.</summary>
    public void WriteUInt24(uint value)
    {
        WriteByte((byte)(value >> 16));
        WriteUInt16((ushort)value);
    }

    /// <summary>Writes 32 bits in network byte order.</summary>
    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes[Position..], value);
        Position += 4;
    }

    /// <summary>Writes 64 bits in network byte order.</summary>
    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_bytes[Position..], value);
        Position += 8;
    }

    /// <summary>Copies <paramref name="value"/>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(_bytes[Position..]);
        Position += value.Length;
    }

    /// <summary>Takes the next <paramref name="length"/> bytes for the caller to fill; they keep what they held.</summary>
    public Span<byte> Reserve(int length)
    {
        var reserved = _bytes.Slice(Position, length);
        Position += length;
        return reserved;
    }

    /// <summary>Writes <paramref name="length"/> zero bytes.</summary>
    public void WriteZeros(int length) => Reserve(length).Clear();
}
