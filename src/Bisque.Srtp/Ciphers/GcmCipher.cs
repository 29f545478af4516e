using System.Runtime.Intrinsics;

namespace Bisque.Srtp.Ciphers;

/// <summary>AES-GCM under one key, with 96-bit nonces and 128-bit tags (NIST SP 800-38D).</summary>
internal abstract class GcmCipher : IDisposable
{
    public const int NonceLength = 12;
    public const int TagLength = 16;

    /// <summary>The fastest implementation on this machine for a key of 16 or 32 bytes.</summary>
    public static GcmCipher Create(ReadOnlySpan<byte> key) =>
        HardwareGcm.IsSupported ? new HardwareGcm(key) : new FrameworkGcm(key);

    /// <summary>
    /// Encrypts <paramref name="prefix"/> and <paramref name="body"/> as one plaintext to <paramref name="ciphertext"/>, which has
    /// their length together, and writes the tag over it and <paramref name="associated"/>.
    /// </summary>
    public abstract void Seal(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> prefix,
        ReadOnlySpan<byte> body,
        Span<byte> ciphertext,
        Span<byte> tag);

    /// <summary>Decrypts in place. False, with the ciphertext as it was, when the tag does not fit.</summary>
    public abstract bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> ciphertext, ReadOnlySpan<byte> tag);

    public abstract void Dispose();

    /// <summary>The nonce with a counter of 1, which encrypts the tag; the data starts at 2 (SP 800-38D section 7.1).</summary>
    protected static Vector128<byte> FirstBlock(ReadOnlySpan<byte> nonce)
    {
        Span<byte> block = stackalloc byte[CounterMode.BlockLength];
        nonce[..NonceLength].CopyTo(block);
        block[12] = 0;
        block[13] = 0;
        block[14] = 0;
        block[15] = 1;
        return Vector128.Create<byte>(block);
    }
}
