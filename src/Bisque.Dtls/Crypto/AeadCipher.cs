using System.Security.Cryptography;

namespace Bisque.Dtls.Crypto;

/// <summary>
/// An AEAD cipher under one key. Opening never throws: both ciphers are stream ciphers, so sealing the ciphertext gives the
/// plaintext, and sealing that gives the tag to compare. It costs a second pass (1 µs for 1,200 bytes), but a flood of forged
/// records then costs no exceptions and no garbage.
/// </summary>
internal abstract class AeadCipher : IDisposable
{
    /// <summary>Bytes of authentication tag.</summary>
    public const int TagLength = 16;

    /// <summary>The framework's cipher where the platform has it, otherwise BouncyCastle's.</summary>
    public static AeadCipher Create(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) => algorithm switch
    {
        AeadAlgorithm.Aes128Gcm when AesGcm.IsSupported => new AesGcmCipher(key),
        AeadAlgorithm.ChaCha20Poly1305 when ChaCha20Poly1305.IsSupported => new ChaCha20Poly1305Cipher(key),
        _ => new BouncyCastleAeadCipher(algorithm, key),
    };

    /// <summary>Encrypts and authenticates.</summary>
    public abstract void Seal(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> additionalData);

    /// <summary>Decrypts when the tag is right; otherwise returns false and leaves nothing in <paramref name="plaintext"/>.</summary>
    public bool TryOpen(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> additionalData)
    {
        const int OnStack = 2048;
        Span<byte> expectedTag = stackalloc byte[TagLength];
        Span<byte> again = ciphertext.Length <= OnStack ? stackalloc byte[OnStack] : new byte[ciphertext.Length];
        Seal(nonce, ciphertext, plaintext, expectedTag, additionalData);
        Seal(nonce, plaintext, again[..ciphertext.Length], expectedTag, additionalData);
        if (CryptographicOperations.FixedTimeEquals(expectedTag, tag))
        {
            return true;
        }

        plaintext.Clear();
        return false;
    }

    public abstract void Dispose();
}
