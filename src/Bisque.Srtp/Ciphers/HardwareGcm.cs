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
}
