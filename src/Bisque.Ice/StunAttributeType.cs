namespace Bisque.Ice;

/// <summary>The STUN attributes that the parser knows (RFC 8489 section 18.3, RFC 8445 section 16.1). All others are skipped.</summary>
public enum StunAttributeType : ushort
{
    /// <summary>USERNAME: both username fragments, the receiver's first, with a colon between.</summary>
    Username = 0x0006,

    /// <summary>MESSAGE-INTEGRITY: HMAC-SHA1 of what comes before it.</summary>
    MessageIntegrity = 0x0008,

    /// <summary>ERROR-CODE.</summary>
    ErrorCode = 0x0009,

    /// <summary>UNKNOWN-ATTRIBUTES.</summary>
    UnknownAttributes = 0x000A,

    /// <summary>REALM.</summary>
    Realm = 0x0014,

    /// <summary>NONCE.</summary>
    Nonce = 0x0015,

    /// <summary>XOR-MAPPED-ADDRESS.</summary>
    XorMappedAddress = 0x0020,

    /// <summary>PRIORITY that the pair would have (RFC 8445 section 7.1.1).</summary>
    Priority = 0x0024,

    /// <summary>USE-CANDIDATE: the controlling agent nominates this pair (RFC 8445 section 7.1.2).</summary>
    UseCandidate = 0x0025,

    /// <summary>NOMINATION: a counter by which the controlling agent nominates again (draft-thatcher-ice-renomination-01).</summary>
    Nomination = 0x0030,

    /// <summary>NOMINATION under the number that libwebrtc gave it first.</summary>
    NominationOld = 0xC001,

    /// <summary>SOFTWARE.</summary>
    Software = 0x8022,

    /// <summary>FINGERPRINT: CRC-32 of what comes before it, always last (RFC 8489 section 14.7).</summary>
    Fingerprint = 0x8028,

    /// <summary>ICE-CONTROLLED with the sender's tie-breaker.</summary>
    IceControlled = 0x8029,

    /// <summary>ICE-CONTROLLING with the sender's tie-breaker.</summary>
    IceControlling = 0x802A,
}
