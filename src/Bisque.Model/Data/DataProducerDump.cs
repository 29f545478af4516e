namespace Bisque.Model;

/// <summary>A data producer as it stands.</summary>
public sealed record DataProducerDump
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>SCTP or direct.</summary>
    public DataProducerType Type { get; init; }

    /// <summary>The stream, for SCTP.</summary>
    public SctpStreamParameters? SctpStreamParameters { get; init; }

    /// <summary>The data channel's label.</summary>
    public required string Label { get; init; }

    /// <summary>The data channel's sub-protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool Paused { get; init; }
}
