namespace Bisque.Model;

/// <summary>Creates a producer.</summary>
public sealed record ProduceRequest
{
    /// <summary>The new producer's id.</summary>
    public required string ProducerId { get; init; }

    /// <summary>Audio or video.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>What the endpoint sends.</summary>
    public required RtpParameters RtpParameters { get; init; }

    /// <summary>How it is renamed inside the router.</summary>
    public required RtpMapping RtpMapping { get; init; }

    /// <summary>Whether the producer starts paused.</summary>
    public bool Paused { get; init; }

    /// <summary>Least time between two key frame requests in milliseconds.</summary>
    public uint KeyFrameRequestDelay { get; init; }

    /// <summary>Whether packets are given an id of their own in a header extension.</summary>
    public bool EnableMediasoupPacketIdHeaderExtension { get; init; }
}

/// <summary>Answers <see cref="ProduceRequest"/>.</summary>
public sealed record ProduceResponse
{
    /// <summary>What kind of streams it has.</summary>
    public RtpParametersType Type { get; init; }
}
