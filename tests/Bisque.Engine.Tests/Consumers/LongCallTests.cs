using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>Calls so long that numbers come round while layers stay what they are: nobody notices.</summary>
public sealed class LongCallTests
{
    /// <summary>Twelve minutes of video at 90 kHz in one picture: timestamps have come round after 64 of them.</summary>
    private const uint LongStep = 1 << 26;

    [Theory]
    [InlineData("video/VP8", "L1T3")]
    [InlineData("video/VP9", "L1T3")]
    [InlineData("video/VP9", "L3T3")]
    [InlineData("video/VP9", "L3T3_KEY")]
    [InlineData("video/AV1", "L3T3")]
    [InlineData("video/H264", "L1T3")]
    public void Timestamps_come_round(string mimeType, string mode)
    {
        var produce = LayeredMedia.Svc(mimeType, mode);
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 1, TemporalLayer = 1 }));
        var encoder = LayeredEncoder.Of(call.Layers[0], mimeType, mode, packetsPerFrame: 1);
        var perRound = new List<int>();
        for (var round = 0; round < 50; round++)
        {
            var before = call.Received.Count;
            for (var i = 0; i < 4; i++)
            {
                Send(call, encoder, key: round == 0 && i == 0);
                call.Layers[0].Timestamp += LongStep;
            }

            perRound.Add(call.Received.Count - before);
        }

        Assert.All(perRound.Skip(1), count => Assert.Equal(perRound[1], count));
        Assert.True(perRound[1] > 0);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    public void Frame_numbers_come_round_after_a_switch(byte from, byte to)
    {
        var produce = LayeredMedia.Svc("video/AV1", "L3T1");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = from }));
        var encoder = LayeredEncoder.Of(call.Layers[0], "video/AV1", "L3T1", packetsPerFrame: 1);
        Send(call, encoder, key: true);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = to });
        Send(call, encoder, key: true);

        for (var i = 0; i < 25_000; i++)
        {
            var before = call.Received.Count;
            Send(call, encoder, key: false);
            var came = call.Received.Skip(before).ToArray();
            Assert.True(came.Length == to + 1 && came[^1].Marker, $"{came.Length} frames of picture {i}");
            call.Received.Clear();
        }
    }

    [Fact]
    public void What_a_switch_added_to_timestamps_does_not_come_back()
    {
        var produce = LayeredMedia.Simulcast(2);
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0 }));
        call.Stream(30, [0, 1], 0, 1);
        call.ReportCapture([0, 1]);
        call.Stream(30, [0, 1]);

        // The key frame is of an earlier moment than the last picture sent.
        call.ReportCapture([0, 1], [TimeSpan.Zero, TimeSpan.FromMilliseconds(50)]);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1 });
        call.Stream(60, [0, 1], 0, 1);
        var steps = new List<uint>();
        for (var i = 0; i < 60; i++)
        {
            call.Layers[1].Timestamp += LongStep;
            var before = call.Received[^1].Timestamp;
            call.Send(1);
            steps.Add(call.Received[^1].Timestamp - before);
        }

        Assert.All(steps, step => Assert.Equal(LongStep + 3000, step));
    }

    private static void Send(LayeredCall call, LayeredEncoder encoder, bool key)
    {
        call.Sender.SendRtp(encoder.Next(key).Select(packet => packet.Rtp));
        call.World.Settle();
    }
}
