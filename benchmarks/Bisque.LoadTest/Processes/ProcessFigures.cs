using System.Globalization;

namespace Bisque.LoadTest.Processes;

/// <summary>What a process used so far.</summary>
/// <param name="CpuTime">User and system time of all its threads, to the nanosecond (the kernel's process clock).</param>
/// <param name="UserTime">The user part by /proc/PID/stat, in steps of 10 ms.</param>
/// <param name="SystemTime">The system part by /proc/PID/stat, in steps of 10 ms.</param>
internal readonly record struct ProcessFigures(TimeSpan CpuTime, TimeSpan UserTime, TimeSpan SystemTime)
{
    private const int TicksPerSecond = 100;

    public static ProcessFigures Read(int processId)
    {
        var fields = StatFields(processId);
        // Fields 14 and 15 of proc(5); the split starts after the name, which is the second.
        var user = TimeSpan.FromSeconds(double.Parse(fields[11], CultureInfo.InvariantCulture) / TicksPerSecond);
        var system = TimeSpan.FromSeconds(double.Parse(fields[12], CultureInfo.InvariantCulture) / TicksPerSecond);
        return new ProcessFigures(ReadClock(processId) ?? user + system, user, system);
    }

    /// <summary>Resident memory in bytes.</summary>
    public static long ResidentSet(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static string[] StatFields(int processId)
    {
        var text = File.ReadAllText($"/proc/{processId}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
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
