using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Reports;

/// <summary>Events about single packets, for whoever asked for them.</summary>
public sealed class TraceTests
{
    [Fact]
    public void Nothing_is_traced_unless_asked_for()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(5);
        call.Receiver.SendPli(5000);
        call.Settle();

        Assert.Empty(call.World.Events.Of<ProducerTraceEvent>());
        Assert.Empty(call.World.Events.Of<ConsumerTraceEvent>());
    }

    [Fact]
    public void Padding_in_place_of_a_packet_is_traced_as_what_it_is()
    {
        var produce = LayeredMedia.Svc("video/VP9", "L3T1");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0 }));
        var encoder = LayeredEncoder.Of(call.Layers[0], "video/VP9", "L3T1", packetsPerFrame: 1);
        call.Consumer.EnableTraceEvents([ConsumerTraceEventType.Rtp, ConsumerTraceEventType.KeyFrame]);
        var key = encoder.Next(key: true);
        call.Sender.SendRtp([key[0].Rtp, key[2].Rtp, encoder.Next(key: false)[0].Rtp]);
        call.World.Settle();

        call.Sender.SendRtp(key[1].Rtp);
        call.World.Settle();

        var padding = call.World.Events.Of<ConsumerTraceEvent>("consumer").Last();
        var packet = Assert.IsType<RtpTraceInfo>(padding.Info).RtpPacket;
        Assert.Equal((0ul, (ulong)call.Received[^1].Bytes.Length, call.Received[^1].SequenceNumber), (packet.PayloadSize, packet.Size, packet.SequenceNumber));

        call.Receiver.SendNack(5000, packet.SequenceNumber);
        call.World.Settle();
        var again = Assert.IsType<RtpTraceInfo>(call.World.Events.Of<ConsumerTraceEvent>("consumer").Last().Info);
        Assert.Equal((true, 0ul, (ulong)call.Received[^1].Bytes.Length), (again.IsRtx, again.RtpPacket.PayloadSize, again.RtpPacket.Size));
    }

    [Fact]
    public void A_key_frame_is_traced_in_place_of_its_packet()
    {
        using var call = new Call(Media.Video(mid: "v"));
        call.Producer.EnableTraceEvents([ProducerTraceEventType.Rtp, ProducerTraceEventType.KeyFrame]);
        call.Consumer.EnableTraceEvents([ConsumerTraceEventType.Rtp, ConsumerTraceEventType.KeyFrame]);

        call.Sender.SendRtp(call.Source.KeyFrame((Media.Sent.Mid, "v"u8.ToArray()), (Media.Sent.TransportWide, [1, 2])));
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();

        var received = call.World.Events.Of<ProducerTraceEvent>("video").ToArray();
        Assert.Equal([ProducerTraceEventType.KeyFrame, ProducerTraceEventType.Rtp], received.Select(trace => trace.Type));
        Assert.All(received, trace => Assert.Equal(TraceDirection.In, trace.Direction));
        var keyFrame = Assert.IsType<KeyFrameTraceInfo>(received[0].Info);
        Assert.False(keyFrame.IsRtx);
        Assert.Equal((1000u, (ushort)500, true, "v", (ushort?)0x0102), (
            keyFrame.RtpPacket.Ssrc, keyFrame.RtpPacket.SequenceNumber, keyFrame.RtpPacket.IsKeyFrame, keyFrame.RtpPacket.Mid, keyFrame.RtpPacket.WideSequenceNumber));
        Assert.Equal(200ul, keyFrame.RtpPacket.PayloadSize);

        var sent = call.World.Events.Of<ConsumerTraceEvent>("consumer").ToArray();
        Assert.Equal([ConsumerTraceEventType.KeyFrame, ConsumerTraceEventType.Rtp], sent.Select(trace => trace.Type));
        Assert.All(sent, trace => Assert.Equal(TraceDirection.Out, trace.Direction));
        var packet = Assert.IsType<RtpTraceInfo>(sent[1].Info).RtpPacket;
        Assert.Equal((5000u, call.Received[1].SequenceNumber, Media.ConsumedVideoPayloadType, "c"), (packet.Ssrc, packet.SequenceNumber, packet.PayloadType, packet.Mid));
    }

    [Fact]
    public void Requests_are_traced_on_both_sides()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(60);
        call.Producer.EnableTraceEvents([ProducerTraceEventType.Pli, ProducerTraceEventType.Nack, ProducerTraceEventType.Sr]);
        call.Consumer.EnableTraceEvents([ConsumerTraceEventType.Pli, ConsumerTraceEventType.Fir, ConsumerTraceEventType.Nack]);

        call.Receiver.SendPli(5000);
        call.Receiver.SendFir(5000, 3);
        call.Receiver.SendNack(5000, call.Received[^1].SequenceNumber);
        call.Source.NextSequenceNumber++;
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Run(50);
        call.Sender.SendSenderReport(new SenderInfo(new Ssrc(1000), new NtpTime(5, 6), new RtpTimestamp(7), 8, 9));
        call.Settle();

        Assert.Equal(
            [
                (ConsumerTraceEventType.Pli, TraceDirection.In, (TraceInfo?)new PliTraceInfo(5000)),
                (ConsumerTraceEventType.Fir, TraceDirection.In, new FirTraceInfo(5000)),
                (ConsumerTraceEventType.Nack, TraceDirection.In, null),
            ],
            call.World.Events.Of<ConsumerTraceEvent>("consumer").Select(trace => (trace.Type, trace.Direction, trace.Info)));
        Assert.Equal(
            [
                (ProducerTraceEventType.Pli, TraceDirection.Out, (TraceInfo?)new PliTraceInfo(1000)),
                (ProducerTraceEventType.Nack, TraceDirection.Out, null),
                (ProducerTraceEventType.Sr, TraceDirection.In, new SrTraceInfo { Ssrc = 1000, NtpSec = 5, NtpFrac = 6, RtpTs = 7, PacketCount = 8, OctetCount = 9 }),
            ],
            call.World.Events.Of<ProducerTraceEvent>("video").Select(trace => (trace.Type, trace.Direction, trace.Info)));
    }

    [Fact]
    public void A_packet_recovered_by_rtx_says_so()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(2);
        var lost = call.Source.DeltaFrame();
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();
        call.Producer.EnableTraceEvents([ProducerTraceEventType.Rtp]);

        call.Sender.SendRtp(call.Source.AsRtx(lost));
        call.Settle();

        Assert.True(Assert.IsType<RtpTraceInfo>(Assert.Single(call.World.Events.Of<ProducerTraceEvent>("video")).Info).IsRtx);
    }

    [Fact]
    public void A_key_frame_recovered_by_rtx_is_traced_as_one_that_came()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(2);
        var lost = call.Source.KeyFrame();
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();
        call.Producer.EnableTraceEvents([ProducerTraceEventType.Rtp, ProducerTraceEventType.KeyFrame]);

        call.Sender.SendRtp(call.Source.AsRtx(lost));
        call.Settle();

        var trace = Assert.Single(call.World.Events.Of<ProducerTraceEvent>("video"));
        Assert.Equal((ProducerTraceEventType.KeyFrame, TraceDirection.In), (trace.Type, trace.Direction));
        var info = Assert.IsType<KeyFrameTraceInfo>(trace.Info);
        Assert.Equal((true, 1000u), (info.IsRtx, info.RtpPacket.Ssrc));
    }

    [Fact]
    public void A_packet_sent_again_by_rtx_says_so()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(3);
        call.Consumer.EnableTraceEvents([ConsumerTraceEventType.Rtp, ConsumerTraceEventType.KeyFrame]);

        call.Receiver.SendNack(5000, call.Received[0].SequenceNumber);
        call.Settle();
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();

        var traces = call.World.Events.Of<ConsumerTraceEvent>("consumer").ToArray();
        Assert.Equal(
            [(ConsumerTraceEventType.KeyFrame, TraceDirection.Out), (ConsumerTraceEventType.Rtp, TraceDirection.Out)],
            traces.Select(trace => (trace.Type, trace.Direction)));
        var again = Assert.IsType<KeyFrameTraceInfo>(traces[0].Info);
        Assert.Equal((true, 5001u), (again.IsRtx, again.RtpPacket.Ssrc));
        Assert.False(Assert.IsType<RtpTraceInfo>(traces[1].Info).IsRtx);
    }

    [Fact]
    public void A_second_set_of_types_replaces_the_first()
    {
        using var call = new Call(Media.Video());
        call.Producer.EnableTraceEvents([ProducerTraceEventType.Rtp, ProducerTraceEventType.KeyFrame]);
        call.Producer.EnableTraceEvents([ProducerTraceEventType.Sr]);

        call.SendVideo(3);

        Assert.Empty(call.World.Events.Of<ProducerTraceEvent>());
        Assert.Equal([ProducerTraceEventType.Sr], call.Producer.Dump().TraceEventTypes);
    }

    [Fact]
    public void A_camera_that_is_turned_is_told_once()
    {
        using var call = new Call(Media.Video());

        call.Sender.SendRtp(call.Source.KeyFrame((Media.Sent.VideoOrientation, [0x00])));
        call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.VideoOrientation, [0x00])));
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Run(100);
        call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.VideoOrientation, [0x0d])));
        call.Settle();

        Assert.Equal(
            [new ProducerVideoOrientationChangeEvent("video", false, false, 0), new ProducerVideoOrientationChangeEvent("video", true, true, 90)],
            call.World.Events.Of<ProducerVideoOrientationChangeEvent>());
    }
}
