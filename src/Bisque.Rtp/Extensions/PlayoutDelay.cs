namespace Bisque.Rtp;

/// <summary>The playout-delay header extension: bounds for the delay from capture to rendering, each 12 bits in units of 10 ms.</summary>
/// <param name="Minimum">Lower bound in 10 ms, 0 to 4095.</param>
/// <param name="Maximum">Upper bound in 10 ms, 0 to 4095.</param>
public readonly record struct PlayoutDelay(ushort Minimum, ushort Maximum)
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = 3;

    /// <summary>Reads a value; false unless it has 3 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out PlayoutDelay delay)
    {
        var fits = value.Length == Length;
        delay = fits
            ? new PlayoutDelay((ushort)((value[0] << 4) | (value[1] >> 4)), (ushort)(((value[1] & 0x0f) << 8) | value[2]))
            : default;
        return fits;
    }

    /// <summary>Writes the 3 bytes of the value.</summary>
    public void Write(Span<byte> destination)
    {
        destination[2] = (byte)Maximum;
        destination[1] = (byte)((Minimum << 4) | ((Maximum >> 8) & 0x0f));
        destination[0] = (byte)(Minimum >> 4);
    }
}
