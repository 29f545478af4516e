using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>A consumer that takes all encodings to another router.</summary>
public sealed class PipeTests
{
    [Fact]
    public void Each_encoding_is_sent_under_an_ssrc_of_its_own()
    {
        using var call = Call();

        call.Stream(4, [0, 1], 0, 1);

        Assert.Equal(4, Of(call, 5000).Count);
        Assert.Equal(4, Of(call, 5010).Count);
        Assert.All(Of(call, 5000), packet => Assert.Equal(0, LayeredCall.LayerOf(packet)));
        Assert.All(Of(call, 5010), packet => Assert.Equal(1, LayeredCall.LayerOf(packet)));
        AssertNoGaps(Of(call, 5000));
        AssertNoGaps(Of(call, 5010));
    }

    [Fact]
    public void Each_encoding_begins_at_its_own_key_frame()
    {
        using var call = Call();

        call.Stream(3, [0, 1], 0);
        Assert.Empty(Of(call, 5010));
        call.Stream(3, [0, 1], 1);

        Assert.Equal(6, Of(call, 5000).Count);
        Assert.Equal(3, Of(call, 5010).Count);
    }

    [Fact]
    public void A_loss_is_passed_on_as_a_loss_of_that_encoding_only()
    {
        using var call = Call();
        call.Stream(2, [0, 1], 0, 1);

        call.Layers[0].DeltaFrame();
        call.Stream(2, [0, 1]);

        var first = Of(call, 5000);
        Assert.Equal((ushort)(first[1].SequenceNumber + 2), first[2].SequenceNumber);
        AssertNoGaps(Of(call, 5010));
    }

    [Fact]
    public void A_nack_is_answered_from_the_encoding_that_it_names()
    {
        using var call = Call();
        call.Stream(4, [0, 1], 0, 1);
        var lost = Of(call, 5010)[2];

        call.Receiver.SendNack(5010, lost.SequenceNumber);
        call.World.Settle();

        var resent = Assert.Single(Of(call, 5011));
        Assert.Equal(lost.Payload, resent.Payload[2..]);
        Assert.Empty(Of(call, 5001));
    }

    [Fact]
    public void Without_rtx_a_packet_is_sent_again_as_it_was()
    {
        using var call = Call(rtx: false);
        call.Stream(4, [0, 1], 0, 1);
        var lost = Of(call, 5010)[2];

        call.Receiver.SendNack(5010, lost.SequenceNumber);
        call.World.Settle();

        var resent = Of(call, 5010)[^1];
        Assert.Equal(5, Of(call, 5010).Count);
        Assert.Equal((lost.PayloadType, lost.SequenceNumber, lost.Timestamp), (resent.PayloadType, resent.SequenceNumber, resent.Timestamp));
        Assert.Equal(lost.Payload, resent.Payload);
    }

    [Fact]
    public void A_picture_loss_is_told_to_the_encoding_that_it_names()
    {
        using var call = Call();
        call.Stream(2, [0, 1], 0, 1);
        call.Run(2000);

        call.Receiver.SendPli(5010);
        call.World.Settle();

        Assert.Equal((0, 1), (call.Sender.PliCount(LayeredMedia.Ssrc(0)), call.Sender.PliCount(LayeredMedia.Ssrc(1))));
    }

    [Fact]
    public void A_requested_key_frame_is_one_of_every_encoding()
    {
        using var call = Call();
        call.Stream(2, [0, 1], 0, 1);
        call.Run(2000);

        call.Consumer.RequestKeyFrame();
        call.World.Settle();

        Assert.Equal((1, 1), (call.Sender.PliCount(LayeredMedia.Ssrc(0)), call.Sender.PliCount(LayeredMedia.Ssrc(1))));
    }

    [Fact]
    public void Audio_takes_the_request_for_a_key_frame_without_a_word()
    {
        var audio = Media.Audio();
        using var call = new Call(audio, _ => LayeredMedia.Pipe(audio));
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        call.Consumer.RequestKeyFrame();

        Assert.Single(call.Received);
    }

    [Fact]
    public void The_marker_stays_what_it_was()
    {
        using var call = Call();
        call.Stream(1, [0, 1], 0, 1);

        call.Sender.SendRtp(call.Layers[0].Part(LayeredCall.Payload(0, key: false), begins: true, ends: false));
        call.Sender.SendRtp(call.Layers[0].Part(LayeredCall.Payload(0, key: false), begins: false, ends: true));
        call.World.Settle();

        Assert.Equal([true, false, true], Of(call, 5000).Select(packet => packet.Marker));
    }

    [Fact]
    public void There_are_no_layers_and_the_score_is_always_the_best()
    {
        using var call = Call();
        call.Stream(3, [0, 1], 0, 1);
        call.Run(3000);

        Assert.Equal((10, 10), (call.Response.Score.Score, call.Response.Score.ProducerScore));
        Assert.Empty(call.World.Events.Of<ConsumerScoreEvent>("consumer"));
        Assert.Empty(call.LayerEvents);
        Assert.Null(call.Response.PreferredLayers);
        Assert.Null(call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1 }).PreferredLayers);
        Assert.Equal((-1, -1, -1), call.Spatial());
    }

    [Fact]
    public void Dump_and_statistics_tell_of_each_encoding_sent_and_of_nothing_else()
    {
        using var call = Call();
        call.Stream(3, [0, 1], 0, 1);

        Assert.Equal([5000u, 5010u], call.Consumer.Dump().RtpStreams.Select(stream => stream.Parameters.Ssrc));
        Assert.Equal(RtpParametersType.Pipe, call.Consumer.Dump().Type);
        Assert.Equal(
            [(5000u, 3ul), (5010u, 3ul)],
            call.Consumer.GetStats().Stats.Select(stats => Assert.IsType<RtpStreamSendStats>(stats)).Select(stats => (stats.Base.Ssrc, stats.PacketCount)));
    }

    [Fact]
    public void Behind_the_pipe_every_encoding_is_a_stream_of_its_producer()
    {
        using var call = Call();
        using var second = new World();
        var pipe = second.ConnectPlain("pipe");
        var viewer = second.ConnectPlain("viewer");
        var produce = Piped(LayeredMedia.Pipe(LayeredMedia.Simulcast(2)));
        pipe.Transport.Produce(produce);
        viewer.Transport.Consume(LayeredMedia.Consume(produce));

        for (var i = 0; i < 6; i++)
        {
            var before = call.Received.Count;
            call.Stream(1, [0, 1], i == 0 ? [0, 1] : []);
            pipe.SendRtp(call.Received.Skip(before).Select(packet => packet.Bytes));
            second.Run(33);
        }

        var producer = (Producer)second.Worker.FindRequestHandler("video")!;
        Assert.Equal([5000u, 5010u], producer.Dump().RtpStreams.Select(stream => stream.Parameters.Ssrc));
        Assert.Equal([6ul, 6ul], producer.GetStats().Stats.Cast<RtpStreamRecvStats>().Select(stats => stats.PacketCount));
        Assert.Equal([0, 1, 1, 1, 1, 1, 1], viewer.Rtp.Select(LayeredCall.LayerOf));
    }

    [Fact]
    public void A_paused_pipe_sends_nothing_and_begins_again_at_key_frames()
    {
        using var call = Call();
        call.Stream(2, [0, 1], 0, 1);

        call.Consumer.Pause();
        call.Stream(2, [0, 1]);
        call.Consumer.Resume();
        call.Stream(2, [0, 1], 1);

        Assert.Equal(2, Of(call, 5000).Count);
        Assert.Equal(4, Of(call, 5010).Count);
        AssertNoGaps(Of(call, 5010));
    }

    private static LayeredCall Call(bool rtx = true)
    {
        var produce = LayeredMedia.Simulcast(2);
        return new LayeredCall(produce, LayeredMedia.Pipe(produce, rtx: rtx));
    }

    /// <summary>What a controller makes of a pipe consumer in the router behind it.</summary>
    private static ProduceRequest Piped(ConsumeRequest pipe) => new()
    {
        ProducerId = "video",
        Kind = MediaKind.Video,
        RtpParameters = pipe.RtpParameters,
        RtpMapping = new RtpMapping
        {
            Codecs =
            [
                new() { PayloadType = Media.ConsumedVideoPayloadType, MappedPayloadType = Media.ConsumedVideoPayloadType },
                new() { PayloadType = Media.ConsumedVideoRtxPayloadType, MappedPayloadType = Media.ConsumedVideoRtxPayloadType },
            ],
            Encodings = [.. pipe.RtpParameters.Encodings.Select(encoding => new RtpEncodingMapping { Ssrc = encoding.Ssrc, MappedSsrc = encoding.Ssrc!.Value + 1_000_000 })],
        },
    };

    private static List<ReceivedRtp> Of(LayeredCall call, uint ssrc) => [.. call.Received.Where(packet => packet.Ssrc == ssrc)];

    private static void AssertNoGaps(List<ReceivedRtp> packets)
    {
        for (var i = 1; i < packets.Count; i++)
        {
            Assert.Equal((ushort)(packets[i - 1].SequenceNumber + 1), packets[i].SequenceNumber);
        }
    }
}
