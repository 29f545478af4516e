using System.Buffers.Binary;
using System.Security.Cryptography;
using Bisque.Srtp.Transforms;

namespace Bisque.Srtp.Tests;

/// <summary>RTCP between two sessions that share a key (RFC 3711 section 3.4, RFC 7714 section 9).</summary>
public sealed class RtcpSessionTests
{
    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_compound_arrives_as_it_was_sent_and_carries_a_rising_index_with_the_encrypted_flag(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        for (var i = 1u; i < 20; i++)
        {
            var rtcp = Packets.Rtcp(ssrc: i % 3, words: 2 + (int)i);
            var sent = peers.ProtectRtcp(rtcp);

            var index = profile.IsAead() ? sent.Length - 4 : sent.Length - 14;
            Assert.Equal(0x8000_0000 | i, BinaryPrimitives.ReadUInt32BigEndian(sent.AsSpan(index)));
            Assert.Equal(rtcp[..8], sent[..8]);
            var (status, opened) = peers.OpenRtcp(sent);
            Assert.Equal(SrtpStatus.Ok, status);
            Assert.Equal(rtcp, opened);
        }
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_compound_is_taken_once_in_any_order_inside_the_replay_window(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var sent = Enumerable.Range(0, 1_100).Select(_ => peers.ProtectRtcp(Packets.Rtcp())).ToArray();

        Assert.Equal(SrtpStatus.Ok, peers.OpenRtcp(sent[1_050]).Status);
        Assert.Equal(SrtpStatus.Replayed, peers.OpenRtcp(sent[1_050]).Status);
        Assert.Equal(SrtpStatus.Ok, peers.OpenRtcp(sent[1_050 - 1_023]).Status);
        Assert.Equal(SrtpStatus.TooOld, peers.OpenRtcp(sent[1_050 - 1_024]).Status);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_damaged_or_cut_compound_is_refused_and_left_alone(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var sent = peers.ProtectRtcp(Packets.Rtcp());
        for (var at = 0; at < sent.Length; at++)
        {
            byte[] forged = [.. sent];
            forged[at] ^= 0x80;
            byte[] before = [.. forged];

            Assert.NotEqual(SrtpStatus.Ok, peers.Receiver.UnprotectRtcp(forged, out _));
            Assert.Equal(before, forged);
            Assert.NotEqual(SrtpStatus.Ok, peers.OpenRtcp(sent[..at]).Status);
        }

        Assert.Equal(0, peers.Receiver.StreamCount);
        Assert.Equal(SrtpStatus.Ok, peers.OpenRtcp(sent).Status);
    }

    [Fact]
    public void A_compound_with_a_clear_flag_is_only_authenticated_under_aes_cm()
    {
        var profile = SrtpProfile.AesCm128HmacSha1_32;
        var keyAndSalt = Peers.Key(profile, 4);
        using var derivation = new KeyDerivation(keyAndSalt.AsSpan(0, 16), keyAndSalt.AsSpan(16));
        var authentication = new byte[20];
        derivation.Derive(KeyLabel.RtcpAuthentication, authentication);
        byte[] covered = [.. Packets.Rtcp(), 0, 0, 0, 9];
        byte[] packet = [.. covered, .. HMACSHA1.HashData(authentication, covered).AsSpan(0, 10)];
        using var receiver = new SrtpSession(profile, keyAndSalt, SrtpDirection.Inbound);

        var (status, opened) = Peers.OpenRtcp(receiver, packet);

        Assert.Equal(SrtpStatus.Ok, status);
        Assert.Equal(Packets.Rtcp(), opened);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_destination_too_small_fails_without_using_an_index(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var rtcp = Packets.Rtcp();

        Assert.False(peers.Sender.TryProtectRtcp(rtcp, new byte[rtcp.Length + profile.RtcpOverhead() - 1], out var length));
        Assert.Equal(0, length);
        Assert.False(peers.Sender.TryProtectRtcp(rtcp.AsSpan(0, 7), new byte[100], out _));

        var sent = peers.ProtectRtcp(rtcp);
        Assert.Equal(1, sent[profile.IsAead() ? ^1 : ^11]);
    }

    [Fact]
    public void The_last_index_is_used_and_none_after_it()
    {
        using var peers = new Peers(SrtpProfile.AeadAes256Gcm);
        peers.Sender.SetOutboundRtcpIndex(0x7fff_fffe);

        Assert.Equal(SrtpStatus.Ok, peers.OpenRtcp(peers.ProtectRtcp(Packets.Rtcp())).Status);
        Assert.False(peers.Sender.TryProtectRtcp(Packets.Rtcp(), new byte[200], out _));
    }
}
