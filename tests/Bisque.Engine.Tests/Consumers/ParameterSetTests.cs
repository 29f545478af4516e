using System.Buffers.Binary;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>The packet with the parameter sets of an H264 encoding that is entered goes twice, and no other packet does.</summary>
public sealed class ParameterSetTests
{
    private const uint ConsumerSsrc = 5000;

    [Fact]
    public void They_are_repeated_before_the_rest_of_the_key_frame_whenever_another_encoding_is_entered()
    {
        using var session = Session("video/H264");

        var changes = SwitchTwice(session);

        var received = session.Received;
        var repeated = received.Where(packet => packet.Ssrc != ConsumerSsrc).ToArray();
        Assert.Equal(changes, repeated.Length);
        foreach (var repetition in repeated)
        {
            var original = BinaryPrimitives.ReadUInt16BigEndian(repetition.Payload);
            var at = received.FindIndex(packet => packet.Ssrc == ConsumerSsrc && packet.SequenceNumber == original);
            Assert.Equal(received[at].Payload, repetition.Payload[2..]);
            Assert.Same(repetition, received[at + 1]);
        }
    }

    [Fact]
    public void Codecs_that_have_them_in_the_key_frame_itself_repeat_nothing()
    {
        using var session = Session("video/VP8");

        SwitchTwice(session);

        Assert.All(session.Received, packet => Assert.Equal(ConsumerSsrc, packet.Ssrc));
    }

    private static LayeredSession Session(string mimeType)
    {
        var video = LayeredMedia.Simulcast(mimeType: mimeType, mode: "L1T3");
        var call = new LayeredCall(video, LayeredMedia.Consume(video, temporalLayers: 3));
        LayeredEncoder[] encoders = [.. call.Layers.Select((layer, stream) => new LayeredEncoder(layer, mimeType, 1, 3) { Stream = stream })];
        return new LayeredSession(call, encoders, seed: 1, lossPercent: 0, reorderPercent: 0);
    }

    /// <summary>Returns how often one encoding followed another.</summary>
    private static int SwitchTwice(LayeredSession session)
    {
        Run(session);
        foreach (var layer in new byte[] { 0, 1 })
        {
            session.Call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = layer });
            Run(session);
            Assert.Equal(layer, session.Call.Spatial().Current);
        }

        var sent = session.Call.LayerEvents.ToArray();
        return sent.Zip(sent.Skip(1)).Count(pair => pair.First != pair.Second);
    }

    private static void Run(LayeredSession session)
    {
        for (var picture = 0; picture < 30; picture++)
        {
            session.NextPicture();
        }
    }
}
