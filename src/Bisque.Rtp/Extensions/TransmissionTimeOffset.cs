namespace Bisque.Rtp;

/// <summary>The toffset header extension: by how much a packet left later than its timestamp says (RFC 5450 section 3).</summary>
/// <param name="Units">Offset in units of the stream's clock rate, 24 bits with sign.</param>
public readonly record struct TransmissionTimeOffset(int Units)
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = 3;

    /// <summary>Reads a value; false unless it has 3 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out TransmissionTimeOffset offset)
    {
        var fits = value.Length == Length;
        offset = fits ? new TransmissionTimeOffset(((value[0] << 24) | (value[1] << 16) | (value[2] << 8)) >> 8) : default;
        return fits;
    }

    /// <summary>Writes the 3 bytes of the value.</summary>
    public void Write(Span<byte> destination)
    {
        destination[2] = (byte)Units;
        destination[1] = (byte)(Units >> 8);
        destination[0] = (byte)(Units >> 16);
    }
}
