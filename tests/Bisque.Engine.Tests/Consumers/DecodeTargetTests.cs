using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// When a receiver of AV1 goes to another layer. With K-SVC layers do without each other between key pictures. The sender gives templates the
/// same ids after each key picture, as Chromium does.
/// </summary>
public sealed class DecodeTargetTests
{
    [Fact]
    public void A_lost_frame_of_a_layer_that_was_left_out_lets_nobody_go_to_that_layer()
    {
        using var call = Call("L2T1_KEY", out var encoder, temporalLayers: 1);
        SendPicture(call, encoder, key: true);
        SendPicture(call, encoder);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0 });

        SendPicture(call, encoder, lostSpatial: 0);
        SendPicture(call, encoder);
        SendPicture(call, encoder);
        Assert.Equal([0, 1, 1, 1, 1, 1], Layers(call, encoder));
        Assert.Equal((0, 0, 1), call.Spatial());

        SendPicture(call, encoder, key: true);
        SendPicture(call, encoder);
        Assert.Equal([0, 1, 1, 1, 1, 1, 0, 0], Layers(call, encoder));
        Assert.Equal((0, 0, 0), call.Spatial());
    }

    [Fact]
    public void A_higher_layer_does_not_begin_behind_the_end_of_a_picture()
    {
        using var call = Call("L2T3_KEY", out var encoder, temporalLayers: 3);
        SendPicture(call, encoder, key: true);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 2 });
        SendPicture(call, encoder);
        SendPicture(call, encoder);
        SendPicture(call, encoder);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1, TemporalLayer = 2 });

        // The upper frame refers to the key picture alone, and could be decoded. But what the receiver takes for the picture is complete.
        SendPicture(call, encoder);

        Assert.Equal([0, 1, 0, 0, 0, 0], Layers(call, encoder));
        Assert.Equal([false, true, true, true, true, true], call.Received.Select(packet => packet.Marker));

        SendPicture(call, encoder, key: true);
        Assert.Equal((1, 1, 1), call.Spatial());
        call.AssertNoGaps();
    }

    [Fact]
    public void What_comes_late_from_before_a_key_frame_is_of_the_layers_of_its_time()
    {
        using var call = Call("L2T1_KEY", out var encoder, temporalLayers: 1);
        SendPicture(call, encoder, key: true);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0 });
        SendPicture(call, encoder);
        var picture = encoder.Next(false);
        call.Sender.SendRtp(picture[0].Rtp);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1 });
        call.Run(33);
        SendPicture(call, encoder, key: true);

        call.Sender.SendRtp(picture[1].Rtp);
        call.World.Settle();
        SendPicture(call, encoder);

        Assert.Equal([0, 1, 0, 0, 0, 1, 1], Layers(call, encoder));
    }

    [Fact]
    public void A_picture_of_which_the_first_frame_comes_last_is_of_one_target()
    {
        using var call = Call("L2T3", out var encoder, temporalLayers: 3);
        SendPicture(call, encoder, key: true);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1, TemporalLayer = 0 });

        foreach (var packet in encoder.Next(false).AsEnumerable().Reverse())
        {
            call.Sender.SendRtp(packet.Rtp);
            call.Run(10);
        }

        SendPicture(call, encoder);
        SendPicture(call, encoder);
        SendPicture(call, encoder);
        Assert.Equal([0, 1, 0, 1], Layers(call, encoder));
    }

    private static LayeredCall Call(string mode, out LayeredEncoder encoder, int temporalLayers)
    {
        var produce = LayeredMedia.Svc("video/AV1", mode);
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        encoder = new LayeredEncoder(call.Layers[0], "video/AV1", 2, temporalLayers, isKeySvc: mode.EndsWith("_KEY", StringComparison.Ordinal), keepsTemplateIds: true) { PacketsPerFrame = 1 };
        return call;
    }

    private static void SendPicture(LayeredCall call, LayeredEncoder encoder, bool key = false, int? lostSpatial = null)
    {
        foreach (var packet in encoder.Next(key).Where(packet => packet.Frame.Spatial != lostSpatial))
        {
            call.Sender.SendRtp(packet.Rtp);
        }

        call.Run(33);
    }

    private static IEnumerable<int> Layers(LayeredCall call, LayeredEncoder encoder) =>
        call.Received.Select(packet => encoder.Frames[LayeredEncoder.Identify(packet.Payload)!.Value.Frame].Spatial);
}
