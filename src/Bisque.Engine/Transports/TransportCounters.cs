using Bisque.Engine.Streams;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>What passed through a transport, in both directions, and what had to be dropped.</summary>
internal sealed class TransportCounters
{
    /// <summary>All bytes of all protocols, as UDP payload.</summary>
    public RateCalculator Received { get; } = new();

    public RateCalculator Sent { get; } = new();

    /// <summary>RTP of the producers' media streams, duplicates included.</summary>
    public RtpDataCounter RtpReceived { get; } = new();

    public RtpDataCounter RtpSent { get; } = new();

    /// <summary>RTP of the producers' retransmission streams, with what repaired nothing.</summary>
    public RtpDataCounter RtxReceived { get; } = new(windowMilliseconds: 1000);

    public RtpDataCounter RtxSent { get; } = new(windowMilliseconds: 1000);

    /// <summary>Datagrams of no protocol that the transport speaks.</summary>
    public long UnknownPackets { get; set; }

    /// <summary>Packets that claimed a protocol and were not well-formed.</summary>
    public long MalformedPackets { get; set; }

    /// <summary>Packets that were handed in and are longer than any may be.</summary>
    public long OversizePackets { get; set; }

    /// <summary>Packets that came before the transport could take them, or from somebody it does not listen to.</summary>
    public long UnexpectedPackets { get; set; }

    /// <summary>SRTP and SRTCP packets that could not be authenticated, or came twice.</summary>
    public long UnprotectFailures { get; set; }

    /// <summary>Outgoing packets that could not be encrypted.</summary>
    public long ProtectFailures { get; set; }

    /// <summary>RTP packets that belong to no producer.</summary>
    public long UnroutedPackets { get; set; }

    public DroppedPackets GetDropped() => new()
    {
        Unknown = UnknownPackets,
        Malformed = MalformedPackets,
        Oversize = OversizePackets,
        Unexpected = UnexpectedPackets,
        NotAuthenticated = UnprotectFailures,
        NoProducer = UnroutedPackets,
        NotEncrypted = ProtectFailures,
    };

    public void OnReceived(int bytes, MonotonicTime now) => Received.Update(bytes, now);

    public void OnSent(int bytes, MonotonicTime now) => Sent.Update(bytes, now);
}
