using Bisque.Engine.Streams;
using Bisque.Engine.Tests.Worlds;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>A receiver that never stops asking gets each packet a few times, however short it says the way to it is.</summary>
public sealed class NackFloodTests
{
    [Fact]
    public void A_packet_is_sent_again_ten_times_at_most()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(30);
        var lost = call.Received[^2].SequenceNumber;
        ClaimNoDistance(call);
        var before = call.Received.Count;

        for (var i = 0; i < 500; i++)
        {
            call.Receiver.SendNack(5000, lost);
            call.Run(1);
        }

        Assert.Equal(before + 10, call.Received.Count);
    }

    [Fact]
    public void Other_packets_are_still_sent_again()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(30);
        ClaimNoDistance(call);
        for (var i = 0; i < 100; i++)
        {
            call.Receiver.SendNack(5000, call.Received[28].SequenceNumber);
            call.Run(1);
        }

        var before = call.Received.Count;
        call.Receiver.SendNack(5000, call.Received[27].SequenceNumber);
        call.Settle();

        Assert.Equal(before + 1, call.Received.Count);
    }

    /// <summary>Reports a round trip of nothing.</summary>
    private static void ClaimNoDistance(Call call)
    {
        var packet = call.Receiver.RtcpOf(RtcpPacketType.SenderReport).Last();
        Assert.True(SenderReport.TryParse(packet.View, out var report));
        call.Receiver.SendReceiverReport(new ReportBlock(
            new Ssrc(5000), 0, 0, 0, 0, report.Info.Ntp.Compact, CompactTime.From(call.World.Now - packet.At)));
        call.Settle();
    }
}
