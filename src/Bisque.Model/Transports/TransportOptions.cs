namespace Bisque.Model;

/// <summary>What the options of every kind of transport have in common.</summary>
public sealed record TransportOptions
{
    /// <summary>Whether it is a direct transport.</summary>
    public bool Direct { get; init; }

    /// <summary>The outgoing bitrate to start from, in bits per second.</summary>
    public ulong? InitialAvailableOutgoingBitrate { get; init; }

    /// <summary>Whether SCTP is spoken.</summary>
    public bool EnableSctp { get; init; }

    /// <summary>Largest SCTP message that may be sent, in bytes.</summary>
    public uint MaxSendMessageSize { get; init; }

    /// <summary>Largest SCTP message that may be received, in bytes.</summary>
    public uint MaxReceiveMessageSize { get; init; }

    /// <summary>Size of the SCTP send buffer in bytes.</summary>
    public uint SctpSendBufferSize { get; init; }

    /// <summary>Size of the send queue of one SCTP stream in bytes.</summary>
    public uint SctpPerStreamSendQueueLimit { get; init; }

    /// <summary>Largest SCTP receive window in bytes.</summary>
    public uint SctpMaxReceiverWindowBufferSize { get; init; }

    /// <summary>Where a stream's buffered amount counts as low, in bytes.</summary>
    public uint SctpDefaultStreamBufferedAmountLowThreshold { get; init; }

    /// <summary>Whether SCTP carries WebRTC data channels.</summary>
    public bool IsDataChannel { get; init; }
}
