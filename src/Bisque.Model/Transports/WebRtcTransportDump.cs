namespace Bisque.Model;

/// <summary>A WebRTC transport as it stands.</summary>
public sealed record WebRtcTransportDump
{
    /// <summary>What all transports have in common.</summary>
    public required TransportDump Base { get; init; }

    /// <summary>The ICE role.</summary>
    public IceRole IceRole { get; init; }

    /// <summary>The ICE credentials.</summary>
    public required IceParameters IceParameters { get; init; }

    /// <summary>The ICE candidates.</summary>
    public required IReadOnlyList<IceCandidate> IceCandidates { get; init; }

    /// <summary>The ICE state.</summary>
    public IceState IceState { get; init; }

    /// <summary>The addresses in use, once there are.</summary>
    public TransportTuple? IceSelectedTuple { get; init; }

    /// <summary>The worker's DTLS parameters.</summary>
    public required DtlsParameters DtlsParameters { get; init; }

    /// <summary>The DTLS state.</summary>
    public DtlsState DtlsState { get; init; }
}
