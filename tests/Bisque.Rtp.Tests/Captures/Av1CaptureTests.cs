using Bisque.Testing;

namespace Bisque.Rtp.Tests.Captures;

/// <summary>AV1 as Chromium sends it.</summary>
public sealed class Av1CaptureTests
{
    /// <summary>Recordings with dependency descriptors: name, spatial layers.</summary>
    public static TheoryData<string, int> Layered => new() { { "chromium-av1-l1t3", 1 }, { "chromium-av1-l3t3", 3 }, { "chromium-av1-l3t3-key", 3 } };

    [Fact]
    public void Without_layers_key_frames_are_told_by_the_aggregation_header_alone()
    {
        var capture = RtpCapture.Load("chromium-av1-l1t1");
        var pictures = CapturedMedia.ReadPictures(capture);

        Assert.All(pictures.SelectMany(picture => picture), packet => Assert.Empty(packet.Descriptor));
        CapturedMedia.AssertKeyPicturesAsAsked(capture, pictures);
    }

    [Theory]
    [MemberData(nameof(Layered))]
    public void Each_packet_says_what_its_frame_depends_on_and_chains_hold(string name, int spatialLayers)
    {
        var pictures = CapturedMedia.ReadPictures(RtpCapture.Load(name));
        var dependencies = DependencyCheck.Run(pictures.SelectMany(picture => picture));
        var structure = dependencies.Structure;

        Assert.Equal((3 * spatialLayers, spatialLayers), (structure.DecodeTargetCount, structure.ChainCount));
        Assert.True(structure.HasResolutions);
        for (var target = 0; target < structure.DecodeTargetCount; target++)
        {
            Assert.Equal((target / 3, target % 3), (structure.SpatialLayerOf(target), structure.TemporalLayerOf(target)));
            Assert.Equal(target / 3, structure.ChainOf(target));
        }

        // Frames are numbered without holes.
        Assert.All(dependencies.Frames.Zip(dependencies.Frames.Skip(1)), pair => Assert.Equal((ushort)(pair.First.FrameNumber + 1), pair.Second.FrameNumber));
    }

    [Theory]
    [MemberData(nameof(Layered))]
    public void Key_frames_come_where_they_were_asked_for_and_have_the_structure(string name, int spatialLayers)
    {
        var capture = RtpCapture.Load(name);
        var pictures = CapturedMedia.ReadPictures(capture);

        CapturedMedia.AssertKeyPicturesAsAsked(capture, pictures);
        foreach (var packet in pictures.SelectMany(picture => picture))
        {
            Assert.Equal(packet.Info.IsKeyFrame, packet.Info.Dependencies.StructureLength > 0);
            Assert.Equal(packet.Info.IsKeyFrame, Av1Payload.IsKeyFrame(packet.Payload));
            if (packet.Info.IsKeyFrame)
            {
                for (var spatial = 0; spatial < spatialLayers; spatial++)
                {
                    var size = spatialLayers == 1 ? (480, 270) : (240 << spatial, 135 << spatial);
                    Assert.Equal(size, packet.Info.Dependencies.Structure!.ResolutionOf(spatial));
                }
            }
        }
    }

    [Theory]
    [InlineData("chromium-av1-l3t3", true)]
    [InlineData("chromium-av1-l3t3-key", false)]
    public void Upper_layers_refer_to_lower_ones_as_the_mode_says(string name, bool always)
    {
        var pictures = CapturedMedia.ReadPictures(RtpCapture.Load(name));
        var layerOf = new Dictionary<ushort, (int Picture, int Spatial)>();
        for (var i = 0; i < pictures.Count; i++)
        {
            var isKey = pictures[i][0].Info.IsKeyFrame;
            foreach (var packet in pictures[i].Where(packet => packet.Info.IsStartOfFrame))
            {
                var frame = packet.Info.Dependencies;
                var isOfPicture = Enumerable.Range(0, frame.Frame.References.Count)
                    .Select(reference => layerOf[(ushort)(frame.FrameNumber - frame.Frame.References[reference])])
                    .Any(reference => reference == (i, frame.Frame.SpatialLayer - 1));
                Assert.Equal(frame.Frame.SpatialLayer > 0 && (always || isKey), isOfPicture);
                layerOf.Add(frame.FrameNumber, (i, frame.Frame.SpatialLayer));
            }
        }
    }

    [Fact]
    public void Layers_that_the_sender_gives_up_are_said_to_be_inactive_and_come_no_more()
    {
        var capture = RtpCapture.Load("chromium-av1-l3t3-key");
        var frames = CapturedMedia.Read(capture).Where(packet => packet.Info.IsStartOfFrame).ToArray();
        var change = Array.FindIndex(frames, frame => frame.Info.Dependencies.ActiveTargets != 0x1ff);

        Assert.InRange(frames[change].At, capture.Description.Events["less"], capture.Description.Events["less"] + 200_000);
        foreach (var frame in frames[change..])
        {
            var dependencies = frame.Info.Dependencies;
            Assert.Equal(0x03fu, dependencies.ActiveTargets);
            Assert.InRange(dependencies.Frame.SpatialLayer, 0, 1);
            Assert.Equal(0, dependencies.StructureLength);
        }

        // The descriptor says it once, and not again in each packet.
        Assert.InRange(frames[change..].Count(frame => frame.Descriptor.Length > 3 && (frame.Descriptor[3] & 0x40) != 0), 1, 10);
        Assert.Contains(frames[change..], frame => frame.Info.SpatialLayer == 1);
    }
}
