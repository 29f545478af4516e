namespace Bisque.Dtls.Crypto;

/// <summary>The groups for key exchange (RFC 8422 section 5.1.1).</summary>
internal enum NamedGroup : ushort
{
    Secp256r1 = 23,
    Secp384r1 = 24,
    X25519 = 29,
}
