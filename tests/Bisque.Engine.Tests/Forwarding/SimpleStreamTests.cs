using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Forwarding;

/// <summary>What a consumer of a simple stream sends, and from when on.</summary>
public sealed class SimpleStreamTests
{
    [Fact]
    public void A_stream_reaches_its_consumer_under_the_consumers_own_numbers()
    {
        using var call = new Call(Media.Video());

        call.Sender.SendRtp(call.Source.KeyFrame());
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();

        Assert.Equal(2, call.Received.Count);
        Assert.All(call.Received, packet => Assert.Equal((5000u, Media.ConsumedVideoPayloadType), (packet.Ssrc, packet.PayloadType)));
        Assert.Equal(Payloads.Vp8KeyFrame(), call.Received[0].Payload);
        call.AssertNoGaps();
    }

    [Theory]
    [InlineData("video/VP8")]
    [InlineData("video/H264")]
    public void Video_starts_at_a_key_frame(string mimeType)
    {
        using var call = new Call(Media.Video(mimeType: mimeType));
        var isVp8 = mimeType == "video/VP8";

        call.Sender.SendRtp(call.Source.Next(isVp8 ? Payloads.Vp8DeltaFrame() : Payloads.H264DeltaFrame()));
        call.Settle();
        Assert.Empty(call.Received);

        var keyFrame = isVp8 ? Payloads.Vp8KeyFrame() : Payloads.H264KeyFrame();
        call.Sender.SendRtp(call.Source.Next(keyFrame));
        call.Settle();
        Assert.Equal(keyFrame, Assert.Single(call.Received).Payload);
    }

    [Fact]
    public void Audio_starts_at_any_packet()
    {
        using var call = new Call(Media.Audio());

        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        Assert.Equal(Payloads.Opus(), Assert.Single(call.Received).Payload);
    }

    [Fact]
    public void Numbers_go_on_without_a_gap_after_pause_and_resume()
    {
        using var call = new Call(Media.Audio());
        SendAudio(call, 3);

        call.Consumer.Pause();
        SendAudio(call, 5);
        Assert.Equal(3, call.Received.Count);

        call.Consumer.Resume();
        SendAudio(call, 3);
        Assert.Equal(6, call.Received.Count);
        call.AssertNoGaps();
    }

    [Fact]
    public void A_resumed_video_consumer_waits_for_a_key_frame_and_asks_for_it()
    {
        using var call = new Call(Media.Video());
        call.Sender.SendRtp(call.Source.KeyFrame());
        call.Run(2000);
        call.Consumer.Pause();
        var asked = call.Sender.PliCount(1000);

        call.Consumer.Resume();
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();
        Assert.Single(call.Received);
        Assert.Equal(asked + 1, call.Sender.PliCount(1000));

        call.Sender.SendRtp(call.Source.KeyFrame());
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();
        Assert.Equal(3, call.Received.Count);
        call.AssertNoGaps();
    }

    [Fact]
    public void A_paused_producer_forwards_nothing_and_tells_its_consumers()
    {
        using var call = new Call(Media.Audio());
        var producer = (Producer)call.World.Worker.FindRequestHandler("audio")!;
        SendAudio(call, 2);

        producer.Pause();
        producer.Pause();
        SendAudio(call, 2);
        Assert.Equal(2, call.Received.Count);
        Assert.True(call.Consumer.Dump().ProducerPaused);

        producer.Resume();
        producer.Resume();
        SendAudio(call, 2);
        Assert.Equal(4, call.Received.Count);
        call.AssertNoGaps();
        Assert.Single(call.World.Events.Of<ConsumerProducerPauseEvent>("consumer"));
        Assert.Single(call.World.Events.Of<ConsumerProducerResumeEvent>("consumer"));
    }

    [Fact]
    public void Packets_that_only_say_that_nobody_speaks_are_left_out_on_demand()
    {
        using var call = new Call(Media.Audio(), consume => consume with { IgnoreDtx = true });
        SendAudio(call, 2);

        call.Sender.SendRtp(call.Source.Next(Payloads.OpusDtx()));
        call.Sender.SendRtp(call.Source.Next(Payloads.OpusDtx()));
        SendAudio(call, 2);

        Assert.Equal(4, call.Received.Count);
        Assert.DoesNotContain(call.Received, packet => packet.Payload.Length == 1);
        call.AssertNoGaps();
    }

    [Fact]
    public void Packets_that_only_say_that_nobody_speaks_are_forwarded_otherwise()
    {
        using var call = new Call(Media.Audio());

        SendAudio(call, 1);
        call.Sender.SendRtp(call.Source.Next(Payloads.OpusDtx()));
        call.Settle();

        Assert.Equal(2, call.Received.Count);
    }

    [Fact]
    public void An_empty_payload_is_dropped_without_a_gap()
    {
        using var call = new Call(Media.Audio());
        SendAudio(call, 2);

        call.Sender.SendRtp(call.Source.Next([]));
        SendAudio(call, 2);

        Assert.Equal(4, call.Received.Count);
        call.AssertNoGaps();
    }

    [Fact]
    public void A_packet_that_comes_twice_is_forwarded_once()
    {
        using var call = new Call(Media.Audio());
        SendAudio(call, 1);
        var packet = call.Source.Next(Payloads.Opus());

        call.Sender.SendRtp(packet);
        call.Sender.SendRtp(packet);
        call.Settle();

        Assert.Equal(2, call.Received.Count);
    }

    [Fact]
    public void Packets_out_of_order_keep_their_distance()
    {
        using var call = new Call(Media.Audio());
        SendAudio(call, 1);
        byte[][] packets = [call.Source.Next(Payloads.Opus()), call.Source.Next(Payloads.Opus()), call.Source.Next(Payloads.Opus())];

        call.Sender.SendRtp([packets[2], packets[0], packets[1]]);
        call.Settle();

        var first = call.Received[0].SequenceNumber;
        Assert.Equal([first, (ushort)(first + 3), (ushort)(first + 1), (ushort)(first + 2)], call.Received.Select(packet => packet.SequenceNumber));
    }

    [Fact]
    public void Numbers_wrap()
    {
        using var call = new Call(Media.Audio());
        call.Source.NextSequenceNumber = 65_530;

        SendAudio(call, 20);

        Assert.Equal(20, call.Received.Count);
        call.AssertNoGaps();
    }

    [Fact]
    public void A_payload_type_that_the_consumer_does_not_know_is_not_forwarded_as_one_that_it_knows()
    {
        var audio = Media.Audio();
        audio = audio with
        {
            RtpParameters = audio.RtpParameters with
            {
                Codecs =
                [
                    .. audio.RtpParameters.Codecs,
                    new RtpCodecParameters { MimeType = "audio/telephone-event", PayloadType = 126, ClockRate = 48_000 },
                ],
            },
        };
        using var call = new Call(audio);
        SendAudio(call, 1);

        var digit = call.Source.Next([5, 0x80, 0, 160]);
        digit[1] = (byte)((digit[1] & 0x80) | 126);
        call.Sender.SendRtp(digit);
        SendAudio(call, 1);

        Assert.All(call.Received, packet => Assert.Equal(Payloads.Opus(), packet.Payload));
        call.AssertNoGaps();
    }

    [Fact]
    public void A_second_codec_of_a_stream_keeps_its_own_payload_type()
    {
        var events = new RtpCodecParameters { MimeType = "audio/telephone-event", PayloadType = 126, ClockRate = 48_000 };
        var audio = Media.Audio();
        audio = audio with
        {
            RtpParameters = audio.RtpParameters with { Codecs = [.. audio.RtpParameters.Codecs, events] },
            RtpMapping = audio.RtpMapping with
            {
                Codecs = [.. audio.RtpMapping.Codecs, new RtpCodecMapping { PayloadType = 126, MappedPayloadType = 110 }],
            },
        };
        using var call = new Call(audio, consume => consume with
        {
            RtpParameters = consume.RtpParameters with
            {
                Codecs = [.. consume.RtpParameters.Codecs, events with { PayloadType = 110 }],
            },
        });
        SendAudio(call, 1);

        var digit = call.Source.Next([5, 0x80, 0, 160]);
        digit[1] = (byte)((digit[1] & 0x80) | 126);
        call.Sender.SendRtp(digit);
        SendAudio(call, 1);

        Assert.Equal([Media.ConsumedAudioPayloadType, 110, Media.ConsumedAudioPayloadType], call.Received.Select(packet => packet.PayloadType));
        call.AssertNoGaps();
    }

    private static void SendAudio(Call call, int count)
    {
        for (var i = 0; i < count; i++)
        {
            call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
            call.Run(20);
        }
    }
}
