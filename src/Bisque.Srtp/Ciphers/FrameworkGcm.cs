using System.Security.Cryptography;

namespace Bisque.Srtp.Ciphers;

/// <summary>The framework's AES-GCM, for machines without the instructions that <see cref="HardwareGcm"/> needs.</summary>
internal sealed class FrameworkGcm(ReadOnlySpan<byte> key) : GcmCipher
{
    private readonly AesGcm _gcm = new(key, TagLength);
    private byte[] _opened = new byte[2048];

    public override void Seal(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associated,
        ReadOnlySpan<byte> prefix,
        ReadOnlySpan<byte> body,
        Span<byte> ciphertext,
        Span<byte> tag)
    {
        if (prefix.Length == 0)
        {
            _gcm.Encrypt(nonce, body, ciphertext, tag, associated);
            return;
        }

        prefix.CopyTo(ciphertext);
        body.CopyTo(ciphertext[prefix.Length..]);
        _gcm.Encrypt(nonce, ciphertext, ciphertext, tag, associated);
    }

    public override bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> ciphertext, ReadOnlySpan<byte> tag)
    {
        // Not in place: the framework clears its output when the tag does not fit, and a forged packet is to stay as it was.
        if (_opened.Length < ciphertext.Length)
        {
            _opened = new byte[ciphertext.Length];
        }

        var opened = _opened.AsSpan(0, ciphertext.Length);
        try
        {
            _gcm.Decrypt(nonce, ciphertext, tag, opened, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        opened.CopyTo(ciphertext);
        return true;
    }

    public override void Dispose()
    {
        _gcm.Dispose();
        CryptographicOperations.ZeroMemory(_opened);
    }
}
