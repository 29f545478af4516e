namespace Bisque.LoadTest.Forwarding;

/// <summary>One round of one worker.</summary>
internal sealed record ForwardingResult
{
    public required long Sent { get; init; }

    /// <summary>Packets that should have been sent in the time.</summary>
    public required long Planned { get; init; }

    public required long Expected { get; init; }

    public required long Received { get; init; }

    public required long Sampled { get; init; }

    public required long Wrong { get; init; }

    public required long Foreign { get; init; }

    public required long Jumps { get; init; }

    public required long ReceiveBufferErrors { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required TimeSpan CpuTime { get; init; }

    public required TimeSpan WorstDelay { get; init; }

    public required long ResidentSet { get; init; }

    public double PacketsPerSecond => Received / Elapsed.TotalSeconds;

    public double Loss => Expected == 0 ? 0 : 1 - (double)Received / Expected;

    /// <summary>Microseconds of CPU for each packet that a receiver got.</summary>
    public double CpuPerPacket => Received == 0 ? double.NaN : CpuTime.TotalMicroseconds / Received;
}
