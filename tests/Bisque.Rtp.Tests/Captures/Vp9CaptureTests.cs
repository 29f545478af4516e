using System.Buffers.Binary;
using Bisque.Testing;

namespace Bisque.Rtp.Tests.Captures;

/// <summary>VP9 as Chromium and ffmpeg send it.</summary>
public sealed class Vp9CaptureTests
{
    private static readonly (int Width, int Height)[] ThreeSizes = [(240, 135), (480, 270), (960, 540)];

    /// <summary>Chromium's recordings: name, spatial and temporal layers, and whether upper layers depend on lower ones: never, in key pictures, always.</summary>
    public static TheoryData<string, int, int, int> Modes => new()
    {
        { "chromium-vp9-l1t3", 1, 3, 0 },
        { "chromium-vp9-l2t2h", 2, 2, 2 },
        { "chromium-vp9-l3t3", 3, 3, 2 },
        { "chromium-vp9-l3t3-key", 3, 3, 1 },
        { "chromium-vp9-s3t3", 3, 3, 0 },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void Frames_of_a_picture_come_layer_by_layer_and_have_their_begin_and_end(string name, int spatialLayers, int temporalLayers, int dependence)
    {
        _ = dependence;
        foreach (var picture in Whole(name))
        {
            var frames = Frames(picture);
            Assert.Equal(Enumerable.Range(0, spatialLayers), frames.Select(frame => (int)frame[0].SpatialLayer));
            foreach (var frame in frames)
            {
                Assert.Equal(frame.Select((_, i) => i == 0), frame.Select(packet => packet.IsStartOfFrame));
                Assert.Equal(frame.Select((_, i) => i == frame.Length - 1), frame.Select(packet => packet.IsEndOfFrame));
                Assert.All(frame, packet => Assert.True(packet.IsFlexible && packet.HasPictureId && packet.HasLayers && packet.Tl0PictureIndex == -1));
                Assert.InRange(frame[0].TemporalLayer, 0, temporalLayers - 1);
                Assert.Single(frames.Select(other => other[0].TemporalLayer).Distinct());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Layers_of_a_picture_depend_on_each_other_as_the_mode_says(string name, int spatialLayers, int temporalLayers, int dependence)
    {
        _ = temporalLayers;
        foreach (var picture in Whole(name))
        {
            var frames = Frames(picture);
            var isKey = frames[0][0].IsKeyFrame;
            var depends = dependence == 2 || (dependence == 1 && isKey);
            for (var spatial = 0; spatial < spatialLayers; spatial++)
            {
                Assert.All(frames[spatial], packet =>
                {
                    Assert.Equal(spatial > 0 && depends, packet.IsInterLayerDependent);
                    Assert.Equal(spatial == spatialLayers - 1 || !depends, packet.IsNotReferenceForUpperLayers);
                    Assert.Equal(isKey, !packet.IsInterPicturePredicted);
                });
            }
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Picture_ids_count_and_references_are_pictures_that_came_of_no_higher_layer(string name, int spatialLayers, int temporalLayers, int dependence)
    {
        _ = (spatialLayers, dependence);
        var layers = new Dictionary<int, int>();
        var pictures = Whole(name);
        byte[] pattern = temporalLayers == 3 ? [0, 2, 1, 2] : [0, 1];
        var sinceKey = 0;
        for (var i = 0; i < pictures.Count; i++)
        {
            var frames = Frames(pictures[i]);
            var first = frames[0][0];
            sinceKey = first.IsKeyFrame ? 0 : sinceKey + 1;
            Assert.Equal(pattern[sinceKey % pattern.Length], first.TemporalLayer);
            Assert.All(frames.SelectMany(frame => frame), packet => Assert.Equal(first.PictureId, packet.PictureId));
            Assert.True(i == 0 || first.PictureId == ((Frames(pictures[i - 1])[0][0].PictureId + 1) & 0x7fff));
            foreach (var frame in frames)
            {
                Assert.Equal(first.IsKeyFrame ? 0 : 1, Math.Min((int)frame[0].References.Count, 1));
                for (var reference = 0; reference < frame[0].References.Count; reference++)
                {
                    var distance = frame[0].References[reference];
                    Assert.InRange(distance, 1, sinceKey);
                    Assert.True(layers[i - distance] < first.TemporalLayer || (layers[i - distance] == 0 && first.TemporalLayer == 0));
                }
            }

            layers.Add(i, first.TemporalLayer);
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Key_pictures_come_where_they_were_asked_for(string name, int spatialLayers, int temporalLayers, int dependence)
    {
        _ = (spatialLayers, temporalLayers, dependence);
        var capture = RtpCapture.Load(name);
        var until = capture.Description.Events.GetValueOrDefault("less", long.MaxValue);

        CapturedMedia.AssertKeyPicturesAsAsked(capture, [.. CapturedMedia.ReadPictures(capture).Where(picture => picture[0].At < until)]);
    }

    [Theory]
    [InlineData("chromium-vp9-l3t3")]
    [InlineData("chromium-vp9-l3t3-key")]
    public void The_structure_with_the_sizes_is_in_the_first_packet_of_key_pictures(string name)
    {
        foreach (var packet in Whole(name).SelectMany(picture => picture))
        {
            var descriptor = Parse(packet);
            Assert.Equal(descriptor.IsKeyFrame, descriptor.HasScalabilityStructure);
            if (descriptor.HasScalabilityStructure)
            {
                Assert.Equal((3, 0), (descriptor.StructureSpatialLayers, descriptor.StructurePictures));
                Assert.Equal(ThreeSizes, Sizes(packet, descriptor));
            }
        }
    }

    [Fact]
    public void Of_layers_that_do_without_each_other_each_has_key_frames_and_the_structure_in_them()
    {
        foreach (var packet in Whole("chromium-vp9-s3t3").SelectMany(picture => picture))
        {
            var descriptor = Parse(packet);
            Assert.Equal(!descriptor.IsInterPicturePredicted && descriptor.IsStartOfFrame, descriptor.HasScalabilityStructure);
            if (descriptor.HasScalabilityStructure)
            {
                Assert.Equal(ThreeSizes, Sizes(packet, descriptor));
                Assert.Equal([0x49, 0x83, 0x42], packet.Payload[(descriptor.Length + 1)..(descriptor.Length + 4)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    [InlineData("ffmpeg-vp9", 1, 1, 0)]
    public void The_descriptor_ends_where_the_frame_begins(string name, int spatialLayers, int temporalLayers, int dependence)
    {
        _ = (spatialLayers, temporalLayers, dependence);
        foreach (var packet in CapturedMedia.Read(RtpCapture.Load(name)))
        {
            var descriptor = Parse(packet);
            if (!descriptor.IsStartOfFrame)
            {
                continue;
            }

            // VP9 bitstream specification section 6.2: frame_marker, and in key frames frame_sync_code.
            Assert.Equal(0b10, packet.Payload[descriptor.Length] >> 6);
            if (descriptor.IsKeyFrame && packet.Payload[descriptor.Length] == 0x82 + (descriptor.IsFlexible ? 1 : 0))
            {
                Assert.Equal([0x49, 0x83, 0x42], packet.Payload[(descriptor.Length + 1)..(descriptor.Length + 4)]);
            }
        }
    }

    [Fact]
    public void A_sender_that_gives_up_layers_says_so_in_a_structure_without_a_key_picture()
    {
        var capture = RtpCapture.Load("chromium-vp9-l3t3-key");
        var less = capture.Description.Events["less"];
        // Two seconds later it makes the picture smaller, for which it needs a key picture after all.
        var after = CapturedMedia.ReadPictures(capture).Where(picture => picture[0].At >= less + 50_000).TakeWhile(picture => !Parse(picture[0]).IsKeyFrame).ToArray();

        Assert.InRange(after.Length, 30, 80);
        Assert.All(after.SelectMany(picture => picture), packet => Assert.Equal((0, true), (Parse(packet).SpatialLayer, Parse(packet).IsInterPicturePredicted)));
        var structure = Assert.Single(after.SelectMany(picture => picture).Select(Parse), descriptor => descriptor.HasScalabilityStructure);
        Assert.Equal((1, 0), (structure.StructureSpatialLayers, structure.TemporalLayer));
    }

    [Fact]
    public void Ffmpeg_sends_neither_picture_ids_nor_layers()
    {
        var pictures = CapturedMedia.ReadPictures(RtpCapture.Load("ffmpeg-vp9"));
        foreach (var packet in pictures.SelectMany(picture => picture))
        {
            var descriptor = Parse(packet);
            Assert.False(descriptor.HasPictureId || descriptor.HasLayers || descriptor.IsFlexible || descriptor.HasScalabilityStructure);
            Assert.Equal(1, descriptor.Length);
            Assert.Equal(descriptor.IsEndOfFrame, packet.Marker);
        }
    }

    /// <summary>The pictures of a recording up to where the sender was held to less.</summary>
    private static List<CapturedMedia[]> Whole(string name)
    {
        var capture = RtpCapture.Load(name);
        var until = capture.Description.Events.GetValueOrDefault("less", long.MaxValue);
        return [.. CapturedMedia.ReadPictures(capture).Where(picture => picture[0].At < until)];
    }

    private static Vp9PayloadDescriptor Parse(CapturedMedia packet)
    {
        Assert.True(Vp9PayloadDescriptor.TryParse(packet.Payload, out var descriptor));
        return descriptor;
    }

    /// <summary>The descriptors of a picture's packets by spatial layer.</summary>
    private static List<Vp9PayloadDescriptor[]> Frames(CapturedMedia[] picture) =>
        [.. picture.Select(Parse).GroupBy(descriptor => descriptor.SpatialLayer).Select(group => group.ToArray())];

    /// <summary>The sizes are the last that the structure has when it tells of no picture group.</summary>
    private static (int Width, int Height)[] Sizes(CapturedMedia packet, Vp9PayloadDescriptor descriptor)
    {
        var sizes = packet.Payload.AsSpan((descriptor.Length - 4 * descriptor.StructureSpatialLayers)..descriptor.Length);
        var read = new (int Width, int Height)[descriptor.StructureSpatialLayers];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = (BinaryPrimitives.ReadUInt16BigEndian(sizes[(4 * i)..]), BinaryPrimitives.ReadUInt16BigEndian(sizes[(4 * i + 2)..]));
        }

        return read;
    }
}
