using System.Diagnostics;
using Bisque.Primitives;

namespace Bisque.Net.Timers;

/// <summary>The system's monotonic clock in microseconds.</summary>
internal static class MonotonicClock
{
    private const long MicrosecondsPerSecond = 1_000_000;

    public static MonotonicTime Read()
    {
        var ticks = Stopwatch.GetTimestamp();
        return new MonotonicTime(Stopwatch.Frequency == 1000 * MicrosecondsPerSecond
            ? ticks / 1000
            : (long)((Int128)ticks * MicrosecondsPerSecond / Stopwatch.Frequency));
    }
}
