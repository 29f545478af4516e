using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace Bisque.Dtls.Crypto;

/// <summary>Either cipher of BouncyCastle, for platforms whose framework lacks it. Allocates on every call.</summary>
internal sealed class BouncyCastleAeadCipher(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) : AeadCipher
{
    private readonly KeyParameter _key = new(key);

    public override void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> additionalData)
    {
        IAeadCipher cipher = algorithm == AeadAlgorithm.Aes128Gcm ? new GcmBlockCipher(new AesEngine()) : new ChaCha20Poly1305();
        cipher.Init(true, new AeadParameters(_key, TagLength * 8, nonce.ToArray(), additionalData.ToArray()));
        var sealedBytes = new byte[plaintext.Length + TagLength];
        var written = cipher.ProcessBytes(plaintext, sealedBytes);
        cipher.DoFinal(sealedBytes.AsSpan(written));
        sealedBytes.AsSpan(0, plaintext.Length).CopyTo(ciphertext);
        sealedBytes.AsSpan(plaintext.Length).CopyTo(tag);
    }

    public override void Dispose()
    {
    }
}
