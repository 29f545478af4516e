namespace Bisque.Model;

/// <summary>SCTP settings of a transport (RFC 9260, RFC 8831).</summary>
public sealed record SctpParameters
{
    /// <summary>The SCTP port.</summary>
    public ushort Port { get; init; }

    /// <summary>Largest message that may be sent, in bytes.</summary>
    public uint MaxSendMessageSize { get; init; }

    /// <summary>Largest message that may be received, in bytes.</summary>
    public uint MaxReceiveMessageSize { get; init; }

    /// <summary>Size of the send buffer in bytes.</summary>
    public uint SendBufferSize { get; init; }

    /// <summary>Size of one stream's send queue in bytes.</summary>
    public uint PerStreamSendQueueLimit { get; init; }

    /// <summary>Largest receive window in bytes.</summary>
    public uint MaxReceiverWindowBufferSize { get; init; }

    /// <summary>Whether SCTP carries WebRTC data channels.</summary>
    public bool IsDataChannel { get; init; }
}

/// <summary>How messages travel on one SCTP stream.</summary>
public sealed record SctpStreamParameters
{
    /// <summary>The stream.</summary>
    public ushort StreamId { get; init; }

    /// <summary>Whether order is kept; null for the default.</summary>
    public bool? Ordered { get; init; }

    /// <summary>How long a message is retried, in milliseconds (RFC 3758).</summary>
    public ushort? MaxPacketLifeTime { get; init; }

    /// <summary>How often a message is retried (RFC 3758).</summary>
    public ushort? MaxRetransmits { get; init; }
}

/// <summary>What an SCTP association agreed on.</summary>
public sealed record SctpNegotiatedCapabilities
{
    /// <summary>Outgoing streams.</summary>
    public ushort NegotiatedMaxOutboundStreams { get; init; }

    /// <summary>Incoming streams.</summary>
    public ushort NegotiatedMaxInboundStreams { get; init; }
}
