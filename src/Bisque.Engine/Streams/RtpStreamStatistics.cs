using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>Counters of one stream since it was created, received or sent.</summary>
internal readonly record struct RtpStreamStatistics
{
    /// <summary>When the statistics were taken.</summary>
    public MonotonicTime Timestamp { get; init; }

    /// <summary>Packets lost, as last computed for (received) or told by (sent) a receiver report.</summary>
    public int PacketsLost { get; init; }

    /// <summary>Share lost in the last report's interval, in 1/256.</summary>
    public byte FractionLost { get; init; }

    /// <summary>Interarrival jitter in clock-rate units (RFC 3550 section 6.4.1).</summary>
    public uint Jitter { get; init; }

    /// <summary>Packets dropped as too old, too far ahead or already received.</summary>
    public ulong PacketsDiscarded { get; init; }

    /// <summary>Packets that were sent more than once.</summary>
    public ulong PacketsRetransmitted { get; init; }

    /// <summary>Losses made good by a retransmission.</summary>
    public ulong PacketsRepaired { get; init; }

    /// <summary>NACK messages sent or received.</summary>
    public ulong NackCount { get; init; }

    /// <summary>Packets asked for in those messages.</summary>
    public ulong NackPacketCount { get; init; }

    /// <summary>Picture loss indications sent or received.</summary>
    public ulong PliCount { get; init; }

    /// <summary>Full intra requests sent or received.</summary>
    public ulong FirCount { get; init; }

    /// <summary>Retransmission packets dropped because their own sequence numbers made no sense.</summary>
    public ulong RtxPacketsDiscarded { get; init; }

    /// <summary>Round-trip time, null while unknown.</summary>
    public TimeSpan? RoundTripTime { get; init; }

    /// <summary>0 (nothing arrives) to 10 (everything arrives).</summary>
    public byte Score { get; init; }

    /// <summary>Packets received or sent.</summary>
    public ulong PacketCount { get; init; }

    /// <summary>Bytes received or sent; those of packets with nothing but padding are left out.</summary>
    public ulong ByteCount { get; init; }

    /// <summary>Current bits per second.</summary>
    public ulong Bitrate { get; init; }
}
