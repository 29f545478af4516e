using Bisque.Testing;

namespace Bisque.Srtp.Tests;

/// <summary>Peers that send what they like.</summary>
public sealed class HostilePeerTests
{
    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void Mutated_packets_never_throw_and_never_open_to_something_that_was_not_sent(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        byte[][] plainRtp = [Packets.Rtp(1), Packets.RtpWithExtension(2), Packets.Rtp(3, payloadLength: 0), Packets.Rtp(4, payloadLength: 300)];
        byte[][] plainRtcp = [Packets.Rtcp(), Packets.Rtcp(words: 2), Packets.Rtcp(ssrc: 5, words: 30)];
        var rtp = plainRtp.Select(peers.Protect).ToArray();
        var rtcp = plainRtcp.Select(peers.ProtectRtcp).ToArray();
        var rtpMutator = new Mutator(21);
        var rtcpMutator = new Mutator(22);
        for (var i = 0; i < 100_000; i++)
        {
            var packet = rtpMutator.Next(rtp);
            if (peers.Receiver.UnprotectRtp(packet, out var length) == SrtpStatus.Ok)
            {
                Assert.Contains(packet[..length], plainRtp);
            }

            packet = rtcpMutator.Next(rtcp);
            if (peers.Receiver.UnprotectRtcp(packet, out length) == SrtpStatus.Ok)
            {
                Assert.Contains(packet[..length], plainRtcp);
            }
        }

        Assert.InRange(peers.Receiver.StreamCount, 0, 2);
    }

    [Fact]
    public void Mutated_headers_never_make_protect_throw()
    {
        using var peers = new Peers(SrtpProfile.AeadAes128Gcm);
        var mutator = new Mutator(23);
        byte[][] corpus = [Packets.Rtp(1), Packets.RtpWithExtension(2)];
        var jobs = new SendJob[1];
        var slot = new byte[4_000];
        for (var i = 0; i < 100_000; i++)
        {
            var head = mutator.Next(corpus);
            jobs[0] = new SendJob
            {
                Session = peers.Sender,
                Head = head,
                HeadLength = head.Length,
                HeaderLength = i % 40,
                Slot = slot,
                SlotCapacity = slot.Length,
            };
            SrtpSession.Protect(jobs);
            Assert.True(jobs[0].Written == 0 || jobs[0].Written == head.Length + 16);
        }
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_hundred_thousand_forged_ssrcs_leave_no_state(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(1))).Status);
        var rtp = Packets.Rtp(1, payloadLength: 40);
        var rtcp = Packets.Rtcp(words: 12);
        for (var i = 0u; i < 100_000; i++)
        {
            BitConverter.TryWriteBytes(rtp.AsSpan(8), i);
            BitConverter.TryWriteBytes(rtcp.AsSpan(4), i);
            Assert.Equal(SrtpStatus.AuthenticationFailed, peers.Receiver.UnprotectRtp(rtp, out _));
            Assert.Equal(SrtpStatus.AuthenticationFailed, peers.Receiver.UnprotectRtcp(rtcp, out _));
        }

        Assert.Equal(1, peers.Receiver.StreamCount);
    }

    [Fact]
    public void A_peer_that_invents_authentic_ssrcs_pushes_out_its_own_oldest()
    {
        using var peers = new Peers(SrtpProfile.AeadAes128Gcm);
        var kept = peers.Protect(Packets.Rtp(1, ssrc: 0));
        var lost = peers.Protect(Packets.Rtp(1, ssrc: 1));
        peers.Open(kept);
        peers.Open(lost);
        for (var ssrc = 2u; ssrc < 20_000; ssrc++)
        {
            Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(1, ssrc))).Status);
            Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp((ushort)ssrc, ssrc: 0))).Status);
        }

        Assert.Equal(SrtpSession.MaxInboundStreams, peers.Receiver.StreamCount);
        Assert.NotEqual(SrtpStatus.Ok, peers.Open(kept).Status);
        Assert.Equal(SrtpStatus.Ok, peers.Open(lost).Status);
    }
}
