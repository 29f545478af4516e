namespace Bisque.Dtls;

/// <summary>Which side of the handshake an endpoint plays (RFC 8842 section 5.2: the active side of a=setup is the client).</summary>
public enum DtlsRole
{
    /// <summary>Sends the first ClientHello.</summary>
    Client,

    /// <summary>Waits for a ClientHello.</summary>
    Server,
}
