namespace Bisque.Model;

/// <summary>One RTP stream of a producer or consumer.</summary>
public sealed record RtpStreamDump
{
    /// <summary>What the stream is.</summary>
    public required RtpStreamParameters Parameters { get; init; }

    /// <summary>How well it arrives, from 0 to 10.</summary>
    public byte Score { get; init; }

    /// <summary>Its retransmission stream, if it has one.</summary>
    public RtxStreamDump? RtxStream { get; init; }
}

/// <summary>The retransmission stream of an RTP stream.</summary>
public sealed record RtxStreamDump
{
    /// <summary>What the stream is.</summary>
    public required RtxStreamParameters Parameters { get; init; }
}
