namespace Bisque.Model;

/// <summary>Creates a consumer.</summary>
public sealed record ConsumeRequest
{
    /// <summary>The new consumer's id.</summary>
    public required string ConsumerId { get; init; }

    /// <summary>The producer that it consumes.</summary>
    public required string ProducerId { get; init; }

    /// <summary>Audio or video.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>What the endpoint receives.</summary>
    public required RtpParameters RtpParameters { get; init; }

    /// <summary>What kind of streams it has.</summary>
    public RtpParametersType Type { get; init; }

    /// <summary>The producer's encodings as they are inside the router.</summary>
    public required IReadOnlyList<RtpEncodingParameters> ConsumableRtpEncodings { get; init; }

    /// <summary>Whether the consumer starts paused.</summary>
    public bool Paused { get; init; }

    /// <summary>The layers to begin with.</summary>
    public ConsumerLayers? PreferredLayers { get; init; }

    /// <summary>Whether packets of silence are left out.</summary>
    public bool IgnoreDtx { get; init; }
}

/// <summary>Answers <see cref="ConsumeRequest"/>.</summary>
public sealed record ConsumeResponse
{
    /// <summary>Whether the consumer is paused.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether its producer is paused.</summary>
    public bool ProducerPaused { get; init; }

    /// <summary>The score at the start.</summary>
    public required ConsumerScore Score { get; init; }

    /// <summary>The preferred layers, where there are layers.</summary>
    public ConsumerLayers? PreferredLayers { get; init; }
}
