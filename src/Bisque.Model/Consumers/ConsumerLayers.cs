namespace Bisque.Model;

/// <summary>A spatial layer and, where it has them, a temporal layer.</summary>
public sealed record ConsumerLayers
{
    /// <summary>The spatial layer.</summary>
    public byte SpatialLayer { get; init; }

    /// <summary>The temporal layer; null for the highest.</summary>
    public byte? TemporalLayer { get; init; }
}

/// <summary>How well a consumer's stream arrives, and the streams it is made from.</summary>
public sealed record ConsumerScore
{
    /// <summary>Score of the consumer's stream, from 0 to 10.</summary>
    public byte Score { get; init; }

    /// <summary>Score of the producer's stream in use.</summary>
    public byte ProducerScore { get; init; }

    /// <summary>Scores of all streams of the producer.</summary>
    public required IReadOnlyList<byte> ProducerScores { get; init; }
}
