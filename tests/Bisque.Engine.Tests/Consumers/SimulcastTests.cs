using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>Which of several encodings a consumer sends, and how it goes from one to another.</summary>
public sealed class SimulcastTests
{
    private static readonly int[] All = [0, 1, 2];

    [Fact]
    public void The_highest_encoding_is_sent_from_its_key_frame_on()
    {
        using var call = Call();

        call.Stream(3, All);
        Assert.Empty(call.Received);
        Assert.Equal((2, 2, -1), call.Spatial());

        call.Stream(4, All, 2);
        Assert.All(call.Received, packet => Assert.Equal(2, LayeredCall.LayerOf(packet)));
        Assert.Equal(4, call.Received.Count);
        Assert.Equal((2, 2, 2), call.Spatial());
        Assert.Equal([2], call.LayerEvents);
    }

    [Fact]
    public void Until_the_best_encoding_has_a_key_frame_a_lower_one_goes_on()
    {
        using var call = Call();

        call.Stream(3, [0], 0);
        call.Stream(3, All);
        call.Stream(3, All, 2);

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 2, 2, 2], call.Received.Select(LayeredCall.LayerOf));
        call.AssertNoGaps();
        call.AssertTimestampsGrow();
        Assert.Equal([0, 2], call.LayerEvents);
    }

    [Fact]
    public void An_encoding_with_fewer_temporal_layers_than_the_others_is_aimed_at_with_its_own()
    {
        var produce = LayeredMedia.Simulcast(2, mode: "L1T3");
        var encodings = produce.RtpParameters.Encodings.ToArray();
        encodings[0] = encodings[0] with { ScalabilityMode = "L1T1" };
        produce = produce with { RtpParameters = produce.RtpParameters with { Encodings = encodings } };
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, temporalLayers: 3));
        call.Stream(3, [0, 1], 0, 1);
        Assert.Equal(((short?)1, (short?)2), Target(call));

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0 });
        call.Stream(3, [0, 1], 0, 1);

        Assert.Equal(((short?)0, (short?)0), Target(call));
        Assert.Equal((byte)0, call.World.Events.Of<ConsumerLayersChangeEvent>("consumer").Last().Layers!.TemporalLayer);
    }

    [Fact]
    public void A_key_frame_is_asked_of_the_encoding_that_is_aimed_at()
    {
        using var call = Call();
        call.Stream(3, All, All);
        var asked = call.Sender.PliCount(LayeredMedia.Ssrc(1));

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1 });
        call.World.Settle();

        Assert.Equal(asked + 1, call.Sender.PliCount(LayeredMedia.Ssrc(1)));
        Assert.Equal((1, 1, 2), call.Spatial());
    }

    [Fact]
    public void Nothing_is_asked_of_a_sender_that_opens_with_key_frames()
    {
        using var call = Call();

        call.Stream(3, All, All);

        Assert.All(All, layer => Assert.Equal(0, call.Sender.PliCount(LayeredMedia.Ssrc(layer))));
    }

    [Fact]
    public void A_key_frame_that_does_not_come_is_asked_for_again()
    {
        using var call = Call();
        call.Stream(3, All, All);
        call.Run(100);
        var asked = call.Sender.PliCount(LayeredMedia.Ssrc(0));

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0 });
        call.Stream(200, All);

        Assert.InRange(call.Sender.PliCount(LayeredMedia.Ssrc(0)) - asked, 5, 13);
    }

    [Fact]
    public void Other_preferred_layers_lead_there_at_a_key_frame_and_back()
    {
        using var call = Call();
        call.Stream(3, All, All);

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0 });
        call.Stream(2, All);
        call.Stream(2, All, 0);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 2 });
        call.Stream(2, All, 2);

        Assert.Equal([2, 2, 2, 2, 2, 0, 0, 0, 2, 2], call.Received.SkipWhile(packet => LayeredCall.LayerOf(packet) != 2).Select(LayeredCall.LayerOf));
        call.AssertNoGaps();
        call.AssertTimestampsGrow();
    }

    [Fact]
    public void An_encoding_that_dies_is_left_and_taken_up_again_when_it_lives()
    {
        using var call = Call();
        call.Stream(3, All, All);

        call.Stream(60, [0, 1]);
        Assert.Equal((2, 1, 2), call.Spatial());
        call.Stream(2, [0, 1], 1);
        Assert.Equal((2, 1, 1), call.Spatial());
        Assert.Equal(1, LayeredCall.LayerOf(call.Received[^1]));

        call.Stream(2, All);
        Assert.Equal((2, 2, 1), call.Spatial());
        call.Stream(2, All, 2);
        Assert.Equal((2, 2, 2), call.Spatial());
        call.AssertNoGaps();
        call.AssertTimestampsGrow();
    }

    [Fact]
    public void Without_an_encoding_as_low_as_preferred_the_lowest_is_sent()
    {
        using var call = Call(new ConsumerLayers { SpatialLayer = 0 });

        call.Stream(3, [1, 2], 1, 2);

        Assert.Equal((0, 1, 1), call.Spatial());
        Assert.All(call.Received, packet => Assert.Equal(1, LayeredCall.LayerOf(packet)));
    }

    [Fact]
    public void When_everything_dies_the_controller_hears_of_no_layers()
    {
        using var call = Call();
        call.Stream(3, All, All);

        call.Run(2000);

        Assert.Equal((2, -1, -1), call.Spatial());
        Assert.Null(call.LayerEvents.Last());
    }

    [Fact]
    public void Pausing_tells_no_layers_and_resuming_goes_on_without_a_gap()
    {
        using var call = Call();
        call.Stream(3, All, All);
        var before = call.Received.Count;

        call.Consumer.Pause();
        call.Stream(5, All);
        Assert.Equal(before, call.Received.Count);
        Assert.Equal((2, -1, -1), call.Spatial());
        Assert.Null(call.LayerEvents.Last());

        call.Consumer.Resume();
        call.Stream(2, All);
        Assert.Equal(before, call.Received.Count);
        call.Stream(2, All, 2);
        Assert.Equal(before + 2, call.Received.Count);
        call.AssertNoGaps();
        call.AssertTimestampsGrow();

        // What the first encodings, which came at the same instant, were put apart by is taken back.
        Assert.InRange(call.Received[^2].Timestamp - call.Received[before - 1].Timestamp, 8 * 3000u - 300, 8 * 3000u);
    }

    [Fact]
    public void The_time_between_pictures_of_two_encodings_is_that_of_their_capture()
    {
        using var call = Call(new ConsumerLayers { SpatialLayer = 0 });
        call.Stream(2, All, All);
        for (var i = 0; i < 4; i++)
        {
            // The frames of the large encoding leave the sender 20 ms after they were captured.
            call.ReportCapture(All, [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(20)]);
            call.Stream(30, All);
        }

        call.Send(0);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 2 });
        call.Run(53);
        call.Layers[2].Timestamp += 3000;
        call.Send(2, key: true);

        // One frame of 3000 units later than the other encoding's, captured 20 ms, or 1800 units, earlier; by arrival it would be 53 ms.
        Assert.InRange((int)(call.Received[^1].Timestamp - call.Received[^2].Timestamp), 1198, 1202);
        Assert.Equal(2, LayeredCall.LayerOf(call.Received[^1]));
    }

    [Fact]
    public void Without_capture_times_the_time_between_pictures_is_that_of_their_arrival()
    {
        using var call = Call(new ConsumerLayers { SpatialLayer = 0 });
        call.Stream(2, All, All);

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1 });
        call.Run(67);
        call.Send(1, key: true);

        Assert.Equal((67 + 33) * 90u, call.Received[^1].Timestamp - call.Received[^2].Timestamp);
    }

    [Fact]
    public void A_frame_that_was_left_unfinished_shows_as_a_loss()
    {
        using var call = Call(new ConsumerLayers { SpatialLayer = 0 });
        call.Stream(2, All, All);
        call.Sender.SendRtp(call.Layers[0].Part(LayeredCall.Payload(0, key: false), begins: true, ends: false));
        call.Run(10);

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 2 });
        call.Send(2, key: true);

        Assert.Equal((ushort)(call.Received[^2].SequenceNumber + 2), call.Received[^1].SequenceNumber);
        Assert.NotEqual(call.Received[^2].Timestamp, call.Received[^1].Timestamp);
    }

    [Fact]
    public void Parts_of_a_key_frame_that_overtook_its_beginning_are_sent_behind_it()
    {
        using var call = Call();
        call.Stream(2, All);
        byte[][] parts =
        [
            call.Layers[2].Part(LayeredCall.Payload(2, key: true), begins: true, ends: false),
            call.Layers[2].Part([0x00, 1, 2, 3], begins: false, ends: false),
            call.Layers[2].Part([0x00, 1, 2, 4], begins: false, ends: true),
        ];

        call.Sender.SendRtp([parts[1], parts[2], parts[0]]);
        call.World.Settle();

        Assert.Equal([0x10, 3, 4], call.Received.Select((packet, index) => index == 0 ? packet.Payload[0] : packet.Payload[3]));
        call.AssertNoGaps();
    }

    [Fact]
    public void What_the_receiver_misses_is_sent_again_also_from_the_encoding_before()
    {
        using var call = Call(new ConsumerLayers { SpatialLayer = 0 });
        call.Stream(3, All, All);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 2 });
        call.Stream(3, All, 2);
        var lost = new[] { call.Received[1], call.Received[^1] };

        call.Receiver.SendNack(5000, lost[0].SequenceNumber, lost[1].SequenceNumber);
        call.World.Settle();

        var resent = call.Received[^2..];
        Assert.All(resent, packet => Assert.Equal(5001u, packet.Ssrc));
        Assert.Equal(lost.Select(packet => packet.Payload), resent.Select(packet => packet.Payload[2..]));
        Assert.Equal(lost.Select(packet => packet.Timestamp), resent.Select(packet => packet.Timestamp));
    }

    [Fact]
    public void A_restarted_encoding_is_entered_again_at_a_key_frame()
    {
        using var call = Call();
        call.Stream(3, All, All);
        var before = call.Received.Count;

        call.Layers[2].NextSequenceNumber += 30_000;
        call.Layers[2].Timestamp -= 500_000;
        call.Stream(3, All);
        Assert.Equal(-1, call.Spatial().Current);
        Assert.Equal(before, call.Received.Count);
        call.Stream(3, All, 2);

        Assert.Equal(before + 3, call.Received.Count);
        call.AssertNoGaps();
        call.AssertTimestampsGrow();
    }

    [Fact]
    public void Statistics_tell_the_encoding_that_is_sent()
    {
        using var call = Call(new ConsumerLayers { SpatialLayer = 1 });
        Assert.Single(call.Consumer.GetStats().Stats);

        call.Stream(3, All, All);

        var stats = call.Consumer.GetStats().Stats;
        Assert.Equal(2, stats.Count);
        Assert.Equal(LayeredMedia.Ssrc(1), Assert.IsType<RtpStreamRecvStats>(stats[1]).Base.Ssrc);
    }

    [Fact]
    public void Scores_tell_of_every_encoding_and_of_the_one_that_is_sent()
    {
        using var call = Call();
        Assert.Equal((10, 0), (call.Response.Score.Score, call.Response.Score.ProducerScore));
        Assert.Equal([0, 0, 0], call.Response.Score.ProducerScores);

        call.Stream(3, [0, 2], 0, 2);

        var score = call.World.Events.Of<ConsumerScoreEvent>("consumer").Last().Score;
        Assert.Equal((10, 10), (score.Score, score.ProducerScore));
        Assert.Equal([10, 0, 10], score.ProducerScores);
    }

    [Fact]
    public void A_consumer_of_a_closed_producer_says_nothing_more()
    {
        using var call = Call();
        call.Stream(3, All, All);
        var events = call.LayerEvents.Count();

        call.Sender.Transport.CloseProducer("video");

        Assert.Equal(events, call.LayerEvents.Count());
        Assert.Single(call.World.Events.Of<ConsumerProducerCloseEvent>("consumer"));
    }

    private static LayeredCall Call(ConsumerLayers? preferred = null)
    {
        var produce = LayeredMedia.Simulcast();
        return new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: preferred));
    }

    private static (short? Spatial, short? Temporal) Target(LayeredCall call)
    {
        var dump = call.Consumer.Dump();
        return (dump.TargetSpatialLayer, dump.TargetTemporalLayer);
    }
}
