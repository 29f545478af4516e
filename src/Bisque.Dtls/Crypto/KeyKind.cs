namespace Bisque.Dtls.Crypto;

/// <summary>What a certificate's key signs with. The values are those of SignatureAlgorithm (RFC 5246 section 7.4.1.4.1).</summary>
internal enum KeyKind : byte
{
    Rsa = 1,
    Ecdsa = 3,
}
