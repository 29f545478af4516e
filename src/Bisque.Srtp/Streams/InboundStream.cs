namespace Bisque.Srtp.Streams;

/// <summary>What is kept of an SSRC that is received. A link of the list that <see cref="InboundStreams"/> orders by last use.</summary>
internal sealed class InboundStream(uint ssrc)
{
    /// <summary>State of its RTP packets; a field, since it is a mutable struct.</summary>
    public InboundRtp Rtp;

    /// <summary>Replay window over the explicit indices of its RTCP packets.</summary>
    public ReplayWindow Rtcp;

    public uint Ssrc { get; } = ssrc;

    public InboundStream? Newer { get; set; }

    public InboundStream? Older { get; set; }
}
