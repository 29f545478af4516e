using Bisque.Testing;

namespace Bisque.Srtp.Tests;

/// <summary>Batches of jobs: every job is on its own, whatever its neighbours are.</summary>
public sealed class ProtectBatchTests
{
    [Fact]
    public void A_batch_of_64_gives_byte_for_byte_what_64_batches_of_one_give()
    {
        var together = MixedJobs();
        var alone = MixedJobs();

        SrtpSession.Protect(together);
        for (var i = 0; i < alone.Length; i++)
        {
            SrtpSession.Protect(alone.AsSpan(i, 1));
        }

        Assert.Equal(64, together.Length);
        for (var i = 0; i < alone.Length; i++)
        {
            Assert.NotEqual(0, alone[i].Written);
            Assert.Equal(alone[i].Written, together[i].Written);
            Assert.Equal(alone[i].Slot, together[i].Slot);
        }
    }

    [Fact]
    public void Head_and_body_are_only_read_and_nothing_outside_the_packet_is_written()
    {
        var jobs = MixedJobs();
        var heads = jobs.Select(job => job.Head.ToArray()).ToArray();
        var bodies = jobs.Select(job => job.Body.ToArray()).ToArray();

        SrtpSession.Protect(jobs);

        for (var i = 0; i < jobs.Length; i++)
        {
            Assert.Equal(heads[i], jobs[i].Head);
            Assert.Equal(bodies[i], jobs[i].Body);
            Assert.All(jobs[i].Slot[..5], value => Assert.Equal(0, value));
            Assert.All(jobs[i].Slot[(5 + jobs[i].Written)..], value => Assert.Equal(0, value));
        }
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void Where_the_shared_payload_begins_does_not_show_on_the_wire(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var rtp = Packets.RtpWithExtension(77, payloadLength: 90);
        var expected = peers.Protect(rtp);
        for (var sharedFrom = Packets.HeaderLength(rtp); sharedFrom <= rtp.Length; sharedFrom++)
        {
            using var others = new Peers(profile);
            Assert.Equal(expected, Peers.Protect(others.Sender, rtp, sharedFrom));
        }
    }

    [Fact]
    public void Without_a_session_the_packet_is_copied_in_clear()
    {
        var rtp = Packets.RtpWithExtension(3);
        Assert.Equal(rtp, Peers.Protect(null, rtp, sharedFrom: 40));
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void A_job_that_cannot_be_done_writes_nothing_and_the_others_are_done(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        Func<SendJob, SendJob>[] faults =
        [
            job => job with { SlotCapacity = job.HeadLength + job.BodyLength + (job.Session is null ? -1 : profile.RtpOverhead() - 1) },
            job => job with { HeaderLength = job.HeaderLength - 1 },
            job => job with { HeaderLength = job.HeadLength + 1 },
            job => job with { HeadLength = 11, HeaderLength = 11 },
            job => job with { HeadOffset = -1 },
            job => job with { HeadLength = int.MaxValue },
            job => job with { BodyLength = job.Body.Length },
            job => job with { BodyOffset = int.MaxValue },
            job => job with { SlotOffset = job.Slot.Length + 1, SlotCapacity = 0 },
            job => job with { Slot = null! },
            job => job with { Head = new byte[job.Head.Length] },
            job => default,
        ];
        ushort sequenceNumber = 0;
        foreach (var session in new[] { peers.Sender, null })
        {
            foreach (var fault in faults)
            {
                SendJob[] jobs =
                [
                    Packets.Job(session, Packets.Rtp(sequenceNumber++)),
                    fault(Packets.Job(session, Packets.Rtp(sequenceNumber++))),
                    Packets.Job(session, Packets.Rtp(sequenceNumber++)),
                ];
                SrtpSession.Protect(jobs);

                Assert.NotEqual(0, jobs[0].Written);
                Assert.Equal(0, jobs[1].Written);
                Assert.NotEqual(0, jobs[2].Written);
                Assert.True(jobs[1].Slot is null || jobs[1].Slot.All(value => value == 0));
            }
        }
    }

    [Fact]
    public void A_payload_wholly_in_the_head_needs_no_body()
    {
        using var peers = new Peers(SrtpProfile.AeadAes128Gcm);
        var rtp = Packets.Rtp(5);
        SendJob[] jobs = [Packets.Job(peers.Sender, rtp, rtp.Length) with { Body = null!, BodyOffset = 0, BodyLength = 0 }];

        SrtpSession.Protect(jobs);

        Assert.Equal(rtp, peers.Open(jobs[0].Slot[5..(5 + jobs[0].Written)]).Packet);
    }

    /// <summary>Jobs of all profiles and in clear, of many lengths, some sharing an SSRC, some crossing a wrap.</summary>
    private static SendJob[] MixedJobs()
    {
        var random = new SeededRandomSource(11);
        SrtpSession?[] sessions =
        [
            null, .. Enumerable.Range(0, 8).Select(i =>
                new SrtpSession(Peers.AllProfiles[i % 4], Peers.Key(Peers.AllProfiles[i % 4], (ulong)i), SrtpDirection.Outbound)),
        ];
        var jobs = new SendJob[64];
        for (var i = 0; i < jobs.Length; i++)
        {
            var sequenceNumber = (ushort)(65_520 + (i / 2));
            var payloadLength = random.NextInt32(0, 1_200);
            var rtp = i % 3 == 0
                ? Packets.RtpWithExtension(sequenceNumber, payloadLength)
                : Packets.Rtp(sequenceNumber, ssrc: (uint)(i % 5), payloadLength: payloadLength);
            var prefix = Math.Min(payloadLength, random.NextInt32(0, 20));
            jobs[i] = Packets.Job(sessions[random.NextInt32(0, sessions.Length - 1)], rtp, Packets.HeaderLength(rtp) + prefix);
        }

        return jobs;
    }
}
