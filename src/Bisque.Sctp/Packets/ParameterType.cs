namespace Bisque.Sctp.Packets;

/// <summary>
/// The kinds of parameters in INIT, INIT-ACK, HEARTBEAT and RE-CONFIG. Of one that is not known the highest bit says whether to go on
/// with the chunk (1) or stop (0), the next one whether to report it (RFC 9260 section 3.2.1).
/// </summary>
internal enum ParameterType : ushort
{
    HeartbeatInfo = 1,
    Ipv4Address = 5,
    Ipv6Address = 6,
    StateCookie = 7,
    UnrecognizedParameter = 8,
    CookiePreservative = 9,
    HostNameAddress = 11,
    SupportedAddressTypes = 12,

    /// <summary>RFC 6525 section 4.1.</summary>
    OutgoingSsnResetRequest = 13,

    /// <summary>RFC 6525 section 4.2.</summary>
    IncomingSsnResetRequest = 14,

    /// <summary>RFC 6525 section 4.3.</summary>
    SsnTsnResetRequest = 15,

    /// <summary>RFC 6525 section 4.4.</summary>
    ReConfigurationResponse = 16,

    /// <summary>RFC 6525 section 4.5.</summary>
    AddOutgoingStreamsRequest = 17,

    /// <summary>RFC 6525 section 4.6.</summary>
    AddIncomingStreamsRequest = 18,

    /// <summary>RFC 9653 section 4.</summary>
    ZeroChecksumAcceptable = 0x8001,

    /// <summary>RFC 5061 section 4.2.7.</summary>
    SupportedExtensions = 0x8008,

    /// <summary>RFC 3758 section 3.1.</summary>
    ForwardTsnSupported = 0xC000,
}
