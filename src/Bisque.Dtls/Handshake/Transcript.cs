using System.Security.Cryptography;

namespace Bisque.Dtls.Handshake;

/// <summary>
/// All handshake messages so far, each with the header that it would have unfragmented (RFC 6347 section 4.2.6). Kept as bytes and not
/// as a running hash, because signatures may be over any hash.
/// </summary>
internal sealed class Transcript
{
    private byte[] _bytes = new byte[2048];
    private int _length;
    private int _lastMessage;

    /// <summary>Everything appended.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Everything but the last message: what a Finished or a CertificateVerify covers.</summary>
    public ReadOnlySpan<byte> BeforeLastMessage => _bytes.AsSpan(0, _lastMessage);

    public void Append(in HandshakeMessage message)
    {
        var size = HandshakeFragment.HeaderLength + message.Body.Length;
        if (_length + size > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + size, 2 * _bytes.Length));
        }

        _lastMessage = _length;
        HandshakeFragment.WriteHeader(_bytes.AsSpan(_length), message, 0, message.Body.Length);
        message.Body.CopyTo(_bytes, _length + HandshakeFragment.HeaderLength);
        _length += size;
    }

    /// <summary>The SHA-256 hash of <see cref="Bytes"/>.</summary>
    public byte[] Hash() => SHA256.HashData(Bytes);

    /// <summary>The SHA-256 hash of <see cref="BeforeLastMessage"/>.</summary>
    public byte[] HashBeforeLastMessage() => SHA256.HashData(BeforeLastMessage);

    /// <summary>Forgets everything and its memory.</summary>
    public void Clear()
    {
        _bytes = [];
        _length = _lastMessage = 0;
    }
}
