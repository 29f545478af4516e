using Bisque.Engine.Consumers;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>S modes: several sizes of a picture in one stream, none of which needs another. A receiver gets one of them.</summary>
public sealed class IndependentLayerTests
{
    public static TheoryData<string, string, int> Layers
    {
        get
        {
            var layers = new TheoryData<string, string, int>();
            foreach (var mimeType in new[] { "video/VP9", "video/AV1" })
            {
                foreach (var mode in new[] { "S2T1", "S2T3", "S3T3", "S3T1h" })
                {
                    for (var spatial = 0; spatial < mode[1] - '0'; spatial++)
                    {
                        layers.Add(mimeType, mode, spatial);
                    }
                }
            }

            return layers;
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Between_key_pictures_only_the_own_layer_is_sent_and_its_end_is_marked(string mimeType, string mode, int spatial)
    {
        using var call = Call(mimeType, mode, spatial, out var encoder);

        Send(call, encoder, pictures: 13);

        var frames = call.Received.Select(packet => (Frame: Frame(encoder, packet), packet.Marker)).ToArray();
        Assert.All(frames, item => Assert.True(item.Frame.IsKey ? item.Frame.Spatial <= spatial : item.Frame.Spatial == spatial));
        Assert.Equal(2 * (13 + spatial), frames.Length);
        Assert.Equal(13, frames.Count(item => item.Marker));
        Assert.All(frames.Where(item => item.Marker), item => Assert.Equal(spatial, item.Frame.Spatial));
        call.AssertNoGaps();
        Assert.Equal([spatial], call.LayerEvents.Distinct());
        Assert.Empty(new DecoderModel(call, encoder).InVain);
        Assert.Equal(0, call.Sender.PliCount(1000));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Another_layer_is_asked_for_and_begins_at_a_key_frame(string mimeType, string mode, int spatial)
    {
        var other = (spatial + 1) % (mode[1] - '0');
        using var call = Call(mimeType, mode, spatial, out var encoder);
        Send(call, encoder, pictures: 9);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)other });
        var before = call.Received.Count;

        Send(call, encoder, pictures: 3);
        Assert.InRange(call.Sender.PliCount(1000), 1, 2);
        Assert.All(call.Received.Skip(before), packet => Assert.Equal(spatial, Frame(encoder, packet).Spatial));
        Send(call, encoder, pictures: 1, key: true);
        Send(call, encoder, pictures: 5);

        Assert.All(call.Received.TakeLast(10), packet => Assert.Equal(other, Frame(encoder, packet).Spatial));
        Assert.Equal(other, call.Spatial().Current);
        Assert.Empty(new DecoderModel(call, encoder).InVain);
        call.AssertNoGaps();
    }

    [Theory]
    [InlineData("S3T1")]
    [InlineData("S3T3")]
    public void Each_layer_costs_its_own_bitrate(string mode)
    {
        using var call = Call("video/VP9", mode, 2, out var encoder);
        Send(call, encoder, pictures: 90);
        var consumer = (LayeredConsumer)call.Consumer;

        var stream = call.Producer.GetStats().Stats;
        var total = Assert.IsType<RtpStreamRecvStats>(stream[0]).Bitrate;
        Assert.InRange(consumer.DesiredBitrate, total * 0.3, total * 0.37);
    }

    [Fact]
    public void A_layer_that_is_not_sent_is_replaced_by_the_highest_that_is()
    {
        using var call = Call("video/VP9", "S3T3", 2, out var encoder);
        encoder.ActiveSpatialLayers = 2;

        Send(call, encoder, pictures: 30);

        Assert.Equal(1, call.Spatial().Current);
        Assert.All(call.Received.TakeLast(20), packet => Assert.Equal(1, Frame(encoder, packet).Spatial));
    }

    private static LayeredCall Call(string mimeType, string mode, int spatial, out LayeredEncoder encoder)
    {
        var produce = LayeredMedia.Svc(mimeType, mode);
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = (byte)spatial }));
        encoder = LayeredEncoder.Of(call.Layers[0], mimeType, mode);
        return call;
    }

    private static EncodedFrame Frame(LayeredEncoder encoder, ReceivedRtp packet) => encoder.Frames[LayeredEncoder.Identify(packet.Payload)!.Value.Frame];

    private static void Send(LayeredCall call, LayeredEncoder encoder, int pictures, bool key = false)
    {
        for (var i = 0; i < pictures; i++)
        {
            call.Sender.SendRtp(encoder.Next(key).Select(packet => packet.Rtp));
            call.Run(33);
        }
    }
}
