namespace Bisque.Srtp;

/// <summary>
/// Which way the packets of a session go. Each direction has a master key of its own: protecting under the key that the peer
/// protects with would repeat its key stream (RFC 3711 section 9.1).
/// </summary>
public enum SrtpDirection
{
    /// <summary>The session opens what the peer sent.</summary>
    Inbound,

    /// <summary>The session protects what is sent to the peer.</summary>
    Outbound,
}
