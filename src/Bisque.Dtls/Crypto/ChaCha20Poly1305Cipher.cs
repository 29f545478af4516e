using System.Security.Cryptography;

namespace Bisque.Dtls.Crypto;

/// <summary>ChaCha20-Poly1305 of the framework (RFC 8439).</summary>
internal sealed class ChaCha20Poly1305Cipher(ReadOnlySpan<byte> key) : AeadCipher
{
    private readonly ChaCha20Poly1305 _cipher = new(key);

    public override void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> additionalData) =>
        _cipher.Encrypt(nonce, plaintext, ciphertext, tag, additionalData);

    public override void Dispose() => _cipher.Dispose();
}
