using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>Senders whose layers make no sense.</summary>
public sealed class HostileLayersTests
{
    public static TheoryData<string, string> Modes => new()
    {
        { "video/VP8", "L1T3" }, { "video/VP9", "L3T3" }, { "video/VP9", "L3T3_KEY" }, { "video/AV1", "L3T3" }, { "video/AV1", "L3T3_KEY" }, { "video/H264", "L1T3" },
        { "video/VP9", "S3T3" }, { "video/AV1", "S3T3" },
    };

    public static TheoryData<string, string, bool> Receivers
    {
        get
        {
            var receivers = new TheoryData<string, string, bool> { { "video/AV1", "L3T3", false }, { "video/AV1", "L3T3_KEY", false } };
            foreach (var mode in Modes)
            {
                receivers.Add(mode.Data.Item1, mode.Data.Item2, true);
            }

            return receivers;
        }
    }

    [Theory]
    [MemberData(nameof(Receivers))]
    public void Damaged_descriptors_harm_nobody_and_a_sound_key_picture_is_shown_again(string mimeType, string mode, bool takesDescriptors)
    {
        var produce = LayeredMedia.Svc(mimeType, mode);
        var consume = LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 1 });
        using var call = new LayeredCall(produce, takesDescriptors ? consume : LayeredMedia.WithoutDescriptor(consume));
        var encoder = Encoder(call, mimeType, mode);
        var mutator = new Mutator(seed: 7);
        var random = new SeededRandomSource(8);
        for (var i = 0; i < 1500; i++)
        {
            foreach (var packet in encoder.Next(key: i % 20 == 0))
            {
                var damaged = random.NextInt32(0, 2) == 0 ? mutator.Next([packet.Rtp]) : packet.Rtp;
                if (damaged.Length >= 12)
                {
                    // What damages the header only never gets as far as the layers.
                    packet.Rtp.AsSpan(0, 12).CopyTo(damaged);
                    call.Sender.SendRtp(damaged);
                }
            }

            call.Run(5);
            if (i % 10 == 0)
            {
                call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)random.NextInt32(0, 2), TemporalLayer = (byte)random.NextInt32(0, 2) });
            }
        }

        Assert.Equal(0, call.World.Worker.FaultCount);
        var before = call.Received.Count;
        for (var i = 0; i < 20; i++)
        {
            foreach (var packet in encoder.Next(key: i == 0))
            {
                call.Sender.SendRtp(packet.Rtp);
            }

            call.Run(33);
        }

        Assert.InRange(call.Received.Count - before, 10, 200);
        var numbers = call.Received.Select(packet => packet.SequenceNumber).ToArray();
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    [Fact]
    public void A_structure_that_changes_in_every_packet_is_followed_in_bounded_memory()
    {
        var produce = LayeredMedia.Svc("video/AV1", "L3T3");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var rented = call.World.Loop.Packets.Rented;
        string[] modes = ["L3T3", "L1T2", "L2T3", "L2T1", "L3T1"];
        LayeredEncoder[] encoders = [.. modes.Select(mode => Encoder(call, "video/AV1", mode))];
        for (var i = 0; i < 3000; i++)
        {
            foreach (var packet in encoders[i % encoders.Length].Next(key: true))
            {
                call.Sender.SendRtp(packet.Rtp);
            }

            call.Run(2);
        }

        Assert.Equal(0, call.World.Worker.FaultCount);
        Assert.True(call.Received.Count > 1000);
        Assert.InRange(call.World.Loop.Packets.Rented, 0, rented + 3000);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_clock_that_jumps_and_runs_backwards_delays_the_picture_until_a_key_frame_at_most(string mimeType, string mode)
    {
        var produce = LayeredMedia.Svc(mimeType, mode);
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var encoder = Encoder(call, mimeType, mode);
        var random = new SeededRandomSource(9);
        for (var i = 0; i < 300; i++)
        {
            if (i % 30 == 29)
            {
                call.Layers[0].Timestamp = i % 60 == 29 ? random.NextUInt32() : call.Layers[0].Timestamp - 900_000;
            }

            foreach (var packet in encoder.Next(key: i % 30 == 0))
            {
                call.Sender.SendRtp(packet.Rtp);
            }

            call.Run(33);
        }

        Assert.Equal(0, call.World.Worker.FaultCount);
        var expected = mode.EndsWith("_KEY", StringComparison.Ordinal) || mode[0] == 'S' ? encoder.Frames.Count / 2 : encoder.Frames.Count;
        Assert.True(call.Received.Count > expected, $"{call.Received.Count} packets of {encoder.Frames.Count} frames");
    }

    private static LayeredEncoder Encoder(LayeredCall call, string mimeType, string mode) =>
        LayeredEncoder.Of(call.Layers[0], mimeType, mode);
}
