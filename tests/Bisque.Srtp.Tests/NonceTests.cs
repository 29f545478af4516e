namespace Bisque.Srtp.Tests;

/// <summary>With an AEAD profile no index is used twice: two tags under one nonce give the authentication key away (RFC 7714 section 8.1).</summary>
public sealed class NonceTests
{
    [Theory]
    [MemberData(nameof(Aead))]
    public void A_sequence_number_that_was_sent_is_refused(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        Assert.NotNull(Peers.Protect(peers.Sender, Packets.Rtp(1000)));

        Assert.Null(Peers.Protect(peers.Sender, Packets.Rtp(1000)));
        Assert.Null(Peers.Protect(peers.Sender, Packets.RtpWithExtension(1000)));
        Assert.NotNull(Peers.Protect(peers.Sender, Packets.Rtp(1000, ssrc: 1)));
    }

    [Theory]
    [MemberData(nameof(Aead))]
    public void One_that_was_left_out_may_be_sent_late_but_once(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        for (var i = 65_500; i < 65_600; i++)
        {
            if (i is not (65_530 or 65_540))
            {
                Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp((ushort)i))).Status);
            }
        }

        foreach (var late in new[] { 65_530, 65_540 })
        {
            Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp((ushort)late))).Status);
            Assert.Null(Peers.Protect(peers.Sender, Packets.Rtp((ushort)late)));
        }
    }

    [Theory]
    [MemberData(nameof(Aead))]
    public void One_so_old_that_it_cannot_be_told_is_refused(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        peers.Protect(Packets.Rtp(10_000));

        Assert.Null(Peers.Protect(peers.Sender, Packets.Rtp(8_000)));
        Assert.NotNull(Peers.Protect(peers.Sender, Packets.Rtp(9_000)));
    }

    [Fact]
    public void Sending_far_behind_does_not_disturb_the_rollover_counter()
    {
        using var peers = new Peers(SrtpProfile.AesCm128HmacSha1_80);
        peers.Open(peers.Protect(Packets.Rtp(65_535)));
        Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(3))).Status);

        peers.Protect(Packets.Rtp(60_000));

        Assert.Equal(SrtpStatus.Ok, peers.Open(peers.Protect(Packets.Rtp(4))).Status);
    }

    public static TheoryData<SrtpProfile> Aead() => [SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm];
}
