namespace Bisque.Model;

/// <summary>Creates a data producer.</summary>
public sealed record ProduceDataRequest
{
    /// <summary>The new data producer's id.</summary>
    public required string DataProducerId { get; init; }

    /// <summary>SCTP or direct.</summary>
    public DataProducerType Type { get; init; }

    /// <summary>The stream, for SCTP.</summary>
    public SctpStreamParameters? SctpStreamParameters { get; init; }

    /// <summary>The data channel's label.</summary>
    public string? Label { get; init; }

    /// <summary>The data channel's sub-protocol.</summary>
    public string? Protocol { get; init; }

    /// <summary>Whether it starts paused.</summary>
    public bool Paused { get; init; }
}
