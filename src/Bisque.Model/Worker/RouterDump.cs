namespace Bisque.Model;

/// <summary>A router as it stands.</summary>
public sealed record RouterDump
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its transports.</summary>
    public required IReadOnlyList<string> TransportIds { get; init; }

    /// <summary>Its RTP observers.</summary>
    public required IReadOnlyList<string> RtpObserverIds { get; init; }

    /// <summary>The consumers of each producer, also of those that have none.</summary>
    public required IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> MapProducerIdConsumerIds { get; init; }

    /// <summary>The producer of each consumer.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> MapConsumerIdProducerId { get; init; }

    /// <summary>The observers of each producer.</summary>
    public required IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> MapProducerIdObserverIds { get; init; }

    /// <summary>The data consumers of each data producer.</summary>
    public required IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> MapDataProducerIdDataConsumerIds { get; init; }

    /// <summary>The data producer of each data consumer.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> MapDataConsumerIdDataProducerId { get; init; }
}
