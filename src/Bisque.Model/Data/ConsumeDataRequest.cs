namespace Bisque.Model;

/// <summary>Creates a data consumer.</summary>
public sealed record ConsumeDataRequest
{
    /// <summary>The new data consumer's id.</summary>
    public required string DataConsumerId { get; init; }

    /// <summary>The data producer that it consumes.</summary>
    public required string DataProducerId { get; init; }

    /// <summary>SCTP or direct.</summary>
    public DataConsumerType Type { get; init; }

    /// <summary>The stream, for SCTP.</summary>
    public SctpStreamParameters? SctpStreamParameters { get; init; }

    /// <summary>The data channel's label.</summary>
    public string? Label { get; init; }

    /// <summary>The data channel's sub-protocol.</summary>
    public string? Protocol { get; init; }

    /// <summary>Whether it starts paused.</summary>
    public bool Paused { get; init; }

    /// <summary>The subchannels that it listens to; null for all.</summary>
    public IReadOnlyList<ushort>? Subchannels { get; init; }
}
