namespace Bisque.Primitives;

/// <summary>
/// A 64-bit NTP timestamp: seconds since 1 January 1900 in the upper half, fractions of 2^-32 s in the lower (RFC 5905 section 6,
/// as used by RTCP sender reports, RFC 3550 section 4).
/// </summary>
public readonly record struct NtpTime(ulong Value)
{
    /// <summary>Seconds between 1 January 1900 and 1 January 1970.</summary>
    public const uint UnixEpochSeconds = 2_208_988_800;

    /// <summary>Makes a timestamp of its two 32-bit halves.</summary>
    public NtpTime(uint seconds, uint fraction)
        : this(((ulong)seconds << 32) | fraction)
    {
    }

    /// <summary>Whole seconds since 1900.</summary>
    public uint Seconds => (uint)(Value >> 32);

    /// <summary>Fraction of a second, in units of 2^-32 s.</summary>
    public uint Fraction => (uint)Value;

    /// <summary>The middle 32 bits, in units of 1/65536 s, as carried in LSR and DLRR fields (RFC 3550 section 6.4.1).</summary>
    public uint Compact => (uint)(Value >> 16);

    /// <summary>The timestamp of a wall-clock time given in microseconds since 1 January 1970.</summary>
    public static NtpTime FromUnixMicroseconds(long microseconds)
    {
        var seconds = Math.DivRem(microseconds, 1_000_000, out var rest);
        if (rest < 0)
        {
            seconds--;
            rest += 1_000_000;
        }

        return new NtpTime((uint)(seconds + UnixEpochSeconds), (uint)(((ulong)rest << 32) / 1_000_000));
    }

    /// <summary>Microseconds since 1 January 1970; negative for times before.</summary>
    public long ToUnixMicroseconds() =>
        ((long)Seconds - UnixEpochSeconds) * 1_000_000 + (long)(((ulong)Fraction * 1_000_000 + 0x8000_0000) >> 32);

    /// <summary>How far <paramref name="right"/> lies before <paramref name="left"/>, to the microsecond.</summary>
    public static TimeSpan operator -(NtpTime left, NtpTime right) =>
        TimeSpan.FromMicroseconds((double)(left.ToUnixMicroseconds() - right.ToUnixMicroseconds()));
}
