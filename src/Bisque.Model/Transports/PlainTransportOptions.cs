namespace Bisque.Model;

/// <summary>Options of a plain RTP transport.</summary>
public sealed record PlainTransportOptions
{
    /// <summary>What all transports have in common.</summary>
    public required TransportOptions Base { get; init; }

    /// <summary>Where RTP is received.</summary>
    public required ListenInfo ListenInfo { get; init; }

    /// <summary>Where RTCP is received when it is not multiplexed with RTP.</summary>
    public ListenInfo? RtcpListenInfo { get; init; }

    /// <summary>Whether RTCP shares the port of RTP (RFC 5761).</summary>
    public bool RtcpMux { get; init; }

    /// <summary>Whether the remote address is learned from its first packet.</summary>
    public bool Comedia { get; init; }

    /// <summary>Whether SRTP is used.</summary>
    public bool EnableSrtp { get; init; }

    /// <summary>The SRTP suite.</summary>
    public SrtpCryptoSuite? SrtpCryptoSuite { get; init; }
}
