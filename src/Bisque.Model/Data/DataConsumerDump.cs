namespace Bisque.Model;

/// <summary>A data consumer as it stands.</summary>
public sealed record DataConsumerDump
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The data producer that it consumes.</summary>
    public required string DataProducerId { get; init; }

    /// <summary>SCTP or direct.</summary>
    public DataConsumerType Type { get; init; }

    /// <summary>The stream, for SCTP.</summary>
    public SctpStreamParameters? SctpStreamParameters { get; init; }

    /// <summary>The data channel's label.</summary>
    public required string Label { get; init; }

    /// <summary>The data channel's sub-protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>Bytes waiting to be sent.</summary>
    public uint BufferedAmount { get; init; }

    /// <summary>Where the buffered amount counts as low, in bytes.</summary>
    public uint BufferedAmountLowThreshold { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether its data producer is paused.</summary>
    public bool DataProducerPaused { get; init; }

    /// <summary>The subchannels that it listens to.</summary>
    public required IReadOnlyList<ushort> Subchannels { get; init; }
}
