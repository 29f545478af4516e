namespace Bisque.Dtls.Crypto;

/// <summary>A hash and a signature algorithm (RFC 5246 section 7.4.1.4.1). SHA-1 is not among them, as in OpenSSL 3 at its default level.</summary>
internal enum SignatureScheme : ushort
{
    RsaSha256 = 0x0401,
    EcdsaSha256 = 0x0403,
    RsaSha384 = 0x0501,
    EcdsaSha384 = 0x0503,
    RsaSha512 = 0x0601,
    EcdsaSha512 = 0x0603,
}
