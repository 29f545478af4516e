using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Bisque.Srtp.Ciphers;
using Bisque.Srtp.Packets;

namespace Bisque.Srtp.Transforms;

/// <summary>AES in counter mode with HMAC-SHA1, encrypt then authenticate (RFC 3711 sections 4.1.1 and 4.2.1).</summary>
internal sealed class AesCmTransform : SrtpTransform
{
    private const int KeyLength = 16;
    private const int SaltLength = 14;
    private const int AuthenticationKeyLength = 20;

    private readonly Keys _rtp;
    private readonly Keys _rtcp;

    public AesCmTransform(KeyDerivation derivation, int rtpTagLength)
    {
        RtpTagLength = rtpTagLength;
        _rtp = new Keys(derivation, KeyLabel.RtpEncryption, KeyLabel.RtpSalt, KeyLabel.RtpAuthentication);
        _rtcp = new Keys(derivation, KeyLabel.RtcpEncryption, KeyLabel.RtcpSalt, KeyLabel.RtcpAuthentication);
    }

    public override int RtpTagLength { get; }

    /// <summary>80 bits in both profiles (RFC 5764 section 4.1.2).</summary>
    public override int RtcpTagLength => 10;

    public override bool RtcpIndexIsLast => false;

    public override void ProtectRtp(uint ssrc, ulong index, in RtpPlaintext plaintext, Span<byte> destination)
    {
        var header = plaintext.Header;
        header.CopyTo(destination);
        _rtp.Cipher.Transform(_rtp.CounterBlock(ssrc, index), plaintext.Prefix, plaintext.Body, destination[header.Length..plaintext.Length]);

        Span<byte> tag = stackalloc byte[HMACSHA1.HashSizeInBytes];
        Authenticate(index, destination[..plaintext.Length], tag);
        tag[..RtpTagLength].CopyTo(destination[plaintext.Length..]);
    }

    public override bool UnprotectRtp(uint ssrc, ulong index, Span<byte> packet, int headerLength)
    {
        var authenticated = packet[..^RtpTagLength];
        Span<byte> tag = stackalloc byte[HMACSHA1.HashSizeInBytes];
        Authenticate(index, authenticated, tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..RtpTagLength], packet[authenticated.Length..]))
        {
            return false;
        }

        var payload = authenticated[headerLength..];
        _rtp.Cipher.Transform(_rtp.CounterBlock(ssrc, index), payload, payload);
        return true;
    }

    public override void ProtectRtcp(uint ssrc, uint index, ReadOnlySpan<byte> packet, Span<byte> destination)
    {
        packet[..SrtcpTrailer.HeaderLength].CopyTo(destination);
        _rtcp.Cipher.Transform(
            _rtcp.CounterBlock(ssrc, index),
            packet[SrtcpTrailer.HeaderLength..],
            destination[SrtcpTrailer.HeaderLength..packet.Length]);
        BinaryPrimitives.WriteUInt32BigEndian(destination[packet.Length..], SrtcpTrailer.EncryptedFlag | index);

        var authenticated = destination[..^RtcpTagLength];
        Span<byte> tag = stackalloc byte[HMACSHA1.HashSizeInBytes];
        _rtcp.Authentication.AppendData(authenticated);
        _rtcp.Authentication.GetHashAndReset(tag);
        tag[..RtcpTagLength].CopyTo(destination[authenticated.Length..]);
    }

    public override bool UnprotectRtcp(in SrtcpTrailer trailer, Span<byte> packet)
    {
        var authenticated = packet[..^RtcpTagLength];
        Span<byte> tag = stackalloc byte[HMACSHA1.HashSizeInBytes];
        _rtcp.Authentication.AppendData(authenticated);
        _rtcp.Authentication.GetHashAndReset(tag);
        if (!CryptographicOperations.FixedTimeEquals(tag[..RtcpTagLength], packet[authenticated.Length..]))
        {
            return false;
        }

        if (trailer.IsEncrypted)
        {
            var body = packet[SrtcpTrailer.HeaderLength..trailer.PacketLength];
            _rtcp.Cipher.Transform(_rtcp.CounterBlock(trailer.Ssrc, trailer.Index), body, body);
        }

        return true;
    }

    public override void Dispose()
    {
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    /// <summary>The tag covers the packet and then the rollover counter, which is not sent (RFC 3711 section 4.2).</summary>
    private void Authenticate(ulong index, ReadOnlySpan<byte> packet, Span<byte> tag)
    {
        Span<byte> rolloverCounter = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(rolloverCounter, (uint)(index >> 16));
        _rtp.Authentication.AppendData(packet);
        _rtp.Authentication.AppendData(rolloverCounter);
        _rtp.Authentication.GetHashAndReset(tag);
    }

    /// <summary>The session keys of SRTP or of SRTCP.</summary>
    private sealed class Keys : IDisposable
    {
        private readonly Vector128<byte> _salt;

        public Keys(KeyDerivation derivation, KeyLabel encryption, KeyLabel salt, KeyLabel authentication)
        {
            Span<byte> key = stackalloc byte[AuthenticationKeyLength];
            derivation.Derive(encryption, key[..KeyLength]);
            Cipher = CounterMode.Create(key[..KeyLength]);
            derivation.Derive(authentication, key);
            Authentication = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);
            CryptographicOperations.ZeroMemory(key);

            Span<byte> saltBlock = stackalloc byte[16];
            saltBlock.Clear();
            derivation.Derive(salt, saltBlock[..SaltLength]);
            _salt = Vector128.Create<byte>(saltBlock);
        }

        public CounterMode Cipher { get; }

        public IncrementalHash Authentication { get; }

        /// <summary>Salt, SSRC and 48-bit index, each at its place, over a 16-bit block counter (RFC 3711 section 4.1.1).</summary>
        public Vector128<byte> CounterBlock(uint ssrc, ulong index)
        {
            Span<byte> block = stackalloc byte[16];
            BinaryPrimitives.WriteUInt64BigEndian(block, ssrc);
            BinaryPrimitives.WriteUInt64BigEndian(block[8..], index << 16);
            return Vector128.Create<byte>(block) ^ _salt;
        }

        public void Dispose()
        {
            Cipher.Dispose();
            Authentication.Dispose();
        }
    }
}
