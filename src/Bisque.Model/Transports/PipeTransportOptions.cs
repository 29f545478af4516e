namespace Bisque.Model;

/// <summary>Options of a transport between two routers.</summary>
public sealed record PipeTransportOptions
{
    /// <summary>What all transports have in common.</summary>
    public required TransportOptions Base { get; init; }

    /// <summary>Where it listens.</summary>
    public required ListenInfo ListenInfo { get; init; }

    /// <summary>Whether retransmission is used.</summary>
    public bool EnableRtx { get; init; }

    /// <summary>Whether SRTP is used.</summary>
    public bool EnableSrtp { get; init; }
}
