namespace Bisque.Sctp.Send;

/// <summary>How far an outgoing stream is on the way to begin anew (RFC 6525).</summary>
internal enum ResetPhase
{
    /// <summary>No reset is wanted.</summary>
    None,

    /// <summary>What was queued before the reset was wanted is still being sent.</summary>
    Draining,

    /// <summary>All of it has been sent: the peer can be asked. What was queued since waits.</summary>
    Ready,

    /// <summary>The peer has been asked.</summary>
    Asked,
}
