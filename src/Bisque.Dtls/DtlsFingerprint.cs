namespace Bisque.Dtls;

/// <summary>A certificate's hash as SDP writes it (RFC 8122 section 5).</summary>
/// <param name="Algorithm">The hash.</param>
/// <param name="Value">The hash as pairs of hexadecimal digits joined by colons. Ours are upper case; case does not matter when compared.</param>
public readonly record struct DtlsFingerprint(FingerprintAlgorithm Algorithm, string Value);
