using System.Runtime.Intrinsics;

namespace Bisque.Srtp.Ciphers;

/// <summary>AES-GCM on the x86 AES and carry-less multiplication instructions: two passes, and no exception for a forged packet.</summary>
internal sealed class HardwareGcm : GcmCipher
{
    private readonly HardwareCounterMode _cipher;
    private readonly GaloisHash _hash;

    public HardwareGcm(ReadOnlySpan<byte> key)
    {
        _cipher = new HardwareCounterMode(key);
        _hash = new GaloisHash(_cipher.EncryptBlock(Vector128<byte>.Zero));
    }

    public static bool IsSupported => HardwareCounterMode.IsSupported && GaloisHash.IsSupported;

    public override void Seal(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> prefix,
        ReadOnlySpan<byte> body,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        var first = FirstBlock(nonce);
        _cipher.Transform(CounterMode.Advance(first, 1), prefix, body, ciphertext);
        (_cipher.EncryptBlock(first) ^ _hash.Compute(associated, ciphertext)).CopyTo(tag);
    }

    public override bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> ciphertext, ReadOnlySpan<byte> tag)
    {
        var first = FirstBlock(nonce);
        var expected = _cipher.EncryptBlock(first) ^ _hash.Compute(associated, ciphertext);

        // Compared as a whole, so the time does not tell how many bytes were right.
        if (expected != Vector128.Create(tag))
        {
            return false;
        }

        _cipher.Transform(CounterMode.Advance(first, 1), ciphertext, ciphertext);
        return true;
    }

    public override void Dispose()
    {
        _cipher.Dispose();
        _hash.Dispose();
    }

    /// <summary>The nonce with a counter of 1, which encrypts the tag; the data starts at 2 (SP 800-38D section 7.1).</summary>
    private static Vector128<byte> FirstBlock(ReadOnlySpan<byte> nonce)
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
