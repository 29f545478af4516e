using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Forwarding;

/// <summary>How a receiver's wish for a key frame reaches the sender.</summary>
public sealed class KeyFrameRequestTests
{
    [Fact]
    public void Many_requests_reach_the_sender_as_one()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(60);
        var before = call.Sender.PliCount(1000);

        for (var i = 0; i < 10; i++)
        {
            call.Receiver.SendPli(5000);
        }

        call.Settle();

        Assert.Equal(before + 1, call.Sender.PliCount(1000));
    }

    [Fact]
    public void A_fir_is_passed_on_as_the_pli_that_the_sender_negotiated()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(60);
        var before = call.Sender.PliCount(1000);

        call.Receiver.SendFir(5000, 1);
        call.Settle();

        Assert.Equal(before + 1, call.Sender.PliCount(1000));
        Assert.Equal(1ul, call.Consumer.GetStats().Stats[0].Base.FirCount);
    }

    [Fact]
    public void A_sender_without_pli_is_asked_by_fir()
    {
        var video = Media.Video();
        var codecs = video.RtpParameters.Codecs.ToArray();
        codecs[0] = codecs[0] with { RtcpFeedback = [new RtcpFeedback { Type = "ccm", Parameter = "fir" }] };
        using var call = new Call(video with { RtpParameters = video.RtpParameters with { Codecs = codecs } });

        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();

        Assert.Equal(0, call.Sender.PliCount(1000));
        var fir = Assert.Single(call.Sender.RtcpOf(RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.FullIntraRequest));
        Assert.True(FullIntraRequest.TryParse(fir.View, out var request));
        Assert.Equal(1000u, request[0].Ssrc.Value);
    }

    [Fact]
    public void A_stream_that_begins_without_a_key_frame_is_asked_for_one()
    {
        using var call = new Call(Media.Video());

        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();

        Assert.Equal(1, call.Sender.PliCount(1000));
    }

    [Fact]
    public void A_stream_that_opens_with_a_key_frame_is_asked_for_none()
    {
        using var call = new Call(Media.Video());

        call.SendVideo(60);

        Assert.Equal(0, call.Sender.PliCount(1000));
    }

    [Fact]
    public void A_sender_that_heeds_no_request_is_asked_more_and_more_seldom_while_its_packets_come()
    {
        using var call = new Call(Media.Video());

        for (var tenths = 0; tenths < 50; tenths++)
        {
            call.Sender.SendRtp(call.Source.DeltaFrame());
            call.Run(100);
        }

        Assert.InRange(call.Sender.PliCount(1000), 5, 9);
    }

    [Fact]
    public void A_request_without_effect_is_repeated_twice()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(60);
        var before = call.Sender.PliCount(1000);
        call.Receiver.SendPli(5000);
        call.Receiver.SendPli(5000);

        call.Run(5000);

        Assert.Equal(before + 3, call.Sender.PliCount(1000));
    }

    [Fact]
    public void A_paused_consumer_asks_for_nothing()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(60);
        call.Consumer.Pause();
        var before = call.Sender.PliCount(1000);

        call.Receiver.SendPli(5000);
        call.Consumer.RequestKeyFrame();
        call.Settle();

        Assert.Equal(before, call.Sender.PliCount(1000));
        Assert.Equal(1ul, call.Consumer.GetStats().Stats[0].Base.PliCount);
    }

    [Fact]
    public void The_controller_can_ask_too()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(60);
        var before = call.Sender.PliCount(1000);

        call.Consumer.RequestKeyFrame();
        call.Settle();

        Assert.Equal(before + 1, call.Sender.PliCount(1000));
    }

    [Fact]
    public void With_a_delay_requests_in_quick_succession_become_one_at_its_end()
    {
        using var call = new Call(Media.Video() with { KeyFrameRequestDelay = 2000 });
        call.SendVideo(2);
        call.Run(3000);
        var before = call.Sender.PliCount(1000);

        call.Receiver.SendPli(5000);
        call.Settle();
        Assert.Equal(before + 1, call.Sender.PliCount(1000));
        call.Sender.SendRtp(call.Source.KeyFrame());
        for (var i = 0; i < 19; i++)
        {
            call.Run(100);
            call.Receiver.SendPli(5000);
        }

        call.Settle();
        Assert.Equal(before + 1, call.Sender.PliCount(1000));
        call.Run(110);
        Assert.Equal(before + 2, call.Sender.PliCount(1000));
    }

    [Fact]
    public void A_paused_producer_is_asked_for_nothing_and_for_a_key_frame_once_it_goes_on()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(2);
        call.Run(3000);
        call.Producer.Pause();
        var before = call.Sender.PliCount(1000);

        call.Receiver.SendPli(5000);
        call.Run(3000);
        Assert.Equal(before, call.Sender.PliCount(1000));

        call.Producer.Resume();
        call.Settle();
        Assert.Equal(before + 1, call.Sender.PliCount(1000));
    }
}
