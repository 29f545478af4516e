using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>Of a stream that has its layers within, the preferred ones are forwarded from a key frame on.</summary>
public sealed class SvcTests
{
    /// <summary>RFC 9628 section 4.2: a packet that is a whole frame of one spatial layer, in non-flexible mode.</summary>
    internal static byte[] Vp9(int spatial, int temporal, bool key, bool switchUp = false)
    {
        var payload = new byte[100];
        payload[0] = (byte)(0x20 | 0x08 | 0x04 | (key ? 0 : 0x40));
        payload[1] = (byte)((temporal << 5) | (switchUp ? 0x10 : 0) | (spatial << 1) | (spatial > 0 ? 1 : 0));
        return payload;
    }

    [Fact]
    public void All_layers_are_sent_from_a_key_frame_on_and_told_as_the_current_ones()
    {
        using var call = Call();
        SendPicture(call, key: false);
        Assert.Empty(call.Received);
        Assert.Equal((2, 2, -1), call.Spatial());

        SendPicture(call, key: true);

        Assert.Equal(3, call.Received.Count);
        Assert.Equal((2, 2, 2), call.Spatial());
        Assert.Equal([2], call.LayerEvents);
        call.AssertNoGaps();
    }

    [Fact]
    public void A_higher_layer_of_a_key_picture_is_no_beginning()
    {
        using var call = Call();

        Send(call, 1, true);

        Assert.Empty(call.Received);
    }

    [Fact]
    public void Preferring_lower_layers_leaves_the_higher_ones_out_from_the_next_picture_on()
    {
        using var call = Call();
        SendPicture(call, key: true);

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1, TemporalLayer = 0 });
        SendPicture(call, key: false);
        SendPicture(call, key: false, temporal: 2);
        SendPicture(call, key: false);

        Assert.Equal(7, call.Received.Count);
        Assert.Equal((1, 1, 1), call.Spatial());
        Assert.Equal([false, false, true, false, true, false, true], call.Received.Select(packet => packet.Marker));
        call.AssertNoGaps();
    }

    [Fact]
    public void Preferring_higher_layers_asks_for_a_key_frame_at_once_and_begins_them_there()
    {
        using var call = Call(preferred: new ConsumerLayers { SpatialLayer = 0 });
        SendPicture(call, key: true);
        SendPicture(call, key: false);
        var asked = call.Sender.PliCount(1000);

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 2 });
        call.World.Settle();
        Assert.Equal(asked + 1, call.Sender.PliCount(1000));
        SendPicture(call, key: false);
        Assert.Equal(3, call.Received.Count);
        SendPicture(call, key: true);

        Assert.Equal(6, call.Received.Count);
        Assert.Equal([0, 2], call.LayerEvents);
        call.AssertNoGaps();
    }

    [Fact]
    public void With_KSVC_only_the_own_layer_is_sent_between_key_pictures()
    {
        using var call = Call("L3T3_KEY", new ConsumerLayers { SpatialLayer = 1 });

        SendPicture(call, key: true);
        SendPicture(call, key: false);
        SendPicture(call, key: false);

        Assert.Equal([0, 1, 1, 1], call.Received.Select(SpatialOf));
        Assert.Equal([false, true, true, true], call.Received.Select(packet => packet.Marker));
    }

    [Fact]
    public void With_KSVC_the_highest_layer_that_a_key_picture_has_is_shown_rather_than_nothing()
    {
        using var call = Call("L3T3_KEY");

        SendPicture(call, key: true, layers: 2);
        SendPicture(call, key: false, layers: 2);

        Assert.Equal([0, 1, 1], call.Received.Select(SpatialOf));
        Assert.Equal((2, 2, 1), call.Spatial());
        Assert.Equal([1], call.LayerEvents);
    }

    [Fact]
    public void With_KSVC_a_layer_that_is_sent_no_more_is_replaced_at_a_key_frame_asked_for_after_three_pictures()
    {
        using var call = Call("L3T3_KEY");
        SendPicture(call, key: true);
        call.Run(2000);
        var asked = call.Sender.PliCount(1000);

        for (var i = 0; i < 4; i++)
        {
            SendPicture(call, key: false, layers: 2);
        }

        Assert.Equal(asked + 1, call.Sender.PliCount(1000));
        SendPicture(call, key: true, layers: 2);
        SendPicture(call, key: false, layers: 2);
        Assert.Equal([0, 1, 2, 0, 1, 1], call.Received.Select(SpatialOf));
    }

    [Fact]
    public void A_layer_without_bitrate_is_not_aimed_at_until_it_is_sent_again()
    {
        using var call = Call();
        for (var i = 0; i < 200; i++)
        {
            SendPicture(call, key: i == 0, layers: 2);
            call.Run(33);
        }

        Assert.Equal((2, 1, 1), call.Spatial());
        for (var i = 0; i < 60; i++)
        {
            SendPicture(call, key: false, layers: 3);
            call.Run(33);
        }

        Assert.Equal((2, 2, 1), call.Spatial());
        SendPicture(call, key: true);
        Assert.Equal((2, 2, 2), call.Spatial());
    }

    [Fact]
    public void Higher_temporal_layers_begin_at_a_switching_point()
    {
        using var call = Call(preferred: new ConsumerLayers { SpatialLayer = 2, TemporalLayer = 0 });
        SendPicture(call, key: true);
        SendPicture(call, key: false, temporal: 2);
        Assert.Equal(3, call.Received.Count);

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 2, TemporalLayer = 2 });
        SendPicture(call, key: false, temporal: 2);
        Assert.Equal(3, call.Received.Count);
        SendPicture(call, key: false, temporal: 0, switchUp: true);
        SendPicture(call, key: false, temporal: 2);

        Assert.Equal(9, call.Received.Count);
        Assert.Equal((short)2, call.Consumer.Dump().CurrentTemporalLayer);
        call.AssertNoGaps();
    }

    [Fact]
    public void A_paused_consumer_has_no_layers_and_begins_again_at_a_key_frame()
    {
        using var call = Call();
        SendPicture(call, key: true);
        call.Run(2000);
        var asked = call.Sender.PliCount(1000);

        call.Consumer.Pause();
        Assert.Equal((2, -1, -1), call.Spatial());
        call.Consumer.Resume();
        SendPicture(call, key: false);
        Assert.Equal(3, call.Received.Count);
        Assert.Equal(asked + 1, call.Sender.PliCount(1000));
        SendPicture(call, key: true);

        Assert.Equal(6, call.Received.Count);
        call.AssertNoGaps();
        Assert.Equal([2, null, 2], call.LayerEvents);
    }

    [Fact]
    public void Statistics_tell_of_the_source_once_layers_are_sent()
    {
        using var call = Call();
        Assert.Single(call.Consumer.GetStats().Stats);

        Send(call, 0, true);

        Assert.Equal(2, call.Consumer.GetStats().Stats.Count);
    }

    private static void Send(LayeredCall call, int spatial, bool key)
    {
        call.Sender.SendRtp(call.Layers[0].Next(Vp9(spatial, 0, key)));
        call.World.Settle();
    }

    private static int SpatialOf(ReceivedRtp packet) => (packet.Payload[1] >> 1) & 7;

    /// <summary>Sends one picture: a packet for each of its spatial layers, the last with the marker.</summary>
    private static void SendPicture(LayeredCall call, bool key, int temporal = 0, int layers = 3, bool switchUp = false)
    {
        for (var spatial = 0; spatial < layers; spatial++)
        {
            call.Sender.SendRtp(call.Layers[0].Part(Vp9(spatial, temporal, key, switchUp), spatial == 0, spatial == layers - 1));
        }

        call.World.Settle();
    }

    private static LayeredCall Call(string mode = "L3T3", ConsumerLayers? preferred = null)
    {
        var produce = LayeredMedia.Svc(mode: mode);
        return new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: preferred));
    }
}
