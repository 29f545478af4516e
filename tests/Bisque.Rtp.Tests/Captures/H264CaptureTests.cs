using Bisque.Testing;

namespace Bisque.Rtp.Tests.Captures;

/// <summary>H.264 as Chromium and ffmpeg send it.</summary>
public sealed class H264CaptureTests
{
    private const int Slice = 1;
    private const int InstantaneousRefresh = 5;
    private const int SingleTimeAggregationA = 24;
    private const int FragmentationA = 28;

    [Fact]
    public void Ffmpeg_begins_key_frames_with_a_STAP_A_of_parameter_sets_and_goes_on_in_fragments()
    {
        var pictures = CapturedMedia.ReadPictures(RtpCapture.Load("ffmpeg-h264"));
        var keys = CapturedMedia.KeyPictures(pictures);

        Assert.Equal([0, 20, 40], keys);
        foreach (var key in keys)
        {
            Assert.Equal(SingleTimeAggregationA, UnitType(pictures[key][0]));
            Assert.InRange(pictures[key].Length, 4, 20);
            Assert.All(pictures[key][1..], packet => Assert.Equal((FragmentationA, InstantaneousRefresh), (UnitType(packet), packet.Payload[1] & 0x1f)));
        }

        var others = pictures.Where((_, i) => !keys.Contains(i)).SelectMany(picture => picture).ToArray();
        Assert.All(others, packet => Assert.True(UnitType(packet) is Slice or FragmentationA));
        Assert.All(others.Where(packet => UnitType(packet) == FragmentationA), packet => Assert.Equal(Slice, packet.Payload[1] & 0x1f));
        Assert.All(pictures.SelectMany(picture => picture), packet => Assert.False(packet.Info.Dependencies.IsPresent));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Chromium_sends_key_frames_where_they_were_asked_for_and_there_the_structure(int stream)
    {
        var capture = RtpCapture.Load("chromium-h264-simulcast");
        var pictures = CapturedMedia.ReadPictures(capture, stream);

        CapturedMedia.AssertKeyPicturesAsAsked(capture, pictures);
        var packets = pictures.SelectMany(picture => picture).ToArray();
        Assert.All(packets, packet =>
        {
            Assert.Equal(packet.Info.IsKeyFrame, packet.Info.Dependencies.StructureLength > 0);
            Assert.Equal(packet.Info.IsKeyFrame, UnitType(packet) == SingleTimeAggregationA);
        });
        Assert.Equal(stream > 0, packets.Any(packet => UnitType(packet) == FragmentationA));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Chromium_tells_the_temporal_layers_by_the_dependency_descriptor(int stream)
    {
        var pictures = CapturedMedia.ReadPictures(RtpCapture.Load("chromium-h264-simulcast"), stream);
        var dependencies = DependencyCheck.Run(pictures.SelectMany(picture => picture));

        Assert.Equal(pictures.Count, dependencies.Frames.Count);
        Assert.Equal((3, 1), (dependencies.Structure.DecodeTargetCount, dependencies.Structure.ChainCount));
        Assert.False(dependencies.Structure.HasResolutions);
        var sinceKey = 0;
        foreach (var frame in dependencies.Frames)
        {
            sinceKey = frame.Frame.References.Count == 0 ? 0 : sinceKey + 1;
            Assert.Equal(((byte[])[0, 2, 1, 2])[sinceKey % 4], frame.Frame.TemporalLayer);
        }

        // Simulcast streams share one count of frames.
        Assert.All(dependencies.Frames.Zip(dependencies.Frames.Skip(1)), pair => Assert.Equal(3, (ushort)(pair.Second.FrameNumber - pair.First.FrameNumber)));
    }

    private static int UnitType(CapturedMedia packet) => packet.Payload[0] & 0x1f;
}
