using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>Temporal layers of VP8: half the pictures, with numbers as if there had never been more.</summary>
public sealed class TemporalLayerTests
{
    [Fact]
    public void Pictures_of_higher_layers_are_left_out_and_the_rest_is_numbered_anew()
    {
        using var session = Session(temporal: 0);

        var descriptors = session.Call.Received.Where((_, index) => index % 2 == 0).Select(Descriptor).ToArray();

        Assert.Equal(10, descriptors.Length);
        for (var i = 1; i < descriptors.Length; i++)
        {
            Assert.Equal(descriptors[i - 1].PictureId + 1, descriptors[i].PictureId);
            Assert.Equal(descriptors[i - 1].Tl0PictureIndex + 1, descriptors[i].Tl0PictureIndex);
        }

        Assert.All(descriptors, descriptor => Assert.Equal((0, true), (descriptor.TemporalLayer, descriptor.HasLongPictureId)));
        session.Call.AssertNoGaps();
        Assert.Equal((short)0, session.Call.Consumer.Dump().CurrentTemporalLayer);
    }

    [Fact]
    public void A_retransmission_has_the_numbers_with_which_the_packet_was_sent()
    {
        using var session = Session(temporal: 0);
        var lost = session.Call.Received[10];

        session.Call.Receiver.SendNack(5000, lost.SequenceNumber);
        session.Call.World.Settle();

        var resent = session.Call.Received[^1];
        Assert.Equal((5001u, lost.Timestamp, lost.Marker), (resent.Ssrc, resent.Timestamp, resent.Marker));
        Assert.Equal(lost.Payload, resent.Payload[2..]);
    }

    [Fact]
    public void Higher_layers_are_told_and_begin_where_they_depend_on_the_base_only()
    {
        using var session = Session(temporal: 0);

        session.Call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 2 });
        for (var i = 0; i < 8; i++)
        {
            session.NextPicture();
        }

        Assert.Equal(
            [(0, 0), (0, 1), (0, 2)],
            session.Call.World.Events.Of<ConsumerLayersChangeEvent>("consumer").Select(change => ((int)change.Layers!.SpatialLayer, (int)change.Layers.TemporalLayer!)));
        var receiver = new LayeredReceiver(session, "VP8");
        receiver.AssertOneStream();
        receiver.AssertDecodable();
        Assert.Equal(0, session.Call.Sender.PliCount(1000));
    }

    [Fact]
    public void A_sender_without_marked_pictures_is_asked_for_a_key_frame_after_a_while()
    {
        using var session = Session(temporal: 0);
        var source = session.Call.Layers[0];
        session.Call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 1 });

        for (var i = 0; i < 90; i++)
        {
            session.Call.Sender.SendRtp(source.Next([0x90, 0x20, (byte)(i % 2 << 6), 0x01, 1, 2, 3]));
            session.Call.Run(33);
        }

        Assert.InRange(session.Call.Sender.PliCount(1000), 1, 6);
    }

    [Fact]
    public void Short_picture_ids_go_on_as_long_ones()
    {
        var produce = LayeredMedia.Svc("video/VP8", "L1T2");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        for (var i = 0; i < 300; i++)
        {
            call.Sender.SendRtp(call.Layers[0].Next([0x90, 0xa0, (byte)(i & 0x7f), 0, (byte)(i == 0 ? 0 : 1), 1, 2, 3]));
            call.Run(5);
        }

        var ids = call.Received.Select(packet => Descriptor(packet).PictureId).ToArray();
        Assert.Equal(300, ids.Length);
        Assert.All(Enumerable.Range(1, 299), i => Assert.Equal(ids[i - 1] + 1, ids[i]));
    }

    private static Vp8PayloadDescriptor Descriptor(ReceivedRtp packet)
    {
        Assert.True(Vp8PayloadDescriptor.TryParse(packet.Payload, out var descriptor));
        return descriptor;
    }

    /// <summary>Forty pictures of three temporal layers, ten of them of the base.</summary>
    private static LayeredSession Session(byte temporal)
    {
        var produce = LayeredMedia.Svc("video/VP8", "L1T3");
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0, TemporalLayer = temporal }));
        var session = new LayeredSession(call, [new LayeredEncoder(call.Layers[0], "video/VP8", 1, 3)], 1, 0, 0);
        for (var i = 0; i < 40; i++)
        {
            session.NextPicture();
        }

        return session;
    }
}
