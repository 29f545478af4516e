namespace Bisque.Model;

/// <summary>Statistics of a data producer.</summary>
public sealed record DataProducerStats
{
    /// <summary>When the numbers were taken, in milliseconds of the worker's clock.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>The data channel's label.</summary>
    public required string Label { get; init; }

    /// <summary>The data channel's sub-protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>Messages received.</summary>
    public ulong MessagesReceived { get; init; }

    /// <summary>Bytes received.</summary>
    public ulong BytesReceived { get; init; }

    /// <summary>Always 0: it stands on the wire but is never filled.</summary>
    public uint BufferedAmount { get; init; }
}
