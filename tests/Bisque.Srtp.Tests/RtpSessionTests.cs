using Bisque.Primitives;

namespace Bisque.Srtp.Tests;

/// <summary>RTP between two sessions that share a key.</summary>
public sealed class RtpSessionTests
{
    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_packet_arrives_as_it_was_sent_and_its_payload_travels_encrypted(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        byte[][] packets = [Packets.Rtp(1), Packets.RtpWithExtension(2), Packets.Rtp(3, payloadLength: 0), Packets.Rtp(4, payloadLength: 1_188)];
        foreach (var rtp in packets)
        {
            var sent = peers.Protect(rtp);

            Assert.Equal(rtp.Length + profile.RtpOverhead(), sent.Length);
            Assert.Equal(rtp[..Packets.HeaderLength(rtp)], sent[..Packets.HeaderLength(rtp)]);
            Assert.True(rtp.Length < 20 || !sent.AsSpan().StartsWith(rtp));
            Assert.Equal((SrtpStatus.Ok, Convert.ToHexString(rtp)), Text(peers.Open(sent)));
        }
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void Packets_keep_arriving_over_several_wraps_of_the_sequence_number(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        for (var i = 30_000; i < 300_000; i += 500)
        {
            var rtp = Packets.Rtp((ushort)i, payloadLength: 20);
            Assert.Equal((SrtpStatus.Ok, Convert.ToHexString(rtp)), Text(peers.Open(peers.Protect(rtp))));
        }
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void Packets_reordered_around_the_wrap_all_arrive(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var sent = Enumerable.Range(65_530, 12).Select(i => peers.Protect(Packets.Rtp((ushort)i))).ToArray();
        int[] order = [0, 7, 2, 1, 9, 3, 5, 8, 4, 6, 11, 10];

        Assert.All(order, i => Assert.Equal(SrtpStatus.Ok, peers.Open(sent[i]).Status));
        Assert.All(order, i => Assert.Equal(SrtpStatus.Replayed, peers.Open(sent[i]).Status));
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_late_packet_is_taken_inside_the_replay_window_and_refused_before_it(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var sent = Enumerable.Range(100, 1_100).Select(i => peers.Protect(Packets.Rtp((ushort)i))).ToArray();

        Assert.Equal(SrtpStatus.Ok, peers.Open(sent[1_050]).Status);
        Assert.Equal(SrtpStatus.Ok, peers.Open(sent[1_050 - 1_023]).Status);
        Assert.Equal(SrtpStatus.TooOld, peers.Open(sent[1_050 - 1_024]).Status);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_damaged_packet_is_refused_left_alone_and_does_not_block_the_true_one(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var sent = peers.Protect(Packets.RtpWithExtension(10));
        for (var at = 1; at < sent.Length; at++)
        {
            byte[] forged = [.. sent];
            forged[at] ^= 0x40;
            byte[] before = [.. forged];

            Assert.NotEqual(SrtpStatus.Ok, peers.Receiver.UnprotectRtp(forged, out var length));
            Assert.Equal(0, length);
            Assert.Equal(before, forged);
        }

        Assert.Equal(0, peers.Receiver.StreamCount);
        Assert.Equal(SrtpStatus.Ok, peers.Open(sent).Status);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_cut_packet_is_refused_at_every_length(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var sent = peers.Protect(Packets.RtpWithExtension(10));
        for (var length = 0; length < sent.Length; length++)
        {
            Assert.NotEqual(SrtpStatus.Ok, peers.Open(sent[..length]).Status);
        }

        Assert.Equal(SrtpStatus.Malformed, peers.Open(sent[..(Packets.HeaderLength(sent) + profile.RtpTagLength() - 1)]).Status);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_packet_under_another_key_is_refused(SrtpProfile profile)
    {
        using var peers = new Peers(profile, seed: 1);
        using var strangers = new Peers(profile, seed: 2);

        Assert.Equal(SrtpStatus.AuthenticationFailed, peers.Open(strangers.Protect(Packets.Rtp(1))).Status);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_forged_packet_far_ahead_does_not_move_the_rollover_counter(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        peers.Open(peers.Protect(Packets.Rtp(40_000)));
        foreach (var sequenceNumber in new ushort[] { 5, 65_000, 100, 50_000 })
        {
            var forged = Packets.Rtp(sequenceNumber, payloadLength: 80);
            Assert.Equal(SrtpStatus.AuthenticationFailed, peers.Open(forged).Status);
        }

        Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(40_001))).Status);
    }

    [Theory]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_32)]
    public void A_packet_sent_again_is_the_same_on_the_wire(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var first = peers.Protect(Packets.Rtp(65_530));
        for (var i = 65_531; i < 65_546; i++)
        {
            peers.Protect(Packets.Rtp((ushort)i));
        }

        Assert.Equal(first, peers.Protect(Packets.Rtp(65_530)));
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void Streams_have_rollover_counters_of_their_own(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        foreach (var i in new[] { 65_500, 65_540 })
        {
            Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp((ushort)i, ssrc: 1))).Status);
            Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp((ushort)i, ssrc: 2))).Status);
        }

        Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(10, ssrc: 1))).Status);
        peers.Receiver.RemoveStream(new Ssrc(1));
        Assert.Equal(SrtpStatus.AuthenticationFailed, peers.Open(peers.Protect(Packets.Rtp(11, ssrc: 1))).Status);
        Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(10, ssrc: 2))).Status);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void What_is_sent_under_a_removed_ssrc_goes_on_behind_what_was_sent_before(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        Assert.False(peers.Sender.TryGetNextSequenceNumber(new Ssrc(1), out _));
        foreach (var number in new ushort[] { 65_000, 65_534, 65_533 })
        {
            Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(number, ssrc: 1))).Status);
        }

        for (var times = 0; times < 2; times++)
        {
            peers.Sender.RemoveStream(new Ssrc(1));
            Assert.Equal(0, peers.Sender.StreamCount);
            Assert.True(peers.Sender.TryGetNextSequenceNumber(new Ssrc(1), out var next));
            Assert.Equal(65_535, next.Value);
        }

        foreach (var used in new ushort[] { 65_000, 65_534, 65_532, 40_000 })
        {
            Assert.Null(Peers.Protect(peers.Sender, Packets.Rtp(used, ssrc: 1)));
        }

        Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(65_535, ssrc: 1))).Status);
        Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(0, ssrc: 1))).Status);
        Assert.True(peers.Sender.TryGetNextSequenceNumber(new Ssrc(1), out var behind));
        Assert.Equal(1, behind.Value);
    }

    [Fact]
    public void A_session_works_one_way_and_not_after_it_was_disposed()
    {
        var peers = new Peers(SrtpProfile.AeadAes128Gcm);
        Assert.Throws<InvalidOperationException>(() => peers.Sender.UnprotectRtp(new byte[50], out _));
        Assert.Throws<InvalidOperationException>(() => peers.Receiver.TryProtectRtcp(Packets.Rtcp(), new byte[99], out _));
        Assert.Null(Peers.Protect(peers.Receiver, Packets.Rtp(1)));

        peers.Dispose();
        Assert.Null(Peers.Protect(peers.Sender, Packets.Rtp(1)));
        Assert.Throws<ObjectDisposedException>(() => peers.Receiver.UnprotectRtp(new byte[50], out _));
    }

    [Theory]
    [InlineData(SrtpProfile.AesCm128HmacSha1_80, 30)]
    [InlineData(SrtpProfile.AesCm128HmacSha1_32, 30)]
    [InlineData(SrtpProfile.AeadAes128Gcm, 28)]
    [InlineData(SrtpProfile.AeadAes256Gcm, 44)]
    public void Key_material_of_another_length_is_refused(SrtpProfile profile, int length)
    {
        Assert.Equal(length, profile.KeyMaterialLength());
        new SrtpSession(profile, new byte[length], SrtpDirection.Inbound).Dispose();
        Assert.Throws<ArgumentException>(() => new SrtpSession(profile, new byte[length - 1], SrtpDirection.Inbound));
        Assert.Throws<ArgumentException>(() => new SrtpSession((SrtpProfile)5, new byte[length], SrtpDirection.Inbound));
    }

    private static (SrtpStatus Status, string Packet) Text((SrtpStatus Status, byte[] Packet) opened) =>
        (opened.Status, Convert.ToHexString(opened.Packet));
}
