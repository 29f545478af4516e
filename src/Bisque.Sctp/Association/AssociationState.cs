namespace Bisque.Sctp.Association;

/// <summary>The states of RFC 9260 section 4. The two before INIT is answered have no transmission control block.</summary>
internal enum AssociationState
{
    /// <summary>CLOSED, before anything happened.</summary>
    New,
    CookieWait,
    CookieEchoed,
    Established,
    ShutdownPending,
    ShutdownSent,
    ShutdownReceived,
    ShutdownAckSent,

    /// <summary>CLOSED, for good, after it had been connected.</summary>
    Closed,

    /// <summary>CLOSED, for good, without having been connected.</summary>
    Failed,
}
