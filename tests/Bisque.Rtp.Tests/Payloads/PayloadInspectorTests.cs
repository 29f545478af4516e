using Bisque.Primitives;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class PayloadInspectorTests
{
    [Theory]
    [InlineData("67 42001f", true)] // SPS
    [InlineData("27 42001f", true)] // SPS of lower NRI
    [InlineData("68 ce3c80", false)] // PPS
    [InlineData("65 888400", false)] // IDR slice without parameter set
    [InlineData("78 0004 67420010 0002 68aa", true)] // STAP-A, SPS first
    [InlineData("78 0002 68aa 0004 67420010", true)] // STAP-A, SPS second
    [InlineData("78 0002 68aa 0002 65aa", false)]
    [InlineData("78 0009 67420010", false)] // a unit longer than the packet
    [InlineData("78 0000 67420010", false)] // an empty unit
    [InlineData("7c 87 4200", true)] // FU-A, start of an SPS
    [InlineData("7c 07 4200", false)] // FU-A, middle of an SPS
    [InlineData("7c 85 4200", false)] // FU-A, start of an IDR slice
    [InlineData("7d 87 0001 4200", true)] // FU-B
    [InlineData("7c", false)]
    [InlineData("", false)]
    public void An_H264_key_frame_begins_with_a_parameter_set(string payload, bool isKeyFrame) =>
        Assert.Equal(isKeyFrame, PayloadInspector.Inspect(PayloadCodec.H264, Bytes(payload)).IsKeyFrame);

    [Theory]
    [InlineData("08 aa", true)] // start of a frame that depends on nothing
    [InlineData("8c 05 aa", true)] // with a picture ID of 7 bits
    [InlineData("8c 8123 aa", true)] // of 15 bits
    [InlineData("48 aa", false)] // P: predicted from other pictures
    [InlineData("00 aa", false)] // not the start of a frame
    [InlineData("28 00 01 aa", true)] // layers 0 and 0
    [InlineData("28 02 01 aa", false)] // an upper spatial layer of a key picture
    [InlineData("28 00", false)] // cut short: TL0PICIDX is missing
    [InlineData("8c 81", false)] // cut short: half a picture ID
    [InlineData("0a 18 0140 00b4 01 04 03", true)] // with a scalability structure
    [InlineData("0a 38 0140 00b4", false)] // a structure cut short
    [InlineData("0a 08 02 04", false)] // a picture group cut short
    [InlineData("", false)]
    public void A_VP9_key_picture_begins_in_the_base_layer(string payload, bool isKeyFrame) =>
        Assert.Equal(isKeyFrame, PayloadInspector.Inspect(PayloadCodec.Vp9, Bytes(payload)).IsKeyFrame);

    [Fact]
    public void A_VP9_payload_tells_its_layers_and_picture()
    {
        var info = PayloadInspector.Inspect(PayloadCodec.Vp9, Bytes("ec 9234 54 07 aa"));

        Assert.Equal((2, 2, 0x1234), (info.SpatialLayer, info.TemporalLayer, info.PictureId));
        Assert.Equal(5, info.DescriptorLength);
        Assert.Equal(7, info.Tl0PictureIndex);
        Assert.True(info is { IsSwitchingUpPoint: true, IsInterPicturePredicted: true, IsStartOfFrame: true, IsEndOfFrame: true, IsInterLayerDependent: false });
    }

    [Fact]
    public void A_VP9_scalability_structure_tells_how_many_layers_and_pictures_it_has()
    {
        Assert.True(Vp9PayloadDescriptor.TryParse(Bytes("0a 38 0140 00b4 0280 0168 02 04 01 28 02 aa"), out var descriptor));

        Assert.Equal((2, 2), (descriptor.StructureSpatialLayers, descriptor.StructurePictures));
    }

    [Fact]
    public void A_VP9_payload_in_flexible_mode_has_references_in_place_of_TL0PICIDX()
    {
        Assert.True(Vp9PayloadDescriptor.TryParse(Bytes("fc 05 b1 03 05 02 aa"), out var descriptor));

        Assert.Equal((6, 5, 0, true), (descriptor.Length, descriptor.TemporalLayer, descriptor.SpatialLayer, descriptor.IsSwitchingUpPoint));
        Assert.Equal((3, 1, 2, 1, -1), (descriptor.References.Count, descriptor.References[0], descriptor.References[1], descriptor.References[2], descriptor.Tl0PictureIndex));
        Assert.True(descriptor is { IsInterLayerDependent: true, IsFlexible: true, IsKeyFrame: false });
        Assert.False(Vp9PayloadDescriptor.TryParse(Bytes("fc 05 b1 03 05 03 aa"), out _));
    }

    [Theory]
    [InlineData("18 0a0b", "", true)] // N: a new coded video sequence
    [InlineData("10 0a0b", "", false)]
    [InlineData("98 0a0b", "", false)] // N with Z cannot be
    [InlineData("18", "", false)] // no OBU
    [InlineData("10 0a0b", "80 0001 80", true)] // start of a frame with the templates
    [InlineData("10 0a0b", "c0 0001 40", false)] // other extended fields
    [InlineData("10 0a0b", "00 0001 80", false)] // not the start of a frame
    [InlineData("10 0a0b", "80 0001", false)] // no extended fields
    [InlineData("10 0a0b", "80 00", false)]
    public void An_AV1_key_frame_shows_in_the_payload_or_in_the_dependency_descriptor(string payload, string descriptor, bool isKeyFrame) =>
        Assert.Equal(isKeyFrame, PayloadInspector.Inspect(PayloadCodec.Av1, Bytes(payload), Bytes(descriptor)).IsKeyFrame);

    [Theory]
    [InlineData("fc", true)] // code 0, one empty frame
    [InlineData("fd", true)] // code 1, two empty frames
    [InlineData("fe", false)] // code 2 without its length byte
    [InlineData("fe00", true)]
    [InlineData("ff", false)] // code 3
    [InlineData("ff00", false)]
    [InlineData("fc00", false)]
    [InlineData("", false)]
    public void An_Opus_packet_of_headers_only_is_DTX(string payload, bool isDtx) =>
        Assert.Equal(isDtx, PayloadInspector.Inspect(PayloadCodec.Opus, Bytes(payload)).IsDtx);

    [Fact]
    public void A_VP8_payload_tells_its_layers_and_pictures()
    {
        var info = PayloadInspector.Inspect(PayloadCodec.Vp8, Bytes("90 e0 9234 56 60 00"));

        Assert.True(info.IsKeyFrame);
        Assert.True(info.HasTemporalLayer);
        Assert.Equal(1, info.TemporalLayer);
        Assert.True(info.IsLayerSync);
        Assert.Equal(0x1234, info.PictureId);
        Assert.Equal(0x56, info.Tl0PictureIndex);
        Assert.Equal(6, info.DescriptorLength);
    }

    [Fact]
    public void A_payload_that_says_nothing_is_no_key_frame_and_has_no_pictures()
    {
        foreach (var codec in Enum.GetValues<PayloadCodec>())
        {
            var info = PayloadInspector.Inspect(codec, []);
            Assert.False(info.IsKeyFrame);
            Assert.Equal(-1, info.PictureId);
            Assert.Equal(-1, info.Tl0PictureIndex);
        }
    }

    [Fact]
    public void Only_video_waits_for_key_frames()
    {
        Assert.True(PayloadCodec.Vp8.CanHaveKeyFrames());
        Assert.True(PayloadCodec.H264.CanHaveKeyFrames());
        Assert.False(PayloadCodec.Opus.CanHaveKeyFrames());
        Assert.False(PayloadCodec.Other.CanHaveKeyFrames());
    }

    [Fact]
    public void A_retransmission_begins_with_the_original_sequence_number()
    {
        Assert.True(RtxPayload.TryParse(Bytes("1234 aabb"), out var original, out var payload));
        Assert.Equal(new SequenceNumber(0x1234), original);
        Assert.Equal(Bytes("aabb"), payload);
        Assert.False(RtxPayload.TryParse(Bytes("12"), out _, out _));
    }
}
