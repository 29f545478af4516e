using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// A receiver's view of many random switches between encodings, over loss, reordering and duplication: whatever it gets is one stream.
/// </summary>
public sealed class SwitchConsistencyTests
{
    private const int Frames = 400;
    private const int PartsPerFrame = 3;

    [Theory]
    [InlineData(1ul, false)]
    [InlineData(2ul, false)]
    [InlineData(3ul, false)]
    [InlineData(4ul, false)]
    [InlineData(5ul, true)]
    [InlineData(6ul, true)]
    [InlineData(7ul, true)]
    [InlineData(8ul, true)]
    public void Sequence_numbers_and_timestamps_are_those_of_one_stream(ulong seed, bool withCaptureTimes)
    {
        var produce = LayeredMedia.Simulcast();
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var random = new SeededRandomSource(seed);
        call.Layers[1].NextSequenceNumber = 65_400;

        for (var frame = 0; frame < Frames; frame++)
        {
            if (frame % 25 == 10)
            {
                call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)random.NextInt32(0, 2) });
            }

            if (withCaptureTimes && frame % 30 == 0)
            {
                call.ReportCapture([0, 1, 2]);
            }

            foreach (var part in Shuffled(Parts(call, frame), random))
            {
                call.Sender.SendRtp(part);
            }

            call.Run(33);
        }

        AssertOneStream(call);
        Assert.True(call.LayerEvents.Distinct().Count() == 3, $"seed {seed}: the encodings {string.Join(", ", call.LayerEvents)}");
    }

    private static void AssertOneStream(LayeredCall call)
    {
        Assert.Equal(call.Received.Count, call.Received.DistinctBy(packet => packet.SequenceNumber).Count());
        var first = call.Received[0].SequenceNumber;
        var ordered = call.Received.OrderBy(packet => (short)(packet.SequenceNumber - first)).ToArray();
        for (var i = 1; i < ordered.Length; i++)
        {
            var (before, after) = (ordered[i - 1], ordered[i]);
            var step = (int)(after.Timestamp - before.Timestamp);
            var isSameFrame = FrameOf(before) == FrameOf(after);
            Assert.True(isSameFrame ? step == 0 : step > 0, $"{FrameOf(before)} {before.Timestamp} is followed by {FrameOf(after)} {after.Timestamp}");
            Assert.InRange(step, 0, 90_000);
            Assert.InRange(after.SequenceNumber - before.SequenceNumber, 1, 20);
            if (LayeredCall.LayerOf(before) != LayeredCall.LayerOf(after))
            {
                Assert.True(after.Payload[3] == 1 && after.Payload[6] == 0, "an encoding begins at the first packet of a key frame");
                Assert.True(before.Marker || after.SequenceNumber - before.SequenceNumber > 1, "an unfinished frame shows as a loss");
            }
        }
    }

    private static (int Layer, int Number) FrameOf(ReceivedRtp packet) => (packet.Payload[2], (packet.Payload[4] << 8) | packet.Payload[5]);

    /// <summary>One frame of each encoding; every tenth is a key frame, each encoding at its own time.</summary>
    private static List<byte[]> Parts(LayeredCall call, int frame)
    {
        var parts = new List<byte[]>();
        for (var layer = 0; layer < 3; layer++)
        {
            var key = (frame + layer * 3) % 10 == 0;
            for (var part = 0; part < PartsPerFrame; part++)
            {
                var payload = LayeredCall.Payload(layer, key);
                payload[0] = part == 0 ? (byte)0x10 : (byte)0x00;
                payload[3] = key ? (byte)1 : (byte)0;
                payload[4] = (byte)(frame >> 8);
                payload[5] = (byte)frame;
                payload[6] = (byte)part;
                parts.Add(call.Layers[layer].Part(payload, part == 0, part == PartsPerFrame - 1));
            }
        }

        return parts;
    }

    /// <summary>3 % lost, 3 % twice, some exchanged with a neighbour.</summary>
    private static List<byte[]> Shuffled(List<byte[]> parts, SeededRandomSource random)
    {
        for (var i = parts.Count - 1; i > 0; i--)
        {
            if (random.NextInt32(0, 9) == 0)
            {
                var j = Math.Max(0, i - random.NextInt32(1, 3));
                (parts[i], parts[j]) = (parts[j], parts[i]);
            }
        }

        var sent = new List<byte[]>();
        foreach (var part in parts)
        {
            var fate = random.NextInt32(0, 99);
            if (fate >= 3)
            {
                sent.Add(part);
            }

            if (fate >= 97)
            {
                sent.Add(part);
            }
        }

        return sent;
    }
}
