using CsCheck;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class Vp8PayloadDescriptorTests
{
    [Fact]
    public void The_shortest_descriptor_is_one_byte()
    {
        Assert.True(Vp8PayloadDescriptor.TryParse(Bytes("10 10"), out var descriptor));

        Assert.Equal(1, descriptor.Length);
        Assert.True(descriptor.IsPartitionStart);
        Assert.True(descriptor.IsKeyFrame);
        Assert.False(descriptor.HasPictureId);
        Assert.False(descriptor.HasTemporalLayer);
    }

    [Fact]
    public void Every_field_is_found_when_all_are_there()
    {
        Assert.True(Vp8PayloadDescriptor.TryParse(Bytes("b3 f0 9234 56 b1 01"), out var descriptor));

        Assert.Equal(6, descriptor.Length);
        Assert.True(descriptor.IsNonReference);
        Assert.Equal(3, descriptor.PartitionIndex);
        Assert.True(descriptor.HasLongPictureId);
        Assert.Equal(0x1234, descriptor.PictureId);
        Assert.Equal(0x56, descriptor.Tl0PictureIndex);
        Assert.Equal(2, descriptor.TemporalLayer);
        Assert.True(descriptor.IsLayerSync);
        Assert.Equal(0x11, descriptor.KeyIndex);
        Assert.False(descriptor.IsKeyFrame);
    }

    [Fact]
    public void A_picture_id_may_have_seven_bits()
    {
        Assert.True(Vp8PayloadDescriptor.TryParse(Bytes("80 80 7f"), out var descriptor));

        Assert.Equal(3, descriptor.Length);
        Assert.False(descriptor.HasLongPictureId);
        Assert.Equal(0x7f, descriptor.PictureId);
    }

    [Theory]
    [InlineData("10 00", true)]
    [InlineData("10 01", false)] // P = 1: an interframe
    [InlineData("00 00", false)] // not the start of a partition
    [InlineData("11 00", false)] // the second partition
    [InlineData("10", false)] // nothing behind the descriptor
    public void A_key_frame_begins_in_the_first_partition_with_P_clear(string payload, bool isKeyFrame)
    {
        Assert.True(Vp8PayloadDescriptor.TryParse(Bytes(payload), out var descriptor));
        Assert.Equal(isKeyFrame, descriptor.IsKeyFrame);
    }

    [Theory]
    [InlineData("")]
    [InlineData("90")]
    [InlineData("90 80")]
    [InlineData("90 80 81")]
    [InlineData("90 40")]
    [InlineData("90 20")]
    [InlineData("90 10")]
    public void A_cut_descriptor_is_refused(string payload) => Assert.False(Vp8PayloadDescriptor.TryParse(Bytes(payload), out _));

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Byte.Array[Vp8PayloadDescriptor.LargestLength].Sample(bytes =>
        {
            Assert.True(Vp8PayloadDescriptor.TryParse(bytes, out var read));
            var written = new byte[Vp8PayloadDescriptor.LargestLength + 1];
            var length = read.Write(written);
            Assert.True(Vp8PayloadDescriptor.TryParse(written.AsSpan(0, length), out var again));
            Assert.Equal(length, again.Length);
            Assert.Equal(read.PictureId, again.PictureId);
            Assert.Equal(read.HasLongPictureId, again.HasLongPictureId);
            Assert.Equal((read.HasTl0PictureIndex, read.Tl0PictureIndex), (again.HasTl0PictureIndex, again.Tl0PictureIndex));
            Assert.Equal((read.HasTemporalLayer, read.TemporalLayer), (again.HasTemporalLayer, again.TemporalLayer));
            Assert.Equal((read.IsLayerSync, read.HasKeyIndex, read.KeyIndex), (again.IsLayerSync, again.HasKeyIndex, again.KeyIndex));
            Assert.Equal(read.PartitionIndex, again.PartitionIndex);
            Assert.Equal((read.IsNonReference, read.IsPartitionStart), (again.IsNonReference, again.IsPartitionStart));
        });

    [Fact]
    public void A_picture_id_can_be_replaced_by_a_longer_one()
    {
        Assert.True(Vp8PayloadDescriptor.TryParse(Bytes("90 e0 11 22 40 00"), out var descriptor));
        var written = new byte[6];

        var length = (descriptor with { PictureId = 0x1234, HasLongPictureId = true, Tl0PictureIndex = 0x33 }).Write(written);

        Assert.Equal(Bytes("90 e0 9234 33 40"), written[..length]);
    }
}
