namespace Bisque.Model;

/// <summary>What the dumps of every kind of transport have in common.</summary>
public sealed record TransportDump
{
    /// <summary>The transport's id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is a direct transport.</summary>
    public bool Direct { get; init; }

    /// <summary>Its producers.</summary>
    public required IReadOnlyList<string> ProducerIds { get; init; }

    /// <summary>Its consumers.</summary>
    public required IReadOnlyList<string> ConsumerIds { get; init; }

    /// <summary>The consumer of each SSRC.</summary>
    public required IReadOnlyList<KeyValuePair<uint, string>> MapSsrcConsumerId { get; init; }

    /// <summary>The consumer of each retransmission SSRC.</summary>
    public required IReadOnlyList<KeyValuePair<uint, string>> MapRtxSsrcConsumerId { get; init; }

    /// <summary>Its data producers.</summary>
    public required IReadOnlyList<string> DataProducerIds { get; init; }

    /// <summary>Its data consumers.</summary>
    public required IReadOnlyList<string> DataConsumerIds { get; init; }

    /// <summary>The ids of the header extensions that it reads.</summary>
    public required RecvRtpHeaderExtensions ReceiveRtpHeaderExtensions { get; init; }

    /// <summary>How packets find their producer.</summary>
    public required RtpListenerDump RtpListener { get; init; }

    /// <summary>Largest SCTP message that may be sent, in bytes.</summary>
    public uint MaxSendMessageSize { get; init; }

    /// <summary>Largest SCTP message that may be received, in bytes.</summary>
    public uint MaxReceiveMessageSize { get; init; }

    /// <summary>SCTP settings; null without SCTP.</summary>
    public SctpParameters? SctpParameters { get; init; }

    /// <summary>State of the SCTP association; null without SCTP.</summary>
    public SctpState? SctpState { get; init; }

    /// <summary>What the association agreed on; null without SCTP.</summary>
    public SctpNegotiatedCapabilities? SctpNegotiatedCapabilities { get; init; }

    /// <summary>How SCTP messages find their data producer; null without SCTP.</summary>
    public SctpListenerDump? SctpListener { get; init; }

    /// <summary>The trace events that are switched on.</summary>
    public required IReadOnlyList<TransportTraceEventType> TraceEventTypes { get; init; }
}
