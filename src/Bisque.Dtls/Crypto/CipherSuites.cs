namespace Bisque.Dtls.Crypto;

/// <summary>The suites' order of preference and their parameters.</summary>
internal static class CipherSuites
{
    /// <summary>
    /// TLS_EMPTY_RENEGOTIATION_INFO_SCSV (RFC 5746 section 3.3): not a suite, but the statement that renegotiation is secure.
    /// </summary>
    public const ushort EmptyRenegotiationInfo = 0x00ff;

    /// <summary>From the most to the least preferred.</summary>
    public static ReadOnlySpan<CipherSuite> InOrderOfPreference =>
    [
        CipherSuite.EcdheEcdsaChaCha20Poly1305Sha256,
        CipherSuite.EcdheRsaChaCha20Poly1305Sha256,
        CipherSuite.EcdheEcdsaAes128GcmSha256,
        CipherSuite.EcdheRsaAes128GcmSha256,
    ];

    /// <summary>Whether <paramref name="suite"/> is one of ours.</summary>
    public static bool IsKnown(CipherSuite suite) => InOrderOfPreference.Contains(suite);

    /// <summary>The kind of key that signs the server's parameters.</summary>
    public static KeyKind KeyKind(this CipherSuite suite) =>
        suite is CipherSuite.EcdheEcdsaAes128GcmSha256 or CipherSuite.EcdheEcdsaChaCha20Poly1305Sha256 ? Crypto.KeyKind.Ecdsa : Crypto.KeyKind.Rsa;

    /// <summary>The record cipher.</summary>
    public static AeadAlgorithm Aead(this CipherSuite suite) =>
        suite is CipherSuite.EcdheEcdsaAes128GcmSha256 or CipherSuite.EcdheRsaAes128GcmSha256 ? AeadAlgorithm.Aes128Gcm : AeadAlgorithm.ChaCha20Poly1305;

    /// <summary>Bytes of key for one direction.</summary>
    public static int KeyLength(this CipherSuite suite) => suite.Aead() == AeadAlgorithm.Aes128Gcm ? 16 : 32;

    /// <summary>Bytes of the nonce that come from the key block.</summary>
    public static int FixedNonceLength(this CipherSuite suite) => suite.Aead() == AeadAlgorithm.Aes128Gcm ? 4 : 12;

    /// <summary>Bytes of the nonce that each record carries.</summary>
    public static int ExplicitNonceLength(this CipherSuite suite) => suite.Aead() == AeadAlgorithm.Aes128Gcm ? 8 : 0;
}
