using Bisque.Testing;

namespace Bisque.Rtp.Tests.Captures;

/// <summary>VP8 as Chromium and ffmpeg send it.</summary>
public sealed class Vp8CaptureTests
{
    private const int Encodings = 3;

    /// <summary>The temporal layers of Chromium's pictures, from each key frame on.</summary>
    private static ReadOnlySpan<byte> TemporalPattern => [0, 2, 1, 2];

    public static TheoryData<int> Streams => [.. Enumerable.Range(0, Encodings)];

    [Theory]
    [MemberData(nameof(Streams))]
    public void Chromium_counts_pictures_by_PictureID_and_those_of_the_base_layer_by_TL0PICIDX(int stream)
    {
        var pictures = CapturedMedia.ReadPictures(RtpCapture.Load("chromium-vp8-simulcast"), stream);
        var descriptors = pictures.ConvertAll(Descriptor);
        for (var i = 0; i < pictures.Count; i++)
        {
            Assert.True(descriptors[i].HasLongPictureId && descriptors[i].HasTl0PictureIndex && descriptors[i].HasTemporalLayer);
            Assert.False(descriptors[i].HasKeyIndex);
            Assert.Equal(6, descriptors[i].Length);
            if (i > 0)
            {
                Assert.Equal(1, (descriptors[i].PictureId - descriptors[i - 1].PictureId) & 0x7fff);
                var step = (descriptors[i].Tl0PictureIndex - descriptors[i - 1].Tl0PictureIndex) & 0xff;
                Assert.Equal(descriptors[i].TemporalLayer == 0 ? 1 : 0, step);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Chromium_sends_three_temporal_layers_that_can_be_taken_up_after_a_key_frame(int stream)
    {
        var pictures = CapturedMedia.ReadPictures(RtpCapture.Load("chromium-vp8-simulcast"), stream);
        var keys = CapturedMedia.KeyPictures(pictures);
        var sinceKey = 0;
        var highestSync = 0;
        for (var i = 0; i < pictures.Count; i++)
        {
            var descriptor = Descriptor(pictures[i]);
            var isKey = keys.Contains(i);
            (sinceKey, highestSync) = isKey ? (0, 0) : (sinceKey + 1, highestSync);
            Assert.Equal(TemporalPattern[sinceKey % 4], descriptor.TemporalLayer);
            Assert.Equal(descriptor.TemporalLayer == 2, descriptor.IsNonReference);
            highestSync = Math.Max(highestSync, descriptor.IsLayerSync ? descriptor.TemporalLayer : 0);
            Assert.InRange(descriptor.TemporalLayer, 0, highestSync);
            Assert.True(!isKey || descriptor.IsLayerSync);
            Assert.True(descriptor.TemporalLayer > 0 || descriptor.IsLayerSync == isKey);
        }
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public void Chromium_begins_a_frame_with_the_first_partition_and_key_frames_where_they_were_asked_for(int stream)
    {
        var capture = RtpCapture.Load("chromium-vp8-simulcast");
        var pictures = CapturedMedia.ReadPictures(capture, stream);
        foreach (var picture in pictures)
        {
            Assert.True(picture[0].Info.IsStartOfFrame);
            Assert.All(picture[1..], packet => Assert.False(packet.Info.IsStartOfFrame));
        }

        CapturedMedia.AssertKeyPicturesAsAsked(capture, pictures);
        // The picture size is in the key frame itself (RFC 6386 section 9.1), right where the descriptor ends.
        foreach (var key in CapturedMedia.KeyPictures(pictures))
        {
            var frame = pictures[key][0].Payload[Descriptor(pictures[key]).Length..];
            Assert.Equal([0x9d, 0x01, 0x2a], frame[3..6]);
            Assert.Equal((240 << stream, 135 << stream), (frame[6] | (frame[7] << 8), frame[8] | (frame[9] << 8)));
        }
    }

    [Fact]
    public void An_encoding_that_is_switched_off_ends_and_the_others_go_on()
    {
        var capture = RtpCapture.Load("chromium-vp8-simulcast");
        var off = capture.Description.Events["less"];
        var last = Enumerable.Range(0, Encodings).Select(stream => capture.Of(stream).Last().Microseconds).ToArray();

        Assert.InRange(last[2], 0, off + 100_000);
        Assert.All(last[..2], end => Assert.InRange(end, off + 1_500_000, long.MaxValue));
    }

    [Fact]
    public void Ffmpeg_sends_a_PictureID_and_nothing_of_layers_and_a_key_frame_in_twenty()
    {
        var pictures = CapturedMedia.ReadPictures(RtpCapture.Load("ffmpeg-vp8"));
        for (var i = 0; i < pictures.Count; i++)
        {
            Assert.All(pictures[i], packet =>
            {
                Assert.True(Vp8PayloadDescriptor.TryParse(packet.Payload, out var descriptor));
                Assert.Equal((true, i), (descriptor.HasPictureId, descriptor.PictureId));
                Assert.False(descriptor.HasTl0PictureIndex || descriptor.HasTemporalLayer || descriptor.HasKeyIndex);
                Assert.Equal(packet == pictures[i][0], packet.Info.IsStartOfFrame);
            });
        }

        Assert.Equal([0, 20, 40], CapturedMedia.KeyPictures(pictures));
    }

    /// <summary>The descriptor of a picture: all its packets have the same but for the begin of the partition.</summary>
    private static Vp8PayloadDescriptor Descriptor(CapturedMedia[] picture)
    {
        Assert.True(Vp8PayloadDescriptor.TryParse(picture[0].Payload, out var first));
        Assert.All(picture, packet =>
        {
            Assert.True(Vp8PayloadDescriptor.TryParse(packet.Payload, out var descriptor));
            Assert.Equal(
                (first.PictureId, first.Tl0PictureIndex, first.TemporalLayer, first.IsLayerSync, first.IsNonReference),
                (descriptor.PictureId, descriptor.Tl0PictureIndex, descriptor.TemporalLayer, descriptor.IsLayerSync, descriptor.IsNonReference));
        });
        return first;
    }
}
