namespace Bisque.Dtls.Crypto;

/// <summary>The cipher suites known here (RFC 7905 section 2, RFC 5289 section 3.2). All use the SHA-256 PRF.</summary>
internal enum CipherSuite : ushort
{
    EcdheEcdsaAes128GcmSha256 = 0xc02b,
    EcdheRsaAes128GcmSha256 = 0xc02f,
    EcdheRsaChaCha20Poly1305Sha256 = 0xcca8,
    EcdheEcdsaChaCha20Poly1305Sha256 = 0xcca9,
}
