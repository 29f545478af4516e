namespace Bisque.Model;

/// <summary>Options of a WebRTC transport.</summary>
public sealed record WebRtcTransportOptions
{
    /// <summary>What all transports have in common.</summary>
    public required TransportOptions Base { get; init; }

    /// <summary>Where it listens.</summary>
    public required WebRtcTransportListen Listen { get; init; }

    /// <summary>Whether UDP candidates are offered.</summary>
    public bool EnableUdp { get; init; } = true;

    /// <summary>Whether TCP candidates are offered.</summary>
    public bool EnableTcp { get; init; } = true;

    /// <summary>Whether UDP candidates rank higher.</summary>
    public bool PreferUdp { get; init; }

    /// <summary>Whether TCP candidates rank higher.</summary>
    public bool PreferTcp { get; init; }

    /// <summary>Seconds without a binding request until ICE counts as disconnected; 0 for never.</summary>
    public byte IceConsentTimeout { get; init; } = 30;
}
