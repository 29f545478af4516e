using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>A peer that changes its state with each packet neither floods the controller nor hides how it ends.</summary>
public sealed class EventFloodTests
{
    [Fact]
    public void A_picture_that_turns_with_each_packet_makes_ten_events_a_second_and_the_last_is_true()
    {
        using var call = new Call(Media.Video());
        for (var i = 0; i <= 1000; i++)
        {
            call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.VideoOrientation, [(byte)(i % 2)])));
            call.Run(1);
        }

        call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.VideoOrientation, [0x03])));
        call.Run(100);

        var events = call.World.Events.Of<ProducerVideoOrientationChangeEvent>("video").ToArray();
        Assert.InRange(events.Length, 2, 12);
        Assert.Equal(270, events[^1].Rotation);
        call.Run(5000);
        Assert.Equal(events.Length, call.World.Events.Of<ProducerVideoOrientationChangeEvent>("video").Count());
    }

    [Fact]
    public void Bits_without_a_meaning_are_no_change()
    {
        using var call = new Call(Media.Video());
        foreach (byte bits in new byte[] { 0x01, 0xf1, 0x81, 0x11 })
        {
            call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.VideoOrientation, [bits])));
            call.Run(200);
        }

        Assert.Single(call.World.Events.Of<ProducerVideoOrientationChangeEvent>());
    }

    [Fact]
    public void A_closed_producer_tells_no_orientation_any_more()
    {
        using var call = new Call(Media.Video());
        call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.VideoOrientation, [0x00])));
        call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.VideoOrientation, [0x01])));
        call.Settle();

        call.SenderTransport.CloseProducer("video");
        call.Run(1000);

        Assert.Single(call.World.Events.Of<ProducerVideoOrientationChangeEvent>());
    }

    [Fact]
    public void Sender_reports_without_end_make_ten_score_events_a_second_and_the_last_is_true()
    {
        using var call = new Call(Media.Video(rtx: false));
        call.SendVideo(2);
        var before = call.World.Events.Of<ProducerScoreEvent>("video").Count();
        for (var i = 0; i < 1000; i++)
        {
            var packet = call.Source.DeltaFrame();
            if (i / 40 % 2 == 0 || i % 2 == 0)
            {
                call.Sender.SendRtp(packet);
            }

            Report(call);
            call.Run(1);
        }

        Assert.InRange(call.World.Events.Of<ProducerScoreEvent>("video").Count() - before, 1, 11);
        Assert.InRange(call.World.Events.Of<ConsumerScoreEvent>("consumer").Count(), 1, 14);
        for (var i = 0; i < 60; i++)
        {
            call.SendVideo(3);
            Report(call);
            call.Settle();
        }

        Assert.Equal(10, call.World.Events.Of<ProducerScoreEvent>("video").Last().Scores[0].Score);
    }

    [Fact]
    public void Receiver_reports_without_end_make_ten_score_events_a_second()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(2);
        var before = call.World.Events.Of<ConsumerScoreEvent>("consumer").Count();
        var lost = 0;
        for (var i = 0; i < 1000; i++)
        {
            call.Sender.SendRtp(call.Source.DeltaFrame());
            lost += i / 40 % 2;
            call.Receiver.SendReceiverReport(new ReportBlock(new Ssrc(5000), 0, lost, 0, 0, 0, 0));
            call.Run(1);
        }

        Assert.InRange(call.World.Events.Of<ConsumerScoreEvent>("consumer").Count() - before, 1, 11);
        Assert.Equal(lost, call.Consumer.GetStats().Stats[0].Base.PacketsLost);
    }

    [Fact]
    public void Layers_that_change_with_each_picture_make_some_events_a_second_and_the_last_is_true()
    {
        var produce = LayeredMedia.Svc("video/VP9", "L2T1");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var encoder = LayeredEncoder.Of(call.Layers[0], "video/VP9", "L2T1", packetsPerFrame: 1);
        for (var i = 0; i < 1001; i++)
        {
            encoder.ActiveSpatialLayers = 1 + (i % 2);
            call.Sender.SendRtp(encoder.Next(key: true).Select(packet => packet.Rtp));
            call.Run(1);
        }

        var events = call.World.Events.Of<ConsumerLayersChangeEvent>("consumer").Count();
        Assert.InRange(events, 10, 31);
        Assert.InRange(call.World.Events.Of<ConsumerScoreEvent>("consumer").Count(), 1, 33);
        call.Run(100);
        Assert.Equal(call.Consumer.Dump().CurrentSpatialLayer, call.LayerEvents.Last());
        Assert.InRange(call.LayerEvents.Count(), events, events + 1);

        call.World.Worker.CloseRouter("router");
        call.Run(1000);
        Assert.InRange(call.LayerEvents.Count(), events, events + 1);
    }

    private static void Report(Call call) => call.Sender.SendSenderReport(
        new SenderInfo(new Ssrc(1000), new NtpTime(1000, 0), new RtpTimestamp(call.Source.Timestamp), 0, 0));
}
