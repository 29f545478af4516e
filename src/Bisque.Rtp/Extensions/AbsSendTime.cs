using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// The abs-send-time header extension: when a packet left, as 24 bits of seconds with 18 of them behind the point; wraps every 64 s.
/// </summary>
/// <param name="Value">The low 24 bits, in units of 2^-18 s.</param>
public readonly record struct AbsSendTime(uint Value)
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = 3;

    private const uint Mask = 0xff_ffff;

    /// <summary>The send time that stands for <paramref name="time"/>; the receiver only looks at differences.</summary>
    public static AbsSendTime From(MonotonicTime time) => new((uint)(((UInt128)time.Microseconds << 18) / 1_000_000) & Mask);

    /// <summary>Reads a value; false unless it has 3 bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out AbsSendTime time)
    {
        var fits = value.Length == Length;
        time = fits ? new AbsSendTime(((uint)value[0] << 16) | ((uint)value[1] << 8) | value[2]) : default;
        return fits;
    }

    /// <summary>How much later this time is than <paramref name="earlier"/>, by the shorter way round: below 32 s in either direction.</summary>
    public TimeSpan Since(AbsSendTime earlier)
    {
        var units = (int)((Value - earlier.Value) << 8) >> 8;
        return TimeSpan.FromTicks(units * TimeSpan.TicksPerSecond / (1 << 18));
    }

    /// <summary>Writes the 3 bytes of the value.</summary>
    public void Write(Span<byte> destination)
    {
        destination[2] = (byte)Value;
        destination[1] = (byte)(Value >> 8);
        destination[0] = (byte)(Value >> 16);
    }
}
