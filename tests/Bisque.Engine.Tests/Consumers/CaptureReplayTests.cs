using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>What Chromium sent, through the worker to receivers of some of its layers.</summary>
public sealed class CaptureReplayTests
{
    /// <summary>Recording, spatial layers, temporal layers.</summary>
    private static readonly (string Name, int Spatial, int Temporal)[] Recordings =
    [
        ("chromium-vp8-simulcast", 3, 3),
        ("chromium-h264-simulcast", 3, 3),
        ("chromium-vp9-l1t3", 1, 3),
        ("chromium-vp9-l2t2h", 2, 2),
        ("chromium-vp9-l3t3", 3, 3),
        ("chromium-vp9-l3t3-key", 3, 3),
        ("chromium-vp9-s3t3", 3, 3),
        ("chromium-av1-l1t3", 1, 3),
        ("chromium-av1-l3t3", 3, 3),
        ("chromium-av1-l3t3-key", 3, 3),
        ("chromium-av1-l3t3-hasty", 3, 3),
    ];

    public static TheoryData<string, byte, byte> EachLayer
    {
        get
        {
            var layers = new TheoryData<string, byte, byte>();
            foreach (var (name, spatial, temporal) in Recordings)
            {
                for (var layer = 0; layer < spatial * temporal; layer++)
                {
                    layers.Add(name, (byte)(layer / temporal), (byte)(layer % temporal));
                }
            }

            return layers;
        }
    }

    public static TheoryData<string, int, int, ulong, int> Switches
    {
        get
        {
            var runs = new TheoryData<string, int, int, ulong, int>();
            foreach (var (name, spatial, temporal) in Recordings)
            {
                for (var seed = 1ul; seed <= 6; seed++)
                {
                    runs.Add(name, spatial, temporal, seed, seed % 2 == 0 ? 2 : 0);
                }
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(EachLayer))]
    public void A_receiver_of_a_layer_gets_its_frames_and_no_others(string name, byte spatial, byte temporal)
    {
        using var replay = new CaptureReplay(name, new ConsumerLayers { SpatialLayer = spatial, TemporalLayer = temporal });

        replay.Run();

        var receiver = new LayeredReceiver(replay, $"{name} {spatial}/{temporal}");
        Judge(receiver, name);
        var stream = IsSimulcast(name) ? spatial : 0;
        var until = replay.Sent[stream].Packets.LastOrDefault(packet => packet.At < replay.Less).Packet.Frame.Picture;
        var sent = replay.Sent[stream].Frames.Where(frame => frame.Picture < until).ToArray();
        var needed = sent.Where(frame => IsNeeded(name, frame, spatial, temporal)).Select(frame => (stream, frame.Id)).ToHashSet();
        var allowed = sent.Where(frame => IsAllowed(name, frame, spatial, temporal)).Select(frame => (stream, frame.Id)).ToHashSet();
        // Whichever encoding comes first is better than nothing.
        var got = receiver.Frames.Where(frame => replay.Sent[frame.Stream][frame.Id].Picture < until && (frame.Stream == stream || frame.Id > 0));
        Assert.ProperSuperset(new HashSet<(int, int)>(), needed);
        Assert.Subset(got.ToHashSet(), needed);
        Assert.Subset(allowed, got.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Switches))]
    public void A_receiver_that_changes_its_mind_gets_one_stream_that_can_be_decoded(string name, int spatial, int temporal, ulong seed, int loss)
    {
        using var replay = new CaptureReplay(name, seed: seed, lossPercent: loss);

        replay.Run((picture, _) =>
        {
            if (picture % 12 == 6)
            {
                replay.Call.Consumer.SetPreferredLayers(new ConsumerLayers
                {
                    SpatialLayer = (byte)replay.Random.NextInt32(0, spatial - 1),
                    TemporalLayer = (byte)replay.Random.NextInt32(0, temporal - 1),
                });
            }
        });

        var receiver = new LayeredReceiver(replay, $"{name}, seed {seed}, {loss} % lost");
        Judge(receiver, name, isLossless: loss == 0);
        receiver.AssertComplete(IsKeySvc(name), IsSimulcast(name), HasIndependentLayers(name), least: 0.1);
        // A picture that cannot be repaired lasts until the recording's next key frame.
        Assert.InRange(receiver.FrameCount, replay.Pictures / (loss == 0 ? 4 : 10), int.MaxValue);
    }

    /// <summary>Chromium's simulcast encodings show each moment at the same time, with timestamps of their own.</summary>
    [Theory]
    [InlineData("chromium-vp8-simulcast")]
    [InlineData("chromium-h264-simulcast")]
    public void Between_two_pictures_of_different_encodings_lies_the_time_between_their_capture(string name)
    {
        var switches = 0;
        for (var seed = 1ul; seed <= 10; seed++)
        {
            using var replay = new CaptureReplay(name, seed: seed);
            replay.Run((picture, _) =>
            {
                if (picture % 12 == 6)
                {
                    replay.Call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)replay.Random.NextInt32(0, 2), TemporalLayer = 2 });
                }
            });

            switches += new LayeredReceiver(replay, $"{name}, seed {seed}").AssertTimestampsFollowCapture(TimeSpan.FromMilliseconds(5));
        }

        Assert.InRange(switches, 10, 100);
    }

    private static void Judge(LayeredReceiver receiver, string name, bool isLossless = true)
    {
        receiver.AssertBeginsWithKeyFrame();
        receiver.AssertOneStream();
        receiver.AssertDecodable();
        if (name.Contains("vp8", StringComparison.Ordinal))
        {
            receiver.AssertPictureNumbers(isLossless);
        }
        else if (name.Contains("av1", StringComparison.Ordinal))
        {
            receiver.AssertChains(mayBeWhole: true);
        }
    }

    private static bool IsSimulcast(string name) => name.EndsWith("simulcast", StringComparison.Ordinal);

    private static bool IsKeySvc(string name) => name.EndsWith("-key", StringComparison.Ordinal);

    private static bool HasIndependentLayers(string name) => name.EndsWith("-s3t3", StringComparison.Ordinal);

    /// <summary>Whether a frame belongs to the layers; lower layers that nothing depends on may come as well.</summary>
    private static bool IsAllowed(string name, EncodedFrame frame, int spatial, int temporal) =>
        frame.Temporal <= temporal && (IsSimulcast(name) || (IsKeySvc(name) && !frame.IsKey ? frame.Spatial == spatial : frame.Spatial <= spatial));

    private static bool IsNeeded(string name, EncodedFrame frame, int spatial, int temporal) =>
        IsAllowed(name, frame, spatial, temporal) && (!HasIndependentLayers(name) || frame.Spatial == spatial);
}
