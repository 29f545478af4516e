namespace Bisque.Model;

/// <summary>A consumer as it stands. A layer is -1 while it is unset.</summary>
public sealed record ConsumerDump
{
    /// <summary>The consumer's id.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of streams it has.</summary>
    public RtpParametersType Type { get; init; }

    /// <summary>The producer that it consumes.</summary>
    public required string ProducerId { get; init; }

    /// <summary>Audio or video.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>What the endpoint receives.</summary>
    public required RtpParameters RtpParameters { get; init; }

    /// <summary>The producer's encodings as they are inside the router.</summary>
    public required IReadOnlyList<RtpEncodingParameters> ConsumableRtpEncodings { get; init; }

    /// <summary>The payload types of the codecs that can be consumed.</summary>
    public required IReadOnlyList<byte> SupportedCodecPayloadTypes { get; init; }

    /// <summary>The trace events that are switched on.</summary>
    public required IReadOnlyList<ConsumerTraceEventType> TraceEventTypes { get; init; }

    /// <summary>Whether it is paused.</summary>
    public bool Paused { get; init; }

    /// <summary>Whether its producer is paused.</summary>
    public bool ProducerPaused { get; init; }

    /// <summary>Its priority, from 1.</summary>
    public byte Priority { get; init; }

    /// <summary>The streams that are sent.</summary>
    public required IReadOnlyList<RtpStreamDump> RtpStreams { get; init; }

    /// <summary>The spatial layer that the endpoint would like.</summary>
    public short? PreferredSpatialLayer { get; init; } = -1;

    /// <summary>The spatial layer that is being switched to.</summary>
    public short? TargetSpatialLayer { get; init; } = -1;

    /// <summary>The spatial layer that is sent.</summary>
    public short? CurrentSpatialLayer { get; init; } = -1;

    /// <summary>The temporal layer that the endpoint would like.</summary>
    public short? PreferredTemporalLayer { get; init; } = -1;

    /// <summary>The temporal layer that is being switched to.</summary>
    public short? TargetTemporalLayer { get; init; } = -1;

    /// <summary>The temporal layer that is sent.</summary>
    public short? CurrentTemporalLayer { get; init; } = -1;
}
