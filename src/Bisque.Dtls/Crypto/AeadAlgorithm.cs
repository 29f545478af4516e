namespace Bisque.Dtls.Crypto;

/// <summary>The ciphers that protect records.</summary>
internal enum AeadAlgorithm
{
    Aes128Gcm,
    ChaCha20Poly1305,
}
