namespace Bisque.Rtp;

/// <summary>The ssrc-audio-level header extension (RFC 6464 section 3).</summary>
/// <param name="Attenuation">Level below overload in dB: 0 is the loudest, 127 is silence. The volume is <c>-Attenuation</c> dBov.</param>
/// <param name="HasVoice">Whether the sender believes that there is speech.</param>
public readonly record struct AudioLevel(byte Attenuation, bool HasVoice)
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = 1;

    /// <summary>Reads a value. Two-byte elements may be longer than the one byte that counts.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out AudioLevel level)
    {
        var fits = !value.IsEmpty;
        level = fits ? new AudioLevel((byte)(value[0] & 0x7f), (value[0] & 0x80) != 0) : default;
        return fits;
    }

    /// <summary>Writes the byte of the value.</summary>
    public void Write(Span<byte> destination) => destination[0] = (byte)((HasVoice ? 0x80 : 0) | (Attenuation & 0x7f));
}
