using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>Spans in 1/65536 s and the round trips that RTCP measures with them (RFC 3550 section 6.4.1, RFC 3611 section 4.5).</summary>
internal static class CompactTime
{
    /// <summary>A span in 1/65536 s; 0 when negative, saturated past 18 hours.</summary>
    public static uint From(TimeSpan span)
    {
        var units = (Int128)span.Ticks * 65_536 / TimeSpan.TicksPerSecond;
        return units <= 0 ? 0 : units >= uint.MaxValue ? uint.MaxValue : (uint)units;
    }

    /// <summary>A span of the given length in 1/65536 s.</summary>
    public static TimeSpan ToSpan(uint units) => TimeSpan.FromTicks((long)units * TimeSpan.TicksPerSecond / 65_536);

    /// <summary>
    /// The round trip of a report that came back: what passed since it was sent, less what the other side held it. Null when the
    /// other side never got one, or when its numbers make no sense.
    /// </summary>
    public static TimeSpan? RoundTrip(NtpTime now, uint lastReport, uint delay)
    {
        if (lastReport == 0)
        {
            return null;
        }

        var units = (int)(now.Compact - lastReport - delay);

        // A clock's granularity may make the difference slightly negative: that is a round trip of (nearly) nothing.
        return units < -MaxGranularityUnits ? null : ToSpan((uint)Math.Max(units, 1));
    }

    /// <summary>10 ms.</summary>
    private const int MaxGranularityUnits = 655;
}
