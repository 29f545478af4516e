namespace Bisque.Dtls;

/// <summary>Where a <see cref="DtlsEndpoint"/> is in its life.</summary>
public enum DtlsState
{
    /// <summary>Not started.</summary>
    New,

    /// <summary>Started; the handshake is not complete, or the remote fingerprint is still to come.</summary>
    Connecting,

    /// <summary>The handshake is complete and the remote certificate is the announced one.</summary>
    Connected,

    /// <summary>The handshake or the peer failed: wrong fingerprint, no common parameters, a fatal alert, silence.</summary>
    Failed,

    /// <summary>Closed by a close_notify alert, the peer's or ours.</summary>
    Closed,
}
