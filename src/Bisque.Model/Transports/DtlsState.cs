namespace Bisque.Model;

/// <summary>The role in the DTLS handshake.</summary>
public enum DtlsRole : byte
{
    /// <summary>Whichever the other side leaves.</summary>
    Auto,

    /// <summary>The side that speaks first.</summary>
    Client,

    /// <summary>The side that answers.</summary>
    Server,
}

/// <summary>The state of DTLS.</summary>
public enum DtlsState : byte
{
    /// <summary>Not started.</summary>
    New,

    /// <summary>The handshake runs.</summary>
    Connecting,

    /// <summary>Keys are agreed and the fingerprint matched.</summary>
    Connected,

    /// <summary>The handshake failed.</summary>
    Failed,

    /// <summary>Closed by either side.</summary>
    Closed,
}
