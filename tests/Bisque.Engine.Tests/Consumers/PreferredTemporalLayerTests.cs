using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>A preferred temporal layer holds from the first packet on, for every codec, also while sizes change; without one, it is the highest.</summary>
public sealed class PreferredTemporalLayerTests
{
    public static TheoryData<string, string, int?> Wishes
    {
        get
        {
            var wishes = new TheoryData<string, string, int?>();
            (string, string)[] kinds =
            [
                ("video/VP8", "L1T3"), ("video/VP9", "L1T3"), ("video/AV1", "L1T3"), ("video/H264", "L1T3"),
                ("video/VP9", "L3T3"), ("video/VP9", "L3T3_KEY"), ("video/VP9", "S3T3"), ("video/AV1", "L3T3"), ("video/AV1", "L3T3_KEY"), ("video/AV1", "S3T3"),
                ("video/VP8", "simulcast"), ("video/H264", "simulcast"),
            ];
            foreach (var (mimeType, mode) in kinds)
            {
                foreach (var temporal in new int?[] { 0, 1, 2, null })
                {
                    wishes.Add(mimeType, mode, temporal);
                }
            }

            return wishes;
        }
    }

    [Theory]
    [MemberData(nameof(Wishes))]
    public void It_holds_from_the_first_packet_on_and_while_sizes_change(string mimeType, string mode, int? temporal)
    {
        var isSimulcast = mode == "simulcast";
        var sizes = isSimulcast ? 3 : mode[1] - '0';
        var produce = isSimulcast ? LayeredMedia.Simulcast(mimeType: mimeType, mode: "L1T3") : LayeredMedia.Svc(mimeType, mode);
        var first = new ConsumerLayers { SpatialLayer = (byte)(sizes - 1), TemporalLayer = (byte?)temporal };
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: first, temporalLayers: 3));
        LayeredEncoder[] encoders = isSimulcast
            ? [.. Enumerable.Range(0, 3).Select(stream => new LayeredEncoder(call.Layers[stream], mimeType, 1, 3) { Stream = stream })]
            : [LayeredEncoder.Of(call.Layers[0], mimeType, mode)];
        using var session = new LayeredSession(call, encoders, 1, lossPercent: 0, reorderPercent: 0);

        var expected = temporal ?? 2;
        Assert.Equal(expected, call.Response.PreferredLayers!.TemporalLayer!.Value);
        for (var i = 0; i < 200; i++)
        {
            if (i % 20 == 19)
            {
                call.Consumer.SetPreferredLayers(first with { SpatialLayer = (byte)(i / 20 % sizes) });
            }

            session.NextPicture();
        }

        var frames = call.Received.Select(packet =>
        {
            var (stream, frame, _) = LayeredEncoder.Identify(packet.Payload)!.Value;
            return (Stream: stream, Frame: encoders[stream].Frames[frame]);
        }).Distinct().ToArray();
        Assert.All(frames, item => Assert.InRange(item.Frame.Temporal, 0, expected));

        // Of each kind of pictures, those of a round of 0 2 1 2, nearly all came.
        var pictures = frames.DistinctBy(item => item.Frame.Picture).ToArray();
        for (var layer = 0; layer <= expected; layer++)
        {
            var share = layer switch { 0 => 0.25, 1 => 0.25, _ => 0.5 };
            Assert.InRange(pictures.Count(item => item.Frame.Temporal == layer), 200 * share * 0.7, 200 * share * 1.5);
        }

        var receiver = new LayeredReceiver(session, $"{mimeType} {mode}");
        receiver.AssertOneStream();
        receiver.AssertDecodable();
        Assert.Equal((short)expected, call.Consumer.Dump().CurrentTemporalLayer);
        Assert.All(
            call.World.Events.Of<ConsumerLayersChangeEvent>("consumer").Where(change => change.Layers is not null),
            change => Assert.InRange(change.Layers!.TemporalLayer!.Value, 0, expected));
    }

    [Theory]
    [InlineData("video/VP8", "L1T3")]
    [InlineData("video/VP9", "L3T3")]
    [InlineData("video/AV1", "L3T3_KEY")]
    [InlineData("video/H264", "L1T3")]
    public void Left_out_of_a_later_wish_it_is_the_highest_again(string mimeType, string mode)
    {
        var produce = LayeredMedia.Svc(mimeType, mode);
        var low = new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 0 };
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: low));
        var encoder = LayeredEncoder.Of(call.Layers[0], mimeType, mode);
        using var session = new LayeredSession(call, [encoder], 1, 0, 0);
        for (var i = 0; i < 20; i++)
        {
            session.NextPicture();
        }

        var set = call.Consumer.SetPreferredLayers(low with { TemporalLayer = null });
        for (var i = 0; i < 20; i++)
        {
            session.NextPicture();
        }

        Assert.Equal((byte)2, set.PreferredLayers!.TemporalLayer!.Value);
        Assert.Equal((short)2, call.Consumer.Dump().CurrentTemporalLayer);
        Assert.Equal(0, call.Sender.PliCount(1000));
    }
}
