namespace Bisque.Model;

/// <summary>The state of an SCTP association.</summary>
public enum SctpState : byte
{
    /// <summary>Not started.</summary>
    New,

    /// <summary>The handshake runs.</summary>
    Connecting,

    /// <summary>Messages flow.</summary>
    Connected,

    /// <summary>The handshake failed.</summary>
    Failed,

    /// <summary>Closed by either side.</summary>
    Closed,
}
