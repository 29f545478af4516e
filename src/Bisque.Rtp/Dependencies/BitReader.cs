namespace Bisque.Rtp;

/// <summary>
/// Reads fields of single bits, most significant first. Once something did not fit, <see cref="HasFailed"/> stays true and everything
/// further reads as 0, so that a parser may check once at its end.
/// </summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bits consumed so far.</summary>
    public int Position { get; private set; }

    /// <summary>Whether more was asked for than there is.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Reads an unsigned number of 0 to 32 bits.</summary>
    public uint Read(int bits)
    {
        if (bits > _bytes.Length * 8 - Position)
        {
            HasFailed = true;
            return 0;
        }

        var value = 0u;
        for (var i = 0; i < bits; i++, Position++)
        {
            value = (value << 1) | (uint)((_bytes[Position >> 3] >> (7 - (Position & 7))) & 1);
        }

        return value;
    }

    /// <summary>Reads one bit.</summary>
    public bool ReadFlag() => Read(1) != 0;

    /// <summary>Reads a number below <paramref name="count"/> in as few bits as it takes: ns(n) of the AV1 specification, section 4.10.7.</summary>
    public uint ReadNonSymmetric(uint count)
    {
        var width = 32 - System.Numerics.BitOperations.LeadingZeroCount(count);
        var shorter = (1u << width) - count;
        var value = Read(width - 1);
        return value < shorter ? value : (value << 1) - shorter + Read(1);
    }
}
