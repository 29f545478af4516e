using Bisque.Net.Linux;

namespace Bisque.Net;

/// <summary>What the process has used of the machine, as getrusage(2) tells it. Fields that a system does not keep are 0.</summary>
public readonly record struct ProcessUsage
{
    /// <summary>Processor time in user mode.</summary>
    public TimeSpan UserTime { get; init; }

    /// <summary>Processor time in the kernel.</summary>
    public TimeSpan SystemTime { get; init; }

    /// <summary>Largest resident set so far, in the system's unit: KiB on Linux, bytes on macOS.</summary>
    public long MaxResidentSetSize { get; init; }

    /// <summary>Page faults served without reading from a device.</summary>
    public long MinorFaults { get; init; }

    /// <summary>Page faults that read from a device.</summary>
    public long MajorFaults { get; init; }

    /// <summary>Times that the file system had to read.</summary>
    public long BlockInputs { get; init; }

    /// <summary>Times that the file system had to write.</summary>
    public long BlockOutputs { get; init; }

    /// <summary>Times that the process gave up the processor to wait.</summary>
    public long VoluntaryContextSwitches { get; init; }

    /// <summary>Times that the processor was taken from it.</summary>
    public long InvoluntaryContextSwitches { get; init; }

    /// <summary>The usage of this process up to now.</summary>
    public static ProcessUsage Read()
    {
        if (EpollBackend.IsSupported && Libc.GetResourceUsage(Libc.ResourceUsageSelf, out var usage) == 0)
        {
            return new ProcessUsage
            {
                UserTime = usage.UserTime.ToTimeSpan(),
                SystemTime = usage.SystemTime.ToTimeSpan(),
                MaxResidentSetSize = usage.MaxResidentSetSize,
                MinorFaults = usage.MinorFaults,
                MajorFaults = usage.MajorFaults,
                BlockInputs = usage.BlockInputs,
                BlockOutputs = usage.BlockOutputs,
                VoluntaryContextSwitches = usage.VoluntaryContextSwitches,
                InvoluntaryContextSwitches = usage.InvoluntaryContextSwitches,
            };
        }

        var time = Environment.CpuUsage;
        return new ProcessUsage { UserTime = time.UserTime, SystemTime = time.PrivilegedTime, MaxResidentSetSize = Environment.WorkingSet / 1024 };
    }
}
