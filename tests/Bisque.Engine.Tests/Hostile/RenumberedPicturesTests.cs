using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>VP8 senders whose picture numbers jump, begin late or are left out, while packets are numbered on: a pipe hides the restart of a sender.</summary>
public sealed class RenumberedPicturesTests
{
    [Theory]
    [InlineData(20_000, 10_000, 100, 60)]
    [InlineData(20_000, 19_990, 100, 100)]
    [InlineData(5, 30_000, 3, 250)]
    [InlineData(20_000, 20_100, 100, 20)]
    public void Pictures_that_are_numbered_anew_from_a_key_frame_on_are_shown(int pictureId, int afterwards, int tl0, int tl0Afterwards)
    {
        using var call = Call();
        for (var i = 0; i < 10; i++)
        {
            Send(call, Payload(pictureId + i, tl0 + i, key: i == 0));
        }

        call.Layers[0].Timestamp += 900_000;
        for (var i = 0; i < 10; i++)
        {
            Send(call, Payload(afterwards + i, tl0Afterwards + i, key: i == 0));
        }

        AssertNumbered(call, 20);
    }

    [Fact]
    public void Numbers_that_come_with_the_second_picture_only_are_taken_up()
    {
        using var call = Call();
        Send(call, [0x10, 0, 1, 2, 3, 4]);
        for (var i = 0; i < 10; i++)
        {
            Send(call, Payload(700 + i, 9 + i, key: false));
        }

        Assert.Equal(11, call.Received.Count);
        AssertNumbered(call, 10);
    }

    [Fact]
    public void Higher_layers_come_before_the_first_index_of_the_base_layer()
    {
        using var call = Call();
        Send(call, Payload(700, 9, key: true));
        Send(call, [0x90, 0xa0, 0x82, 0xbd, 0x00, 1, 2, 3]);
        for (var i = 2; i < 10; i++)
        {
            Send(call, Payload(700 + i, 9 + i / 2, key: false, temporal: i % 2));
        }

        Assert.Equal(10, call.Received.Count);
    }

    private static LayeredCall Call()
    {
        var produce = LayeredMedia.Svc("video/VP8", "L1T2");
        return new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 1 }));
    }

    private static void Send(LayeredCall call, byte[] payload)
    {
        call.Sender.SendRtp(call.Layers[0].Next(payload));
        call.Run(33);
    }

    private static byte[] Payload(int pictureId, int tl0, bool key, int temporal = 0) =>
        [0x90, 0xe0, (byte)(0x80 | (pictureId >> 8 & 0x7f)), (byte)pictureId, (byte)tl0, (byte)(temporal << 6), (byte)(key ? 0 : 1), 1, 2, 3];

    /// <summary>The last pictures came all, and number on from each other.</summary>
    private static void AssertNumbered(LayeredCall call, int count)
    {
        var descriptors = call.Received.TakeLast(count).Select(packet =>
        {
            Assert.True(Vp8PayloadDescriptor.TryParse(packet.Payload, out var descriptor));
            return descriptor;
        }).ToArray();
        Assert.Equal(count, descriptors.Length);
        Assert.True(call.Received.Count >= count);
        for (var i = 1; i < count; i++)
        {
            Assert.InRange((descriptors[i].PictureId - descriptors[i - 1].PictureId) & 0x7fff, 1, 20_000);
            Assert.InRange((descriptors[i].Tl0PictureIndex - descriptors[i - 1].Tl0PictureIndex) & 0xff, 1, 160);
        }
    }
}
