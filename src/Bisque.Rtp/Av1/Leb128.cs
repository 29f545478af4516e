namespace Bisque.Rtp;

/// <summary>Lengths in little endian groups of seven bits, as AV1 has them (AV1 Bitstream and Decoding Process Specification, section 4.10.5).</summary>
public static class Leb128
{
    private const int MostBytes = 8;
    private const int GroupBits = 7;
    private const int More = 0x80;

    /// <summary>Reads a length. False when it is cut short, longer than eight bytes, or above 2^31 - 1.</summary>
    /// <param name="bytes">Begins with the length.</param>
    /// <param name="value">The length.</param>
    /// <param name="size">Bytes that it takes up: more than are needed is allowed.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out int value, out int size)
    {
        (value, size) = (0, 0);
        var read = 0UL;
        for (var i = 0; i < Math.Min(bytes.Length, MostBytes); i++)
        {
            read |= (ulong)(bytes[i] & ~More) << (GroupBits * i);
            if ((bytes[i] & More) == 0)
            {
                (value, size) = ((int)Math.Min(read, int.MaxValue), i + 1);
                return read <= int.MaxValue;
            }
        }

        return false;
    }

    /// <summary>Writes a length in as few bytes as it needs: one below 128, two below 16,384, five at most.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(int value, Span<byte> destination)
    {
        var rest = (uint)value;
        var size = 0;
        for (; rest >= More; rest >>= GroupBits)
        {
            destination[size++] = (byte)(rest | More);
        }

        destination[size++] = (byte)rest;
        return size;
    }
}
