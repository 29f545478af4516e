namespace Bisque.Model;

/// <summary>Gives a WebRTC transport the remote side's DTLS parameters.</summary>
public sealed record WebRtcTransportConnectRequest
{
    /// <summary>The remote side's fingerprints and role.</summary>
    public required DtlsParameters DtlsParameters { get; init; }
}

/// <summary>Answers <see cref="WebRtcTransportConnectRequest"/>.</summary>
public sealed record WebRtcTransportConnectResponse
{
    /// <summary>The role that the worker takes.</summary>
    public DtlsRole DtlsLocalRole { get; init; }
}
