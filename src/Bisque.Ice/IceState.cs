namespace Bisque.Ice;

/// <summary>How far the connection with the remote agent has come. The names are those of mediasoup's IceState.</summary>
public enum IceState
{
    /// <summary>No valid connectivity check has arrived yet.</summary>
    New,

    /// <summary>There is a tuple to send to, but the peer has not nominated one.</summary>
    Connected,

    /// <summary>The peer has nominated a tuple.</summary>
    Completed,

    /// <summary>All tuples are gone, or consent expired. The next valid check brings the connection back.</summary>
    Disconnected,
}
