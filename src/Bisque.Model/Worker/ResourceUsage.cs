namespace Bisque.Model;

/// <summary>What the worker's process used, as <c>getrusage</c> counts it.</summary>
public sealed record ResourceUsage
{
    /// <summary>Processor time in user mode in milliseconds.</summary>
    public ulong UserTime { get; init; }

    /// <summary>Processor time in the kernel in milliseconds.</summary>
    public ulong SystemTime { get; init; }

    /// <summary>Largest resident set.</summary>
    public ulong MaxResidentSetSize { get; init; }

    /// <summary>Shared memory.</summary>
    public ulong SharedMemorySize { get; init; }

    /// <summary>Unshared data.</summary>
    public ulong UnsharedDataSize { get; init; }

    /// <summary>Unshared stack.</summary>
    public ulong UnsharedStackSize { get; init; }

    /// <summary>Page faults without input or output.</summary>
    public ulong MinorFaults { get; init; }

    /// <summary>Page faults with input or output.</summary>
    public ulong MajorFaults { get; init; }

    /// <summary>Swaps.</summary>
    public ulong Swaps { get; init; }

    /// <summary>Blocks read.</summary>
    public ulong BlockInputs { get; init; }

    /// <summary>Blocks written.</summary>
    public ulong BlockOutputs { get; init; }

    /// <summary>Messages sent.</summary>
    public ulong MessagesSent { get; init; }

    /// <summary>Messages received.</summary>
    public ulong MessagesReceived { get; init; }

    /// <summary>Signals received.</summary>
    public ulong Signals { get; init; }

    /// <summary>Voluntary context switches.</summary>
    public ulong VoluntaryContextSwitches { get; init; }

    /// <summary>Involuntary context switches.</summary>
    public ulong InvoluntaryContextSwitches { get; init; }
}
