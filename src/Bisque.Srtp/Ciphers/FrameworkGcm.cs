using System.Security.Cryptography;

namespace Bisque.Srtp.Ciphers;

/// <summary>The framework's AES-GCM, for machines without the instructions that <see cref="HardwareGcm"/> needs.</summary>
internal sealed class FrameworkGcm(ReadOnlySpan<byte> key) : GcmCipher
{
    private const int UsualPacketLength = 2048;

    private readonly AesGcm _gcm = new(key, TagLength);
    private readonly FrameworkCounterMode _cipher = new(key);
    private byte[] _opened = new byte[UsualPacketLength];
    private byte[] _sealedAgain = new byte[UsualPacketLength];

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

    /// <summary>
    /// The framework's own decryption throws for a wrong tag, which a peer could make a worker do all day. So the tag is found by
    /// sealing the decrypted bytes again.
    /// </summary>
    public override bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> ciphertext, ReadOnlySpan<byte> tag)
    {
        if (_opened.Length < ciphertext.Length)
        {
            _opened = new byte[ciphertext.Length];
            _sealedAgain = new byte[ciphertext.Length];
        }

        var opened = _opened.AsSpan(0, ciphertext.Length);
        _cipher.Transform(CounterMode.Advance(FirstBlock(nonce), 1), ciphertext, opened);
        Span<byte> expected = stackalloc byte[TagLength];
        _gcm.Encrypt(nonce, opened, _sealedAgain.AsSpan(0, ciphertext.Length), expected, associated);
        if (!CryptographicOperations.FixedTimeEquals(expected, tag))
        {
            return false;
        }

        opened.CopyTo(ciphertext);
        return true;
    }

    public override void Dispose()
    {
        _gcm.Dispose();
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_opened);
    }
}
