namespace Bisque.Dtls.Handshake;

/// <summary>The hello extensions that matter here (IANA TLS ExtensionType Values).</summary>
internal enum HelloExtension : ushort
{
    /// <summary>RFC 8422 section 5.1.1.</summary>
    SupportedGroups = 10,

    /// <summary>RFC 8422 section 5.1.2.</summary>
    EcPointFormats = 11,

    /// <summary>RFC 5246 section 7.4.1.4.1.</summary>
    SignatureAlgorithms = 13,

    /// <summary>RFC 5764 section 4.1.1.</summary>
    UseSrtp = 14,

    /// <summary>RFC 7627 section 5.1.</summary>
    ExtendedMasterSecret = 23,

    /// <summary>RFC 5746 section 3.2.</summary>
    RenegotiationInfo = 0xff01,
}
