using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// How long a change of layers takes, from the request to the first packet of the new one going out, with a sender that behaves as a browser:
/// it follows a request at its next picture, with key frames of all encodings, and passes over those within 300 ms of one that it followed.
/// </summary>
public sealed class SwitchLatencyTests
{
    private const int Switches = 60;
    private const int FrameInterval = 33;
    private const int SendersRest = 300;
    private const int SendersDelay = 20;

    [Theory]
    [InlineData(1ul, 0)]
    [InlineData(2ul, 2)]
    [InlineData(3ul, 2)]
    [InlineData(4ul, 5)]
    public void Layers_change_within_a_hundred_milliseconds_mostly_and_six_hundred_at_most(ulong seed, int lossPercent)
    {
        var produce = LayeredMedia.Simulcast();
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        call.Receiver.Transport.Consume(LayeredMedia.Consume(produce, "other", 6000));
        var other = (Consumer)call.World.Worker.FindRequestHandler("other")!;
        var random = new SeededRandomSource(seed);
        var seen = 0;
        var followedAt = call.World.Now - TimeSpan.FromSeconds(10);
        MonotonicTime? keyAt = null;
        var latencies = new List<double>();
        MonotonicTime? askedAt = null;
        var layer = 2;
        var nextSwitch = 500;
        for (var ms = 0; latencies.Count < Switches; ms++)
        {
            Assert.True(ms < 200_000, $"seed {seed}: {latencies.Count} switches");
            var asked = Enumerable.Range(0, 3).Sum(i => call.Sender.PliCount(LayeredMedia.Ssrc(i)));
            for (; seen < asked; seen++)
            {
                if (random.NextInt32(0, 99) >= lossPercent && call.World.Now - followedAt >= TimeSpan.FromMilliseconds(SendersRest))
                {
                    followedAt = call.World.Now;
                    keyAt ??= call.World.Now + TimeSpan.FromMilliseconds(SendersDelay);
                }
            }

            if (ms % FrameInterval == 0)
            {
                var isKey = ms == 0 || keyAt <= call.World.Now;
                keyAt = isKey ? null : keyAt;
                var before = call.Received.Count;
                for (var i = 0; i < 3; i++)
                {
                    call.Send(i, isKey);
                }

                if (askedAt is { } start && call.Received.Skip(before).Any(packet => packet.Ssrc == 5000 && LayeredCall.LayerOf(packet) == layer))
                {
                    latencies.Add((call.World.Now - start).TotalMilliseconds);
                    askedAt = null;
                    nextSwitch = ms + random.NextInt32(5, 2000);
                }
            }

            if (askedAt is null && ms >= nextSwitch)
            {
                layer = (layer + random.NextInt32(1, 2)) % 3;
                call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)layer });
                askedAt = call.World.Now;
            }

            // Somebody else has wishes of their own.
            if (random.NextInt32(0, 2500) == 0)
            {
                other.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)random.NextInt32(0, 2) });
            }

            call.Run(1);
        }

        latencies.Sort();
        Assert.True(latencies[Switches / 2] <= 100, $"seed {seed}: median {latencies[Switches / 2]} ms, all {string.Join(' ', latencies)}");
        Assert.True(latencies[^1] <= 600, $"seed {seed}: maximum {latencies[^1]} ms, all {string.Join(' ', latencies)}");
    }
}
