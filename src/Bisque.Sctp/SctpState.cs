namespace Bisque.Sctp;

/// <summary>Where an association is in its life. It never goes back to <see cref="New"/>.</summary>
public enum SctpState
{
    /// <summary>Nothing has been sent or received.</summary>
    New,

    /// <summary>The handshake is under way: COOKIE-WAIT or COOKIE-ECHOED.</summary>
    Connecting,

    /// <summary>ESTABLISHED: messages flow both ways.</summary>
    Connected,

    /// <summary>A shutdown was asked for by either side: what is queued is still sent, nothing new is taken.</summary>
    ShuttingDown,

    /// <summary>Ended after it had been connected: shut down, aborted by either side, or given up.</summary>
    Closed,

    /// <summary>Ended before it was connected.</summary>
    Failed,
}
