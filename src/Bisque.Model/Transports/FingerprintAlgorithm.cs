namespace Bisque.Model;

/// <summary>The hash functions of certificate fingerprints (RFC 8122).</summary>
public enum FingerprintAlgorithm : byte
{
    /// <summary>SHA-1.</summary>
    Sha1,

    /// <summary>SHA-224.</summary>
    Sha224,

    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-384.</summary>
    Sha384,

    /// <summary>SHA-512.</summary>
    Sha512,
}
