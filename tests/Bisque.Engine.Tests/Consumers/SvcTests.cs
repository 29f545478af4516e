using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>A stream that has its layers within is forwarded whole, from a key frame on.</summary>
public sealed class SvcTests
{
    /// <summary>RFC 9628 section 4.2: a packet that is a whole frame of one spatial layer, in non-flexible mode.</summary>
    internal static byte[] Vp9(int spatial, int temporal, bool key)
    {
        var payload = new byte[100];
        payload[0] = (byte)(0x20 | 0x08 | 0x04 | (key ? 0 : 0x40));
        payload[1] = (byte)((temporal << 5) | (spatial << 1) | (spatial > 0 ? 1 : 0));
        return payload;
    }

    [Fact]
    public void All_layers_are_sent_from_a_key_frame_on_and_told_as_the_current_ones()
    {
        using var call = Call();
        Send(call, 0, false);
        Assert.Empty(call.Received);
        Assert.Equal((2, 2, -1), call.Spatial());

        Send(call, 0, true);
        Send(call, 1, false);
        Send(call, 2, false);

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
    public void Preferring_lower_layers_leaves_the_current_ones_true()
    {
        using var call = Call();
        Send(call, 0, true);

        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 0 });
        Send(call, 2, false);

        Assert.Equal(2, call.Received.Count);
        Assert.Equal((0, 2, 2), call.Spatial());
    }

    [Fact]
    public void A_paused_consumer_has_no_layers_and_begins_again_at_a_key_frame()
    {
        using var call = Call();
        Send(call, 0, true);
        call.Run(2000);
        var asked = call.Sender.PliCount(1000);

        call.Consumer.Pause();
        Assert.Equal((2, -1, -1), call.Spatial());
        call.Consumer.Resume();
        Send(call, 0, false);
        Assert.Single(call.Received);
        Assert.Equal(asked + 1, call.Sender.PliCount(1000));
        Send(call, 0, true);

        Assert.Equal(2, call.Received.Count);
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

    private static LayeredCall Call()
    {
        var produce = LayeredMedia.Svc();
        return new LayeredCall(produce, LayeredMedia.Consume(produce));
    }
}
