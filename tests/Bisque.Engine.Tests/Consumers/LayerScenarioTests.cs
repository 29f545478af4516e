using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// Receivers that change their mind about layers again and again, over paths of different quality: whatever they get is one stream, and can be
/// decoded.
/// </summary>
public sealed class LayerScenarioTests
{
    private const int Pictures = 400;

    public static TheoryData<string, string, ulong, int, int> SvcRuns
    {
        get
        {
            var runs = new TheoryData<string, string, ulong, int, int>();
            (string, string)[] modes =
            [
                ("video/VP8", "L1T3"), ("video/VP8", "L1T2"), ("video/VP9", "L3T3"), ("video/VP9", "L3T3_KEY"), ("video/VP9", "L1T3"), ("video/VP9", "L2T1_KEY"),
                ("video/AV1", "L3T3"), ("video/AV1", "L3T3_KEY"), ("video/AV1", "L1T3"), ("video/AV1", "L2T2"), ("video/H264", "L1T3"),
                ("video/VP9", "S3T3"), ("video/VP9", "S2T1h"), ("video/AV1", "S3T3"), ("video/AV1", "S2T1"), ("video/AV1", "S2T3h"),
            ];
            foreach (var (mimeType, mode) in modes)
            {
                for (var seed = 1ul; seed <= 6; seed++)
                {
                    runs.Add(mimeType, mode, seed, seed % 3 == 0 ? 0 : seed % 3 == 1 ? 2 : 5, seed % 2 == 0 ? 4 : 0);
                }
            }

            return runs;
        }
    }

    public static TheoryData<string, ulong, int, int> SimulcastRuns
    {
        get
        {
            var runs = new TheoryData<string, ulong, int, int>();
            foreach (var mimeType in new[] { "video/VP8", "video/H264" })
            {
                for (var seed = 1ul; seed <= 8; seed++)
                {
                    runs.Add(mimeType, seed, seed % 3 == 0 ? 0 : seed % 3 == 1 ? 2 : 5, seed % 2 == 0 ? 4 : 0);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(SvcRuns))]
    public void Layers_within_a_stream_can_be_decoded(string mimeType, string mode, ulong seed, int loss, int reordering)
    {
        var spatial = mode[1] - '0';
        var temporal = mode[3] - '0';
        var isKeySvc = mode.EndsWith("_KEY", StringComparison.Ordinal) || mode[0] == 'S';
        var produce = LayeredMedia.Svc(mimeType, mode);
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        using var session = new LayeredSession(call, [LayeredEncoder.Of(call.Layers[0], mimeType, mode, packetsPerFrame: (int)(1 + seed % 2))], seed, loss, reordering);

        Run(session, spatial, temporal);

        var receiver = new LayeredReceiver(session, $"{mimeType} {mode}, seed {seed}");
        receiver.AssertOneStream();
        receiver.AssertDecodable();
        receiver.AssertComplete(isKeySvc);
        receiver.AssertNoVainHoles(switches: 0);
        if (mimeType == "video/VP8")
        {
            receiver.AssertPictureNumbers(isLossless: loss == 0);
        }
        else if (session.Encoders[0].UsesDescriptor)
        {
            receiver.AssertChains();
        }

        Assert.InRange(receiver.FrameCount, Pictures / 4, session.Encoders[0].Frames.Count);
        Assert.True(call.World.Events.Of<ConsumerLayersChangeEvent>("consumer").Count() > 4);
    }

    /// <summary>As Chromium's AV1 encoder does when key frames cost too much.</summary>
    [Theory]
    [InlineData("L3T3", 1, 0, 0)]
    [InlineData("L3T3", 2, 0, 4)]
    [InlineData("L3T3", 3, 2, 4)]
    [InlineData("L3T3", 4, 5, 0)]
    [InlineData("L2T2", 5, 0, 4)]
    [InlineData("L2T2", 6, 5, 4)]
    [InlineData("L3T3_KEY", 7, 2, 4)]
    [InlineData("L2T2_KEY", 8, 0, 0)]
    public void Pictures_of_which_the_encoder_left_layers_out_end_where_the_receivers_layers_do(string mode, ulong seed, int loss, int reordering)
    {
        var produce = LayeredMedia.Svc("video/AV1", mode);
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var encoder = LayeredEncoder.Of(call.Layers[0], "video/AV1", mode, packetsPerFrame: (int)(1 + (seed % 2)), leavesOut: true);
        using var session = new LayeredSession(call, [encoder], seed, loss, reordering);

        Run(session, mode[1] - '0', mode[3] - '0');

        var receiver = new LayeredReceiver(session, $"{mode}, seed {seed}");
        receiver.AssertOneStream();
        receiver.AssertDecodable();
        receiver.AssertNoVainHoles(switches: 0);
        receiver.AssertChains();
        Assert.InRange(receiver.FrameCount, Pictures / 4, encoder.Frames.Count);
    }

    [Theory]
    [MemberData(nameof(SimulcastRuns))]
    public void Encodings_with_temporal_layers_can_be_decoded(string mimeType, ulong seed, int loss, int reordering)
    {
        var produce = LayeredMedia.Simulcast(mimeType: mimeType, mode: "L1T3");
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce, temporalLayers: 3));
        LayeredEncoder[] encoders = [.. Enumerable.Range(0, 3).Select(stream => new LayeredEncoder(call.Layers[stream], mimeType, 1, 3) { Stream = stream })];
        using var session = new LayeredSession(call, encoders, seed, loss, reordering);

        Run(session, 3, 3);

        var receiver = new LayeredReceiver(session, $"{mimeType} simulcast, seed {seed}");
        receiver.AssertOneStream();
        receiver.AssertDecodable();
        receiver.AssertComplete(isKeySvc: false, isSimulcast: true);
        receiver.AssertNoVainHoles(call.LayerEvents.Count());
        if (mimeType == "video/VP8")
        {
            receiver.AssertPictureNumbers(isLossless: loss == 0);
        }

        Assert.Equal(3, call.LayerEvents.Where(layer => layer is not null).Distinct().Count());
    }

    private static void Run(LayeredSession session, int spatialLayers, int temporalLayers)
    {
        var paused = false;
        for (var i = 0; i < Pictures; i++)
        {
            if (i % 25 == 12)
            {
                session.Call.Consumer.SetPreferredLayers(new ConsumerLayers
                {
                    SpatialLayer = (byte)session.Random.NextInt32(0, spatialLayers - 1),
                    TemporalLayer = (byte)session.Random.NextInt32(0, temporalLayers - 1),
                });
            }

            if (i % 120 == 100)
            {
                session.Pause();
                paused = true;
            }
            else if (paused && i % 120 == 105)
            {
                session.Call.Consumer.Resume();
                paused = false;
            }

            session.NextPicture();
        }

        session.Finish();
    }
}
