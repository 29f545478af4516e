using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// VP9 in non-flexible mode, where the scalability structure of a key picture tells a group of pictures and what each refers to (RFC 9628 section
/// 4.2.1): temporal layers begin where that allows it, by what the packets themselves say.
/// </summary>
public sealed class PictureGroupTests
{
    /// <summary>Temporal layer, whether receivers can go up there, and how far back the pictures are that are referred to.</summary>
    private sealed record Picture(int Temporal, bool IsSwitchingUpPoint, params int[] References);

    /// <summary>As libvpx sends two and three layers: all but the last can be gone up at.</summary>
    private static readonly Picture[] TwoLayers = [new(0, true, 2), new(1, true, 1)];
    private static readonly Picture[] ThreeLayers = [new(0, true, 4), new(2, true, 1), new(1, true, 2), new(2, false, 3, 1)];

    /// <summary>The second picture of the middle layer refers to the first: between the two nobody can go up.</summary>
    private static readonly Picture[] LongGroup =
    [
        new(0, true, 4), new(2, true, 1), new(1, true, 2), new(2, true, 1), new(0, false, 4), new(2, false, 1, 3), new(1, true, 2, 4), new(2, true, 1),
    ];

    public static TheoryData<string, int, int> Moments
    {
        get
        {
            var moments = new TheoryData<string, int, int>();
            foreach (var (name, group) in Groups)
            {
                for (var at = 0; at < group.Length; at++)
                {
                    for (var temporal = 1; temporal <= group.Max(picture => picture.Temporal); temporal++)
                    {
                        moments.Add(name, at, temporal);
                    }
                }
            }

            return moments;
        }
    }

    private static Dictionary<string, Picture[]> Groups => new() { ["L1T2"] = TwoLayers, ["L1T3"] = ThreeLayers, ["long L1T3"] = LongGroup };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Going_up_and_down_leaves_out_nothing_that_is_needed(string name, int at, int temporal)
    {
        var group = Groups[name];
        var produce = LayeredMedia.Svc("video/VP9", name[^4..]);
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 0 }));
        var sent = 0;
        void Send(int pictures)
        {
            for (var i = 0; i < pictures; i++)
            {
                call.Sender.SendRtp(call.Layers[0].Next(Payload(group, sent++)));
                call.Run(33);
            }
        }

        Send(16 + at);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0, TemporalLayer = (byte)temporal });
        var wished = sent;
        Send(2 * group.Length + 8);
        var reached = sent;
        Send(16);
        call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 0 });
        var left = sent;
        Send(17);

        var received = call.Received.Select(PictureOf).ToArray();
        Assert.All(received, picture => Assert.All(References(group, picture), reference => Assert.Contains(reference, received)));
        Assert.Equal(Enumerable.Range(0, wished).Where(picture => TemporalOf(group, picture) == 0), received.Where(picture => picture < wished));
        Assert.Equal(
            Enumerable.Range(reached, 16).Where(picture => TemporalOf(group, picture) <= temporal), received.Where(picture => picture >= reached && picture < reached + 16));
        Assert.Equal(Enumerable.Range(left, 17).Where(picture => TemporalOf(group, picture) == 0), received.Where(picture => picture >= left));
        Assert.Equal(0, call.Sender.PliCount(1000));
        call.AssertNoGaps();
        call.AssertTimestampsGrow();
    }

    [Fact]
    public void A_sender_that_marks_only_what_depends_on_lower_layers_is_understood_after_a_second()
    {
        Picture[] group = [new(0, false, 4), new(2, true, 1), new(1, true, 2), new(2, false, 1)];
        var produce = LayeredMedia.Svc("video/VP9", "L1T3");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 0 }));
        for (var number = 0; number < 80; number++)
        {
            if (number == 16)
            {
                call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 2 });
            }

            call.Sender.SendRtp(call.Layers[0].Next(Payload(group, number)));
            call.Run(33);
        }

        var received = call.Received.Select(PictureOf).ToArray();
        Assert.All(received, picture => Assert.All(References(group, picture), reference => Assert.Contains(reference, received)));
        Assert.Equal(Enumerable.Range(60, 20), received.Where(picture => picture >= 60));
    }

    private static int PictureOf(ReceivedRtp packet) => ((packet.Payload[1] & 0x7f) << 8) | packet.Payload[2];

    private static int TemporalOf(Picture[] group, int picture) => group[picture % group.Length].Temporal;

    private static IEnumerable<int> References(Picture[] group, int picture) =>
        picture == 0 ? [] : group[picture % group.Length].References.Select(back => Math.Max(picture - back, 0));

    private static byte[] Payload(Picture[] group, int number)
    {
        var (picture, isKey) = (group[number % group.Length], number == 0);
        List<byte> payload =
        [
            (byte)(0xa0 | (isKey ? 0x02 : 0x40) | 0x0c),
            (byte)(0x80 | (number >> 8)),
            (byte)number,
            (byte)((picture.Temporal << 5) | (picture.IsSwitchingUpPoint ? 0x10 : 0)),
            (byte)(number / 2),
        ];
        if (isKey)
        {
            payload.AddRange([0x08, (byte)group.Length]);
            foreach (var (temporal, isPoint, references) in group)
            {
                payload.Add((byte)((temporal << 5) | (isPoint ? 0x10 : 0) | (references.Length << 2)));
                payload.AddRange(references.Select(reference => (byte)reference));
            }
        }

        return [.. payload, .. new byte[40]];
    }
}
