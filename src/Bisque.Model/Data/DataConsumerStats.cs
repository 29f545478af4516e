namespace Bisque.Model;

/// <summary>Statistics of a data consumer.</summary>
public sealed record DataConsumerStats
{
    /// <summary>When the numbers were taken, in milliseconds of the worker's clock.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>The data channel's label.</summary>
    public required string Label { get; init; }

    /// <summary>The data channel's sub-protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>Messages sent.</summary>
    public ulong MessagesSent { get; init; }

    /// <summary>Bytes sent.</summary>
    public ulong BytesSent { get; init; }

    /// <summary>Bytes waiting to be sent.</summary>
    public uint BufferedAmount { get; init; }
}
