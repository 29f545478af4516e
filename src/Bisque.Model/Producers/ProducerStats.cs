namespace Bisque.Model;

/// <summary>Statistics of a producer: one entry for each stream seen so far.</summary>
public sealed record ProducerStats
{
    /// <summary>The streams.</summary>
    public required IReadOnlyList<RtpStreamStats> Stats { get; init; }
}
