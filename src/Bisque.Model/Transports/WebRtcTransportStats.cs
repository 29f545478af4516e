namespace Bisque.Model;

/// <summary>Statistics of a WebRTC transport.</summary>
public sealed record WebRtcTransportStats
{
    /// <summary>What all transports have in common.</summary>
    public required TransportStats Base { get; init; }

    /// <summary>The ICE role.</summary>
    public IceRole IceRole { get; init; }

    /// <summary>The ICE state.</summary>
    public IceState IceState { get; init; }

    /// <summary>The addresses in use, once there are.</summary>
    public TransportTuple? IceSelectedTuple { get; init; }

    /// <summary>The DTLS state.</summary>
    public DtlsState DtlsState { get; init; }
}
