namespace Bisque.Dtls;

/// <summary>The hash of a certificate fingerprint (RFC 8122 section 5).</summary>
public enum FingerprintAlgorithm
{
    /// <summary>sha-1, 20 bytes.</summary>
    Sha1,

    /// <summary>sha-224, 28 bytes.</summary>
    Sha224,

    /// <summary>sha-256, 32 bytes.</summary>
    Sha256,

    /// <summary>sha-384, 48 bytes.</summary>
    Sha384,

    /// <summary>sha-512, 64 bytes.</summary>
    Sha512,
}
