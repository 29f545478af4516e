namespace Bisque.Rtp;

/// <summary>The video-orientation header extension (3GPP TS 26.114 section 7.4.5).</summary>
/// <param name="IsBackCamera">Whether the camera looks away from the user.</param>
/// <param name="IsFlipped">Whether the picture is mirrored horizontally.</param>
/// <param name="Rotation">Degrees by which the picture is rotated: 0, 90, 180 or 270.</param>
public readonly record struct VideoOrientation(bool IsBackCamera, bool IsFlipped, ushort Rotation)
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = 1;

    /// <summary>Reads a value; false when it is empty.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out VideoOrientation orientation)
    {
        var fits = !value.IsEmpty;
        orientation = fits
            ? new VideoOrientation((value[0] & 0x08) != 0, (value[0] & 0x04) != 0, (ushort)((value[0] & 0x03) * 90))
            : default;
        return fits;
    }

    /// <summary>Writes the byte of the value.</summary>
    public void Write(Span<byte> destination) =>
        destination[0] = (byte)((IsBackCamera ? 0x08 : 0) | (IsFlipped ? 0x04 : 0) | (Rotation / 90 & 0x03));
}
