using System.Buffers.Binary;
using Bisque.Testing;

namespace Bisque.Srtp.Tests;

/// <summary>Nothing is allocated per packet, good or forged.</summary>
public sealed class AllocationTests
{
    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void Protecting_a_batch_allocates_nothing(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        SendJob[] jobs =
        [
            .. Enumerable.Range(0, 8).Select(i => Packets.Job(i == 7 ? null : peers.Sender, Packets.Rtp((ushort)i, payloadLength: 1_188), 12 + i)),
        ];

        ushort sequenceNumber = 0;
        var failed = 0;

        Assert.Equal(0, AllocationAssert.BytesAllocated(() =>
        {
            foreach (var job in jobs)
            {
                BinaryPrimitives.WriteUInt16BigEndian(job.Head.AsSpan(job.HeadOffset + 2), sequenceNumber++);
            }

            SrtpSession.Protect(jobs);
            foreach (var job in jobs)
            {
                failed += job.Written == 0 ? 1 : 0;
            }
        }));
        Assert.Equal(0, failed);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void Opening_packets_allocates_nothing_whether_true_replayed_or_forged(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var rtp = Enumerable.Range(0, 1_200).Select(i => peers.Protect(Packets.Rtp((ushort)i))).ToArray();
        var rtcp = Enumerable.Range(0, 1_200).Select(_ => peers.ProtectRtcp(Packets.Rtcp())).ToArray();
        var forged = Packets.Rtp(9_999);
        byte[] replayed = [.. rtp[0]];
        var next = 0;
        var counts = new int[5];

        var allocated = AllocationAssert.BytesAllocated(() =>
        {
            counts[(int)peers.Receiver.UnprotectRtp(rtp[next], out _)]++;
            counts[(int)peers.Receiver.UnprotectRtcp(rtcp[next], out _)]++;
            counts[(int)peers.Receiver.UnprotectRtp(forged, out _)]++;
            counts[(int)peers.Receiver.UnprotectRtp(replayed, out _)]++;
            next++;
        });

        Assert.Equal(0, allocated);
        Assert.Equal(2_400, counts[(int)SrtpStatus.Ok]);
        Assert.Equal(1_200, counts[(int)SrtpStatus.AuthenticationFailed]);
    }

    [Theory]
    [MemberData(nameof(Peers.EachProfile), MemberType = typeof(Peers))]
    public void Protecting_rtcp_allocates_nothing(SrtpProfile profile)
    {
        using var peers = new Peers(profile);
        var rtcp = Packets.Rtcp();
        var destination = new byte[200];

        Assert.Equal(0, AllocationAssert.BytesAllocated(() => peers.Sender.TryProtectRtcp(rtcp, destination, out _)));
        Assert.Equal(Packets.Ssrc, BinaryPrimitives.ReadUInt32BigEndian(destination.AsSpan(4)));
    }
}
