using System.Security.Cryptography;
using Bisque.Srtp.Transforms;

namespace Bisque.Srtp.Tests.Transforms;

/// <summary>Whole AES-CM packets, put together byte by byte as RFC 3711 sections 4.1.1 and 4.2 say, with the framework's primitives.</summary>
public sealed class AesCmTransformTests
{
    [Theory]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80, 10)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_32, 4)]
    public void An_rtp_packet_is_encrypted_by_its_index_and_tagged_with_its_rollover_counter(SrtpProfile profile, int tagLength)
    {
        var keyAndSalt = Peers.Key(profile, 77);
        using var sender = new SrtpSession(profile, keyAndSalt, SrtpDirection.Outbound);
        Peers.Protect(sender, Packets.Rtp(0xfff0));
        var rtp = Packets.RtpWithExtension(0x0102, payloadLength: 50);

        var sent = Peers.Protect(sender, rtp)!;

        var (key, salt, authentication) = Keys(keyAndSalt, KeyLabel.RtpEncryption, KeyLabel.RtpSalt, KeyLabel.RtpAuthentication);
        byte[] counterBlock = [0, 0, 0, 0, 0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 1, 0x01, 0x02, 0, 0];
        byte[] covered = [.. rtp[..32], .. Encrypt(key, salt, counterBlock, rtp[32..])];
        byte[] counted = [.. covered, 0, 0, 0, 1];
        var tag = HMACSHA1.HashData(authentication, counted);
        Assert.Equal([.. covered, .. tag[..tagLength]], sent);
    }

    [Theory]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_32)]
    public void An_rtcp_packet_is_tagged_over_its_index_with_80_bits_in_both_profiles(SrtpProfile profile)
    {
        var keyAndSalt = Peers.Key(profile, 78);
        using var sender = new SrtpSession(profile, keyAndSalt, SrtpDirection.Outbound);
        sender.SetOutboundRtcpIndex(0x0102_0304 - 1);
        var rtcp = Packets.Rtcp();

        var sent = new byte[rtcp.Length + 14];
        Assert.True(sender.TryProtectRtcp(rtcp, sent, out _));

        var (key, salt, authentication) = Keys(keyAndSalt, KeyLabel.RtcpEncryption, KeyLabel.RtcpSalt, KeyLabel.RtcpAuthentication);
        byte[] counterBlock = [0, 0, 0, 0, 0xca, 0xfe, 0xba, 0xbe, 0, 0, 1, 2, 3, 4, 0, 0];
        byte[] covered = [.. rtcp[..8], .. Encrypt(key, salt, counterBlock, rtcp[8..]), 0x81, 2, 3, 4];
        Assert.Equal([.. covered, .. HMACSHA1.HashData(authentication, covered)[..10]], sent);
    }

    private static (byte[] Key, byte[] Salt, byte[] Authentication) Keys(byte[] keyAndSalt, KeyLabel key, KeyLabel salt, KeyLabel authentication)
    {
        using var derivation = new KeyDerivation(keyAndSalt.AsSpan(0, 16), keyAndSalt.AsSpan(16));
        byte[] keyBytes = new byte[16], saltBytes = new byte[14], authenticationBytes = new byte[20];
        derivation.Derive(key, keyBytes);
        derivation.Derive(salt, saltBytes);
        derivation.Derive(authentication, authenticationBytes);
        return (keyBytes, saltBytes, authenticationBytes);
    }

    private static byte[] Encrypt(byte[] key, byte[] salt, byte[] counterBlock, byte[] plaintext)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var result = new byte[plaintext.Length];
        for (var i = 0; i < plaintext.Length; i++)
        {
            byte[] block = [.. counterBlock];
            for (var j = 0; j < salt.Length; j++)
            {
                block[j] ^= salt[j];
            }

            block[15] = (byte)(i / 16);
            result[i] = (byte)(plaintext[i] ^ aes.EncryptEcb(block, PaddingMode.None)[i % 16]);
        }

        return result;
    }
}
