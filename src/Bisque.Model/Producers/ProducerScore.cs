namespace Bisque.Model;

/// <summary>How well one stream of a producer arrives.</summary>
public sealed record ProducerScore
{
    /// <summary>The index of its encoding.</summary>
    public uint EncodingIndex { get; init; }

    /// <summary>Its SSRC.</summary>
    public uint Ssrc { get; init; }

    /// <summary>Its RID, if there is one.</summary>
    public string? Rid { get; init; }

    /// <summary>From 0 to 10.</summary>
    public byte Score { get; init; }
}
