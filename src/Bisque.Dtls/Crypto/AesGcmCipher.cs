using System.Security.Cryptography;

namespace Bisque.Dtls.Crypto;

/// <summary>AES-GCM of the framework.</summary>
internal sealed class AesGcmCipher(ReadOnlySpan<byte> key) : AeadCipher
{
    private readonly AesGcm _cipher = new(key, TagLength);

    public override void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> additionalData) =>
        _cipher.Encrypt(nonce, plaintext, ciphertext, tag, additionalData);

    public override void Dispose() => _cipher.Dispose();
}
