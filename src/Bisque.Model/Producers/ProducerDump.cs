namespace Bisque.Model;

/// <summary>A producer as it stands.</summary>
public sealed record ProducerDump
{
    /// <summary>The producer's id.</summary>
    public required string Id { get; init; }

    /// <summary>Audio or video.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>What kind of streams it has.</summary>
    public RtpParametersType Type { get; init; }

    /// <summary>What the endpoint sends.</summary>
    public required RtpParameters RtpParameters { get; init; }

    /// <summary>How it is renamed inside the router.</summary>
    public required RtpMapping RtpMapping { get; init; }

    /// <summary>The streams seen so far.</summary>
    public required IReadOnlyList<RtpStreamDump> RtpStreams { get; init; }

    /// <summary>The trace events that are switched on.</summary>
    public required IReadOnlyList<ProducerTraceEventType> TraceEventTypes { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool Paused { get; init; }
}
