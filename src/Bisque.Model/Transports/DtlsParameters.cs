namespace Bisque.Model;

/// <summary>Certificate fingerprints and the role in the DTLS handshake.</summary>
public sealed record DtlsParameters
{
    /// <summary>Fingerprints of the certificate.</summary>
    public required IReadOnlyList<Fingerprint> Fingerprints { get; init; }

    /// <summary>The role.</summary>
    public DtlsRole Role { get; init; }
}

/// <summary>A certificate's fingerprint (RFC 8122 section 5).</summary>
public sealed record Fingerprint
{
    /// <summary>The hash function.</summary>
    public FingerprintAlgorithm Algorithm { get; init; }

    /// <summary>Upper case hexadecimal bytes with colons between.</summary>
    public required string Value { get; init; }
}
