using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Reports;

/// <summary>What the worker says it counted is what its peers counted.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public void Producer_consumer_and_transports_agree_with_their_peers()
    {
        using var call = new Call(Media.Video(), plain: false);
        var packets = call.SendVideo(31);

        var received = Assert.IsType<RtpStreamRecvStats>(Assert.Single(call.Producer.GetStats().Stats));
        Assert.Equal((31ul, (ulong)packets.Sum(packet => packet.Length)), (received.PacketCount, received.ByteCount));
        Assert.Equal((1000u, 1001u, "video/VP8", MediaKind.Video), (
            received.Base.Ssrc, received.Base.RtxSsrc!.Value, received.Base.MimeType, received.Base.Kind));
        Assert.Empty(received.BitrateByLayer);

        var ofConsumer = call.Consumer.GetStats().Stats;
        var sent = Assert.IsType<RtpStreamSendStats>(ofConsumer[0]);
        Assert.Equal((31ul, (ulong)call.Received.Sum(packet => packet.Bytes.Length)), (sent.PacketCount, sent.ByteCount));
        Assert.Equal((5000u, 5001u), (sent.Base.Ssrc, sent.Base.RtxSsrc!.Value));
        Assert.Equal(1000u, Assert.IsType<RtpStreamRecvStats>(ofConsumer[1]).Base.Ssrc);

        var sender = ((WebRtcTransportStats)call.SenderTransport.GetStats()).Base;
        Assert.Equal((ulong)call.Sender.BytesSent, sender.BytesReceived);
        Assert.Equal((ulong)call.Sender.BytesReceived, sender.BytesSent);
        Assert.Equal((ulong)packets.Sum(packet => packet.Length), sender.RtpBytesReceived);
        var receiver = ((WebRtcTransportStats)call.ReceiverTransport.GetStats()).Base;
        Assert.Equal((ulong)call.Receiver.BytesReceived, receiver.BytesSent);
        Assert.Equal((ulong)call.Receiver.BytesSent, receiver.BytesReceived);

        // RTP is counted in the clear in both directions, without what SRTP adds.
        Assert.Equal(sent.ByteCount, receiver.RtpBytesSent);
        Assert.Equal((ulong)call.World.Now.Milliseconds, receiver.Timestamp);
    }

    [Fact]
    public void Bitrates_are_those_of_the_last_seconds()
    {
        using var call = new Call(Media.Audio());
        for (var i = 0; i < 500; i++)
        {
            call.Sender.SendRtp(call.Source.Next(Payloads.Opus(108)));
            call.Run(20);
        }

        // 120 bytes, 50 times a second.
        Assert.InRange(call.Producer.GetStats().Stats[0].Bitrate, 47_000ul, 49_000ul);
        Assert.InRange(((PlainTransportStats)call.SenderTransport.GetStats()).Base.ReceiveBitrate, 46_000ul, 50_000ul);

        call.Run(10_000);
        Assert.Equal(0ul, call.Producer.GetStats().Stats[0].Bitrate);
        Assert.Equal(0ul, ((PlainTransportStats)call.SenderTransport.GetStats()).Base.ReceiveBitrate);
        Assert.Equal(500ul, call.Producer.GetStats().Stats[0].PacketCount);
    }

    [Fact]
    public void A_producer_without_packets_has_no_streams_and_its_consumer_only_its_own()
    {
        using var call = new Call(Media.Video());

        Assert.Empty(call.Producer.GetStats().Stats);
        Assert.Single(call.Consumer.GetStats().Stats);
        Assert.Empty(call.Producer.Dump().RtpStreams);
    }

    [Fact]
    public void Repair_is_counted()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(3);
        var lost = call.Source.DeltaFrame();
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Run(50);
        call.Sender.SendRtp(call.Source.AsRtx(lost));
        call.Settle();

        var stats = call.Producer.GetStats().Stats[0].Base;
        Assert.Equal((1ul, 1ul, 1ul, 1ul), (stats.NackCount, stats.NackPacketCount, stats.PacketsRetransmitted, stats.PacketsRepaired));
        var transport = ((PlainTransportStats)call.SenderTransport.GetStats()).Base;
        Assert.True(transport.RtxBytesReceived > 0);
    }

    [Fact]
    public void Limits_show_only_where_they_are_set()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain");
        Assert.Equal((null, null, null), Limits());

        transport.SetMaxIncomingBitrate(1_000_000);
        transport.SetMaxOutgoingBitrate(2_000_000);
        transport.SetMinOutgoingBitrate(500_000);
        Assert.Equal((1_000_000ul, 2_000_000ul, 500_000ul), Limits());

        transport.SetMaxIncomingBitrate(0);
        transport.SetMinOutgoingBitrate(0);
        transport.SetMaxOutgoingBitrate(0);
        Assert.Equal((null, null, null), Limits());

        (ulong?, ulong?, ulong?) Limits()
        {
            var stats = ((PlainTransportStats)transport.GetStats()).Base;
            return (stats.MaxIncomingBitrate, stats.MaxOutgoingBitrate, stats.MinOutgoingBitrate);
        }
    }
}
