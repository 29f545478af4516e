namespace Bisque.Model;

/// <summary>A plain transport as it stands.</summary>
public sealed record PlainTransportDump
{
    /// <summary>What all transports have in common.</summary>
    public required TransportDump Base { get; init; }

    /// <summary>Whether RTCP shares the port of RTP.</summary>
    public bool RtcpMux { get; init; }

    /// <summary>Whether the remote address is learned from its first packet.</summary>
    public bool Comedia { get; init; }

    /// <summary>The addresses of RTP.</summary>
    public required TransportTuple Tuple { get; init; }

    /// <summary>The addresses of RTCP when it has its own port.</summary>
    public TransportTuple? RtcpTuple { get; init; }

    /// <summary>The worker's SRTP key, with SRTP.</summary>
    public SrtpParameters? SrtpParameters { get; init; }
}
