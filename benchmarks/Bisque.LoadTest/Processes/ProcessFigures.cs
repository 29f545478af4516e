using System.Globalization;

namespace Bisque.LoadTest.Processes;

/// <summary>What a process used so far.</summary>
/// <param name="CpuTime">User and system time of all its threads: to the nanosecond by its CPU clock, else in steps of 10 ms by /proc/PID/stat.</param>
internal readonly record struct ProcessFigures(TimeSpan CpuTime)
{
    private const int TicksPerSecond = 100;

    public static ProcessFigures Read(int processId) => new(ReadClock(processId) ?? ReadStat(processId));

    /// <summary>Resident memory in bytes.</summary>
    public static long ResidentSet(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static TimeSpan ReadStat(int processId)
    {
        var text = File.ReadAllText($"/proc/{processId}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        // utime and stime, fields 14 and 15 of proc(5); the split starts after the name, which is the second.
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    private static unsafe TimeSpan? ReadClock(int processId)
    {
        int clock;
        var time = stackalloc long[2];
        return Libc.GetCpuClock(processId, &clock) == 0 && Libc.GetTime(clock, time) == 0
            ? TimeSpan.FromTicks(time[0] * TimeSpan.TicksPerSecond + time[1] / TimeSpan.NanosecondsPerTick)
            : null;
    }
}
