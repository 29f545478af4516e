namespace Bisque.Model;

/// <summary>What is counted for every RTP stream, whichever way it flows.</summary>
public sealed record RtpStreamBaseStats
{
    /// <summary>When the numbers were taken, in milliseconds of the worker's clock.</summary>
    public ulong Timestamp { get; init; }

    /// <summary>The SSRC.</summary>
    public uint Ssrc { get; init; }

    /// <summary>Audio or video.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>The codec's MIME type.</summary>
    public required string MimeType { get; init; }

    /// <summary>Packets lost, by RFC 3550's arithmetic; negative when duplicates outnumber losses.</summary>
    public int PacketsLost { get; init; }

    /// <summary>Fraction lost in the last report interval, in 256ths.</summary>
    public byte FractionLost { get; init; }

    /// <summary>Interarrival jitter in timestamp units.</summary>
    public uint Jitter { get; init; }

    /// <summary>Packets that came too late or twice.</summary>
    public ulong PacketsDiscarded { get; init; }

    /// <summary>Packets that were sent again.</summary>
    public ulong PacketsRetransmitted { get; init; }

    /// <summary>Packets that a retransmission repaired.</summary>
    public ulong PacketsRepaired { get; init; }

    /// <summary>NACK messages.</summary>
    public ulong NackCount { get; init; }

    /// <summary>Packets asked for in NACK messages.</summary>
    public ulong NackPacketCount { get; init; }

    /// <summary>Picture loss indications.</summary>
    public ulong PliCount { get; init; }

    /// <summary>Full intra requests.</summary>
    public ulong FirCount { get; init; }

    /// <summary>The RID, if there is one.</summary>
    public string? Rid { get; init; }

    /// <summary>The SSRC of the retransmission stream.</summary>
    public uint? RtxSsrc { get; init; }

    /// <summary>Retransmitted packets that were of no use.</summary>
    public ulong RtxPacketsDiscarded { get; init; }

    /// <summary>Round trip time in milliseconds.</summary>
    public float RoundTripTime { get; init; }

    /// <summary>How well the stream arrives, from 0 to 10.</summary>
    public byte Score { get; init; }
}

/// <summary>The bitrate of one layer.</summary>
public sealed record BitrateByLayer
{
    /// <summary>Spatial and temporal layer, such as <c>0.1</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>Bits per second.</summary>
    public ulong Bitrate { get; init; }
}
