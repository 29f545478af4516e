namespace Bisque.Model;

/// <summary>What a trace event tells beside its type, time and direction.</summary>
public abstract record TraceInfo
{
    private protected TraceInfo()
    {
    }
}

/// <summary>A key frame's packet.</summary>
public sealed record KeyFrameTraceInfo(RtpPacketDump RtpPacket, bool IsRtx) : TraceInfo;

/// <summary>An RTP packet.</summary>
public sealed record RtpTraceInfo(RtpPacketDump RtpPacket, bool IsRtx) : TraceInfo;

/// <summary>A full intra request for a stream.</summary>
public sealed record FirTraceInfo(uint Ssrc) : TraceInfo;

/// <summary>A picture loss indication for a stream.</summary>
public sealed record PliTraceInfo(uint Ssrc) : TraceInfo;

/// <summary>A sender report (RFC 3550 section 6.4.1). Only producers report it.</summary>
public sealed record SrTraceInfo : TraceInfo
{
    /// <summary>The sender's SSRC.</summary>
    public uint Ssrc { get; init; }

    /// <summary>Seconds of the NTP timestamp.</summary>
    public uint NtpSec { get; init; }

    /// <summary>Fraction of the NTP timestamp.</summary>
    public uint NtpFrac { get; init; }

    /// <summary>The RTP timestamp of the same instant.</summary>
    public uint RtpTs { get; init; }

    /// <summary>Packets sent.</summary>
    public uint PacketCount { get; init; }

    /// <summary>Bytes of payload sent.</summary>
    public uint OctetCount { get; init; }
}

/// <summary>A bandwidth estimate. Only transports report it; all bitrates are in bits per second.</summary>
public sealed record BweTraceInfo : TraceInfo
{
    /// <summary>How bandwidth is estimated.</summary>
    public BweType BweType { get; init; }

    /// <summary>What the consumers would like together.</summary>
    public ulong DesiredBitrate { get; init; }

    /// <summary>What of it is asked of the estimator.</summary>
    public ulong EffectiveDesiredBitrate { get; init; }

    /// <summary>The least bitrate.</summary>
    public ulong MinBitrate { get; init; }

    /// <summary>The highest bitrate.</summary>
    public ulong MaxBitrate { get; init; }

    /// <summary>The bitrate at the start.</summary>
    public ulong StartBitrate { get; init; }

    /// <summary>The most that is spent on padding.</summary>
    public ulong MaxPaddingBitrate { get; init; }

    /// <summary>The estimated bandwidth.</summary>
    public ulong AvailableBitrate { get; init; }
}
