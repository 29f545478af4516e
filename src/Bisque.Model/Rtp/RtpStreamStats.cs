namespace Bisque.Model;

/// <summary>Statistics of one RTP stream.</summary>
public abstract record RtpStreamStats
{
    private protected RtpStreamStats()
    {
    }

    /// <summary>What is counted whichever way the stream flows.</summary>
    public required RtpStreamBaseStats Base { get; init; }

    /// <summary>Packets that flowed.</summary>
    public ulong PacketCount { get; init; }

    /// <summary>Bytes that flowed.</summary>
    public ulong ByteCount { get; init; }

    /// <summary>Bits per second.</summary>
    public ulong Bitrate { get; init; }
}

/// <summary>Statistics of a stream that the worker receives.</summary>
public sealed record RtpStreamRecvStats : RtpStreamStats
{
    /// <summary>The bitrate of each layer seen.</summary>
    public required IReadOnlyList<BitrateByLayer> BitrateByLayer { get; init; }
}

/// <summary>Statistics of a stream that the worker sends.</summary>
public sealed record RtpStreamSendStats : RtpStreamStats;
