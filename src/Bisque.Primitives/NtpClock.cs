namespace Bisque.Primitives;

/// <summary>
/// Translates monotonic time to NTP time by an offset taken once, so that every RTCP report of a worker uses the same mapping
/// even when the wall clock is stepped.
/// </summary>
public sealed class NtpClock
{
    private readonly long _unixMinusMonotonicMicroseconds;

    /// <summary>Fixes the mapping: <paramref name="wall"/> and <paramref name="monotonic"/> were read at the same moment.</summary>
    public NtpClock(DateTimeOffset wall, MonotonicTime monotonic)
    {
        _unixMinusMonotonicMicroseconds =
            (wall.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond - monotonic.Microseconds;
    }

    /// <summary>The NTP time at a monotonic time.</summary>
    public NtpTime ToNtp(MonotonicTime time) => NtpTime.FromUnixMicroseconds(time.Microseconds + _unixMinusMonotonicMicroseconds);

    /// <summary>The monotonic time at an NTP time of our own clock.</summary>
    public MonotonicTime ToMonotonic(NtpTime time) => new(time.ToUnixMicroseconds() - _unixMinusMonotonicMicroseconds);
}
