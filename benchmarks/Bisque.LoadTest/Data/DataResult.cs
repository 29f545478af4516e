namespace Bisque.LoadTest.Data;

/// <summary>One round of one worker.</summary>
internal sealed record DataResult
{
    public required DataCounts Counts { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required TimeSpan CpuTime { get; init; }

    public required long ResidentSet { get; init; }

    /// <summary>Bytes of messages received per second, in units of 10^6.</summary>
    public double MegabytesPerSecond => Counts.Received * (double)DataChannel.MessageSize / Elapsed.TotalSeconds / 1e6;

    /// <summary>Microseconds of the worker's CPU for each message received.</summary>
    public double CpuPerMessage => CpuTime.TotalMicroseconds / Counts.Received;

    /// <summary>Microseconds of the worker's CPU for each DTLS record that it received or sent.</summary>
    public double CpuPerRecord => CpuTime.TotalMicroseconds / Counts.Records;
}
