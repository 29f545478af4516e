namespace Bisque.Model;

/// <summary>Statistics of a consumer: its own stream, then the producer's stream in use.</summary>
public sealed record ConsumerStats
{
    /// <summary>The streams.</summary>
    public required IReadOnlyList<RtpStreamStats> Stats { get; init; }
}
