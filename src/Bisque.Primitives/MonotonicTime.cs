namespace Bisque.Primitives;

/// <summary>
/// A point on the worker's monotonic clock, in microseconds. Read once per loop turn and passed down: protocols never ask for it.
/// The origin is arbitrary, so only differences mean anything.
/// </summary>
public readonly record struct MonotonicTime(long Microseconds) : IComparable<MonotonicTime>
{
    /// <summary>A deadline that never comes.</summary>
    public static readonly MonotonicTime Never = new(long.MaxValue);

    /// <summary>Whole milliseconds since the clock's origin, rounded down.</summary>
    public long Milliseconds => Microseconds / 1000;

    /// <summary>The time <paramref name="milliseconds"/> after the clock's origin.</summary>
    public static MonotonicTime FromMilliseconds(long milliseconds) => new(milliseconds * 1000);

    /// <summary>The time <paramref name="span"/> later. <see cref="Never"/> stays <see cref="Never"/>.</summary>
    public static MonotonicTime operator +(MonotonicTime time, TimeSpan span) =>
        time == Never ? Never : new(time.Microseconds + span.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>The time <paramref name="span"/> earlier.</summary>
    public static MonotonicTime operator -(MonotonicTime time, TimeSpan span) =>
        time == Never ? Never : new(time.Microseconds - span.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>How much later <paramref name="left"/> is than <paramref name="right"/>; negative when it is earlier.</summary>
    public static TimeSpan operator -(MonotonicTime left, MonotonicTime right) =>
        TimeSpan.FromTicks((left.Microseconds - right.Microseconds) * TimeSpan.TicksPerMicrosecond);

    /// <summary>Whether <paramref name="left"/> is earlier.</summary>
    public static bool operator <(MonotonicTime left, MonotonicTime right) => left.Microseconds < right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is later.</summary>
    public static bool operator >(MonotonicTime left, MonotonicTime right) => left.Microseconds > right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is earlier or the same.</summary>
    public static bool operator <=(MonotonicTime left, MonotonicTime right) => left.Microseconds <= right.Microseconds;

    /// <summary>Whether <paramref name="left"/> is later or the same.</summary>
    public static bool operator >=(MonotonicTime left, MonotonicTime right) => left.Microseconds >= right.Microseconds;

    /// <summary>The earlier of the two.</summary>
    public static MonotonicTime Min(MonotonicTime left, MonotonicTime right) => left < right ? left : right;

    /// <summary>The later of the two.</summary>
    public static MonotonicTime Max(MonotonicTime left, MonotonicTime right) => left > right ? left : right;

    /// <inheritdoc/>
    public int CompareTo(MonotonicTime other) => Microseconds.CompareTo(other.Microseconds);

    /// <inheritdoc/>
    public override string ToString() => this == Never ? "never" : $"{Microseconds / 1000.0:0.###} ms";
}
