namespace Bisque.Sctp.Packets;

/// <summary>
/// The kinds of chunks. Of one that is not known the highest bit says whether to go on with the packet (1) or drop the rest of it (0),
/// the next one whether to report it (RFC 9260 section 3.2).
/// </summary>
internal enum ChunkType : byte
{
    Data = 0,
    Init = 1,
    InitAck = 2,
    Sack = 3,
    Heartbeat = 4,
    HeartbeatAck = 5,
    Abort = 6,
    Shutdown = 7,
    ShutdownAck = 8,
    Error = 9,
    CookieEcho = 10,
    CookieAck = 11,
    ShutdownComplete = 14,

    /// <summary>RFC 8260 section 2.1.</summary>
    IData = 64,

    /// <summary>RFC 6525 section 3.1.</summary>
    ReConfig = 130,

    /// <summary>RFC 3758 section 3.2.</summary>
    ForwardTsn = 192,

    /// <summary>RFC 8260 section 2.3.1.</summary>
    IForwardTsn = 194,
}
