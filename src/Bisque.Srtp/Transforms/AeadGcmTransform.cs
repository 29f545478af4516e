using System.Buffers.Binary;
using System.Security.Cryptography;
using Bisque.Srtp.Ciphers;
using Bisque.Srtp.Packets;

namespace Bisque.Srtp.Transforms;

/// <summary>AES-GCM for SRTP and SRTCP (RFC 7714).</summary>
internal sealed class AeadGcmTransform : SrtpTransform
{
    private const int TagLength = GcmCipher.TagLength;

    private readonly Keys _rtp;
    private readonly Keys _rtcp;

    public AeadGcmTransform(KeyDerivation derivation, int keyLength)
    {
        Span<byte> key = stackalloc byte[keyLength];
        Span<byte> salt = stackalloc byte[GcmCipher.NonceLength];
        derivation.Derive(KeyLabel.RtpEncryption, key);
        derivation.Derive(KeyLabel.RtpSalt, salt);
        _rtp = new Keys(key, salt);
        derivation.Derive(KeyLabel.RtcpEncryption, key);
        derivation.Derive(KeyLabel.RtcpSalt, salt);
        _rtcp = new Keys(key, salt);
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Takes one session key for SRTP and SRTCP alike, as the vectors of RFC 7714 sections 16 and 17 state it.</summary>
    internal AeadGcmTransform(ReadOnlySpan<byte> sessionKey, ReadOnlySpan<byte> sessionSalt)
    {
        _rtp = new Keys(sessionKey, sessionSalt);
        _rtcp = new Keys(sessionKey, sessionSalt);
    }

    public override int RtpTagLength => TagLength;

    public override int RtcpTagLength => TagLength;

    public override bool RtcpIndexIsLast => true;

    public override void ProtectRtp(uint ssrc, ulong index, in RtpPlaintext plaintext, Span<byte> destination)
    {
        var header = plaintext.Header;
        header.CopyTo(destination);
        Span<byte> nonce = stackalloc byte[GcmCipher.NonceLength];
        _rtp.WriteNonce(ssrc, index, nonce);
        var ciphertext = destination[header.Length..plaintext.Length];
        _rtp.Cipher.Seal(nonce, header, plaintext.Prefix, plaintext.Body, ciphertext, destination[plaintext.Length..]);
    }

    public override bool UnprotectRtp(uint ssrc, ulong index, Span<byte> packet, int headerLength)
    {
        Span<byte> nonce = stackalloc byte[GcmCipher.NonceLength];
        _rtp.WriteNonce(ssrc, index, nonce);
        return _rtp.Cipher.TryOpen(nonce, packet[..headerLength], packet[headerLength..^TagLength], packet[^TagLength..]);
    }

    public override void ProtectRtcp(uint ssrc, uint index, ReadOnlySpan<byte> packet, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[GcmCipher.NonceLength];
        _rtcp.WriteNonce(ssrc, index, nonce);
        var word = SrtcpTrailer.EncryptedFlag | index;
        Span<byte> associated = stackalloc byte[SrtcpTrailer.HeaderLength + SrtpProfileExtensions.SrtcpIndexLength];
        WriteAssociatedData(packet, word, associated);

        packet[..SrtcpTrailer.HeaderLength].CopyTo(destination);
        _rtcp.Cipher.Seal(
            nonce,
            associated,
            [],
            packet[SrtcpTrailer.HeaderLength..],
            destination[SrtcpTrailer.HeaderLength..packet.Length],
            destination.Slice(packet.Length, TagLength));
        BinaryPrimitives.WriteUInt32BigEndian(destination[(packet.Length + TagLength)..], word);
    }

    public override bool UnprotectRtcp(in SrtcpTrailer trailer, Span<byte> packet)
    {
        Span<byte> nonce = stackalloc byte[GcmCipher.NonceLength];
        _rtcp.WriteNonce(trailer.Ssrc, trailer.Index, nonce);
        var tag = packet.Slice(trailer.PacketLength, TagLength);
        if (!trailer.IsEncrypted)
        {
            return IsTagged(nonce, trailer, packet, tag);
        }

        Span<byte> associated = stackalloc byte[SrtcpTrailer.HeaderLength + SrtpProfileExtensions.SrtcpIndexLength];
        WriteAssociatedData(packet, trailer.IndexWord, associated);
        return _rtcp.Cipher.TryOpen(nonce, associated, packet[SrtcpTrailer.HeaderLength..trailer.PacketLength], tag);
    }

    public override void Dispose()
    {
        _rtp.Cipher.Dispose();
        _rtcp.Cipher.Dispose();
    }

    /// <summary>First eight bytes of the packet, then the ESRTCP word (RFC 7714 section 9.2).</summary>
    private static void WriteAssociatedData(ReadOnlySpan<byte> packet, uint word, Span<byte> associated)
    {
        packet[..SrtcpTrailer.HeaderLength].CopyTo(associated);
        BinaryPrimitives.WriteUInt32BigEndian(associated[SrtcpTrailer.HeaderLength..], word);
    }

    /// <summary>
    /// Without encryption the whole packet and the ESRTCP word are associated data (RFC 7714 section 9.3), but on the wire the tag
    /// stands between them: the word takes its place while the tag is computed.
    /// </summary>
    private bool IsTagged(ReadOnlySpan<byte> nonce, in SrtcpTrailer trailer, Span<byte> packet, Span<byte> tag)
    {
        Span<byte> received = stackalloc byte[TagLength];
        tag.CopyTo(received);
        BinaryPrimitives.WriteUInt32BigEndian(tag, trailer.IndexWord);
        var authentic = _rtcp.Cipher.TryOpen(nonce, packet[..(trailer.PacketLength + SrtpProfileExtensions.SrtcpIndexLength)], [], received);
        received.CopyTo(tag);
        return authentic;
    }

    /// <summary>The session key and salt of SRTP or of SRTCP.</summary>
    private sealed class Keys(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        private readonly ulong _saltStart = BinaryPrimitives.ReadUInt64BigEndian(salt);
        private readonly uint _saltEnd = BinaryPrimitives.ReadUInt32BigEndian(salt[8..]);

        public GcmCipher Cipher { get; } = GcmCipher.Create(key);

        /// <summary>
        /// 16 zero bits, SSRC, 48-bit index, all under the salt (RFC 7714 section 8.1). The 31-bit SRTCP index makes the same
        /// layout (section 9.1), its upper 17 bits being zero.
        /// </summary>
        public void WriteNonce(uint ssrc, ulong index, Span<byte> nonce)
        {
            BinaryPrimitives.WriteUInt64BigEndian(nonce, _saltStart ^ ((ulong)ssrc << 16) ^ (index >> 32));
            BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], _saltEnd ^ (uint)index);
        }
    }
}
