namespace Bisque.Model;

/// <summary>What the statistics of every kind of transport have in common. Bitrates are in bits per second.</summary>
public sealed record TransportStats
{
    /// <summary>The transport's id.</summary>
    public required string TransportId { get; init; }

    /// <summary>When the numbers were taken, in milliseconds of the worker's clock.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>State of the SCTP association; null without SCTP.</summary>
    public SctpState? SctpState { get; init; }

    /// <summary>Bytes received.</summary>
    public ulong BytesReceived { get; init; }

    /// <summary>Bitrate received.</summary>
    public ulong ReceiveBitrate { get; init; }

    /// <summary>Bytes sent.</summary>
    public ulong BytesSent { get; init; }

    /// <summary>Bitrate sent.</summary>
    public ulong SendBitrate { get; init; }

    /// <summary>Bytes of RTP received.</summary>
    public ulong RtpBytesReceived { get; init; }

    /// <summary>Bitrate of RTP received.</summary>
    public ulong RtpReceiveBitrate { get; init; }

    /// <summary>Bytes of RTP sent.</summary>
    public ulong RtpBytesSent { get; init; }

    /// <summary>Bitrate of RTP sent.</summary>
    public ulong RtpSendBitrate { get; init; }

    /// <summary>Bytes of retransmissions received.</summary>
    public ulong RtxBytesReceived { get; init; }

    /// <summary>Bitrate of retransmissions received.</summary>
    public ulong RtxReceiveBitrate { get; init; }

    /// <summary>Bytes of retransmissions sent.</summary>
    public ulong RtxBytesSent { get; init; }

    /// <summary>Bitrate of retransmissions sent.</summary>
    public ulong RtxSendBitrate { get; init; }

    /// <summary>Bytes sent to probe for bandwidth.</summary>
    public ulong ProbationBytesSent { get; init; }

    /// <summary>Bitrate sent to probe for bandwidth.</summary>
    public ulong ProbationSendBitrate { get; init; }

    /// <summary>Estimated outgoing bandwidth, if it is estimated.</summary>
    public ulong? AvailableOutgoingBitrate { get; init; }

    /// <summary>Estimated incoming bandwidth, if it is estimated.</summary>
    public ulong? AvailableIncomingBitrate { get; init; }

    /// <summary>The incoming limit, if there is one.</summary>
    public ulong? MaxIncomingBitrate { get; init; }

    /// <summary>The outgoing limit, if there is one.</summary>
    public ulong? MaxOutgoingBitrate { get; init; }

    /// <summary>The least outgoing bitrate, if there is one.</summary>
    public ulong? MinOutgoingBitrate { get; init; }

    /// <summary>Fraction of RTP packets lost on the way here.</summary>
    public double? RtpPacketLossReceived { get; init; }

    /// <summary>Fraction of RTP packets lost on the way from here.</summary>
    public double? RtpPacketLossSent { get; init; }
}
