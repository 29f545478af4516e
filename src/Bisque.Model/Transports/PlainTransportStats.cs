namespace Bisque.Model;

/// <summary>Statistics of a plain transport.</summary>
public sealed record PlainTransportStats
{
    /// <summary>What all transports have in common.</summary>
    public required TransportStats Base { get; init; }

    /// <summary>Whether RTCP shares the port of RTP.</summary>
    public bool RtcpMux { get; init; }

    /// <summary>Whether the remote address is learned from its first packet.</summary>
    public bool Comedia { get; init; }

    /// <summary>The addresses of RTP.</summary>
    public required TransportTuple Tuple { get; init; }

    /// <summary>The addresses of RTCP when it has its own port.</summary>
    public TransportTuple? RtcpTuple { get; init; }
}
