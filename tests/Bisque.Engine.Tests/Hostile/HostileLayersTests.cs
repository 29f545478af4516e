using Bisque.Engine.Consumers.Layers;
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

    /// <summary>Held for want of their structure, they turn out to be of another time, and look like key frames of it.</summary>
    [Fact]
    public void Packets_that_are_held_and_belong_to_another_time_are_neither_repeated_nor_a_fault()
    {
        var produce = LayeredMedia.Svc("video/AV1", "L1T2");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var source = call.Layers[0];
        var encoder = LayeredEncoder.Of(source, "video/AV1", "L1T2", packetsPerFrame: 1);
        for (var round = 0; round < 5; round++)
        {
            Send(call, encoder, key: round == 0);
            var (number, timestamp) = (source.NextSequenceNumber++, source.Timestamp);
            for (var i = 0; i < HeldPackets.Capacity; i++)
            {
                source.Timestamp = timestamp + 45_000 - source.TimestampStep;
                call.Sender.SendRtp(source.Part(
                    [0x18, 0x32, 1, 2, 3], begins: true, ends: true, (Media.Sent.DependencyDescriptor, [0xff, (byte)(i >> 8), (byte)i])));
            }

            var next = source.NextSequenceNumber;
            (source.NextSequenceNumber, source.Timestamp) = (number, timestamp + 180_000);
            Send(call, encoder, key: true);
            source.NextSequenceNumber = next;
        }

        Assert.Equal(0, call.World.Worker.FaultCount);
        var before = call.Received.Count;
        for (var i = 0; i < 10; i++)
        {
            Send(call, encoder, key: i == 0);
        }

        Assert.InRange(call.Received.Count - before, 8, 10);
        var numbers = call.Received.Select(packet => packet.SequenceNumber).ToArray();
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    /// <summary>A key frame that fills a hole before many others, each of an earlier time than the one before: the receiver gets one of them at most.</summary>
    [Fact]
    public void Key_frames_of_other_times_behind_the_one_that_begins_are_not_gone_through()
    {
        var produce = LayeredMedia.Simulcast(2);
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        call.Stream(5, [0, 1], 0, 1);
        var source = call.Layers[0];
        var number = source.NextSequenceNumber++;
        for (var i = 0; i < 90; i++)
        {
            source.Timestamp -= 180_000;
            call.Send(0, key: true);
        }

        // The larger one falls silent.
        for (var i = 0; i < 20; i++)
        {
            call.Run(100);
            call.Send(0);
        }

        var before = call.Received.Count;
        source.NextSequenceNumber = number;
        source.Timestamp += 30_000_000;
        call.Send(0, key: true);

        Assert.Equal(0, call.World.Worker.FaultCount);
        Assert.InRange(call.Received.Count - before, 0, 100);
        var numbers = call.Received.Select(packet => packet.SequenceNumber).ToArray();
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    [Fact]
    public void A_structure_that_was_lost_for_good_is_asked_for()
    {
        var produce = LayeredMedia.Svc("video/AV1", "L1T2");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var encoder = Encoder(call, "video/AV1", "L1T2");
        for (var i = 0; i < 10; i++)
        {
            Send(call, encoder, key: i == 0);
        }

        var asked = call.Sender.PliCount(1000);
        call.Sender.SendRtp(encoder.Next(key: true).Skip(1).Select(packet => packet.Rtp));
        for (var i = 0; i < 6; i++)
        {
            Send(call, encoder, key: false);
        }

        Assert.Equal(asked, call.Sender.PliCount(1000));
        for (var i = 0; i < 12; i++)
        {
            Send(call, encoder, key: false);
        }

        Assert.InRange(call.Sender.PliCount(1000) - asked, 1, 3);
        var before = call.Received.Count;
        for (var i = 0; i < 30; i++)
        {
            Send(call, encoder, key: i == 0);
        }

        Assert.Equal(60, call.Received.Skip(before).Count(packet => packet.Payload.Length > 0));
        Assert.InRange(call.Sender.PliCount(1000) - asked, 1, 3);
    }

    private static void Send(LayeredCall call, LayeredEncoder encoder, bool key)
    {
        call.Sender.SendRtp(encoder.Next(key).Select(packet => packet.Rtp));
        call.Run(33);
    }

    private static LayeredEncoder Encoder(LayeredCall call, string mimeType, string mode) =>
        LayeredEncoder.Of(call.Layers[0], mimeType, mode);
}
