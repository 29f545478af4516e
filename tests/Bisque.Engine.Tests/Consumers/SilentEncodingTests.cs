using Bisque.Engine.Streams;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>Of several encodings some have no traffic: whoever prefers them sees another one, never nothing.</summary>
public sealed class SilentEncodingTests
{
    /// <summary>Every choice of living encodings, for everything that can be preferred.</summary>
    public static TheoryData<int, int> Cases
    {
        get
        {
            var cases = new TheoryData<int, int>();
            for (var alive = 1; alive < 8; alive++)
            {
                for (var preferred = 0; preferred < 3; preferred++)
                {
                    cases.Add(alive, preferred);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encodings_that_never_start_are_made_up_for_at_the_first_key_frame(int alive, int preferred)
    {
        using var call = Call(preferred);
        var layers = Living(alive);

        call.Stream(30, layers, layers);

        var expected = Best(layers, preferred);
        Assert.Equal(expected, call.Spatial().Current);
        Assert.Equal(30, call.Received.Count(packet => LayeredCall.LayerOf(packet) == expected));
        Assert.All(call.Received.Skip(2), packet => Assert.Equal(expected, LayeredCall.LayerOf(packet)));
        Assert.All(Enumerable.Range(0, 3).Except(layers), layer => Assert.Equal(0, call.Sender.PliCount(LayeredMedia.Ssrc(layer))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encodings_that_fall_silent_are_made_up_for_as_soon_as_that_is_certain(int alive, int preferred)
    {
        using var call = Call(preferred);
        call.Stream(30, [0, 1, 2], 0, 1, 2);
        var layers = Living(alive);
        var expected = Best(layers, preferred);
        var silentSince = call.World.Now;

        StreamWithAnswers(call, layers, frames: 90);

        Assert.Equal(expected, call.Spatial().Current);
        var first = call.Received.First(packet => packet.At >= silentSince && LayeredCall.LayerOf(packet) == expected);
        var limit = expected == preferred ? 33 : RtpStreamRecv.InactivityTimeout.TotalMilliseconds + 100;
        Assert.InRange((first.At - silentSince).TotalMilliseconds, 0, limit);
        call.AssertNoGaps();
        call.AssertTimestampsGrow();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Encodings_that_come_alive_later_are_taken_when_they_are_preferred(int alive, int preferred)
    {
        using var call = Call(preferred);
        StreamWithAnswers(call, Living(alive), frames: 90);
        var all = call.World.Now;

        StreamWithAnswers(call, [0, 1, 2], frames: 30);

        Assert.Equal(preferred, call.Spatial().Current);
        var first = call.Received.First(packet => packet.At >= all && LayeredCall.LayerOf(packet) == preferred);
        Assert.InRange((first.At - all).TotalMilliseconds, 0, 150);
        call.AssertNoGaps();
        call.AssertTimestampsGrow();
    }

    private static int[] Living(int alive) => [.. Enumerable.Range(0, 3).Where(layer => (alive & (1 << layer)) != 0)];

    private static int Best(int[] layers, int preferred) => layers.Any(layer => layer <= preferred) ? layers.Where(layer => layer <= preferred).Max() : layers.Min();

    /// <summary>A sender that answers each request at its next picture but one.</summary>
    private static void StreamWithAnswers(LayeredCall call, int[] layers, int frames)
    {
        var seen = Enumerable.Range(0, 3).Select(layer => call.Sender.PliCount(LayeredMedia.Ssrc(layer))).ToArray();
        for (var i = 0; i < frames; i++)
        {
            foreach (var layer in layers)
            {
                var asked = call.Sender.PliCount(LayeredMedia.Ssrc(layer));
                call.Send(layer, key: asked > seen[layer]);
                seen[layer] = asked;
            }

            call.Run(33);
        }
    }

    private static LayeredCall Call(int preferred)
    {
        var produce = LayeredMedia.Simulcast();
        return new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = (byte)preferred }));
    }
}
