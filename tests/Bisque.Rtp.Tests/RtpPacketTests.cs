using Bisque.Primitives;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class RtpPacketTests
{
    private const string FixedHeader = "80 e0 1234 00010002 deadbeef";

    [Fact]
    public void The_fixed_header_is_read_field_by_field()
    {
        Assert.True(RtpPacket.TryParse(Bytes(FixedHeader + "aabbcc"), out var packet));

        Assert.True(packet.Marker);
        Assert.Equal(96, packet.PayloadType);
        Assert.Equal(new SequenceNumber(0x1234), packet.SequenceNumber);
        Assert.Equal(new RtpTimestamp(0x10002), packet.Timestamp);
        Assert.Equal(new Ssrc(0xdeadbeef), packet.Ssrc);
        Assert.Equal(12, packet.HeaderLength);
        Assert.Equal(12, packet.PayloadOffset);
        Assert.Equal(15, packet.Length);
        Assert.Equal(0, packet.PaddingLength);
        Assert.False(packet.HasExtensionBlock);
        Assert.Equal(Bytes("aabbcc"), packet.Payload);
    }

    [Fact]
    public void Contributing_sources_stand_before_the_payload()
    {
        Assert.True(RtpPacket.TryParse(Bytes("82 60 0001 00000002 00000003 00000004 00000005 ff"), out var packet));

        Assert.False(packet.Marker);
        Assert.Equal(2, packet.ContributingSourceCount);
        Assert.Equal(new Ssrc(4), packet.GetContributingSource(0));
        Assert.Equal(new Ssrc(5), packet.GetContributingSource(1));
        Assert.Equal(20, packet.HeaderLength);
        Assert.Equal(Bytes("ff"), packet.Payload);
    }

    [Fact]
    public void Padding_is_cut_off_the_payload()
    {
        Assert.True(RtpPacket.TryParse(Bytes("a0 60 0001 00000002 00000003 aabb 000003"), out var packet));

        Assert.Equal(3, packet.PaddingLength);
        Assert.Equal(Bytes("aabb"), packet.Payload);
    }

    [Fact]
    public void A_packet_of_nothing_but_padding_has_an_empty_payload()
    {
        Assert.True(RtpPacket.TryParse(Bytes("a0 60 0001 00000002 00000003 000003"), out var packet));

        Assert.True(packet.Payload.IsEmpty);
    }

    [Fact]
    public void One_byte_extensions_are_read_in_order_and_padding_between_them_is_skipped()
    {
        // The shape of the example in RFC 8285 section 4.2, with identifiers 1, 2 and 3.
        Assert.True(RtpPacket.TryParse(Bytes("90 60 0001 00000002 00000003 bede 0003 10 aa 21 bbbb 0000 33 cccccccc 77"), out var packet));

        var seen = new List<(byte, int, int)>();
        foreach (var extension in packet.Extensions)
        {
            seen.Add((extension.Id, extension.Offset, extension.Value.Length));
        }

        Assert.Equal([(1, 17, 1), (2, 19, 2), (3, 24, 4)], seen);
        Assert.Equal(28, packet.HeaderLength);
        Assert.Equal(0xbede, packet.ExtensionProfile);
        Assert.Equal(Bytes("77"), packet.Payload);
        Assert.True(packet.TryGetExtension(2, out var value));
        Assert.Equal(Bytes("bbbb"), value);
        Assert.False(packet.TryGetExtension(4, out _));
        Assert.False(packet.TryGetExtension(0, out _));
    }

    [Fact]
    public void Two_byte_extensions_may_be_empty_and_long()
    {
        // RFC 8285 section 4.3, with application bits set.
        Assert.True(RtpPacket.TryParse(Bytes("90 60 0001 00000002 00000003 1007 0003 01 00 02 01 bb 00 c8 04 cccccccc 00"), out var packet));

        Assert.True(packet.TryGetExtension(1, out var empty));
        Assert.True(empty.IsEmpty);
        Assert.True(packet.TryGetExtension(2, out var one));
        Assert.Equal(Bytes("bb"), one);
        Assert.True(packet.TryGetExtension(200, out var four));
        Assert.Equal(Bytes("cccccccc"), four);
    }

    [Fact]
    public void Identifier_15_of_the_one_byte_form_ends_the_block()
    {
        Assert.True(RtpPacket.TryParse(Bytes("90 60 0001 00000002 00000003 bede 0002 10 aa f0 bb 20 cc 0000"), out var packet));

        Assert.True(packet.TryGetExtension(1, out _));
        Assert.False(packet.TryGetExtension(15, out _));
        Assert.False(packet.TryGetExtension(2, out _));
    }

    [Fact]
    public void An_element_that_runs_past_its_block_is_not_seen_but_those_before_it_are()
    {
        Assert.True(RtpPacket.TryParse(Bytes("90 60 0001 00000002 00000003 bede 0001 10 aa 2f bb 00112233445566778899aabbccddeeff"), out var packet));

        Assert.True(packet.TryGetExtension(1, out _));
        Assert.False(packet.TryGetExtension(2, out _));
    }

    [Fact]
    public void A_block_of_another_profile_is_skipped()
    {
        Assert.True(RtpPacket.TryParse(Bytes("90 60 0001 00000002 00000003 abac 0001 10 aa 20 bb 77"), out var packet));

        Assert.False(packet.TryGetExtension(1, out _));
        Assert.Equal(Bytes("77"), packet.Payload);
    }

    [Theory]
    [InlineData("80 60 0001 00000002 000000")] // shorter than the fixed header
    [InlineData("40 60 0001 00000002 00000003")] // version 1
    [InlineData("81 60 0001 00000002 00000003 0000")] // a source is cut
    [InlineData("90 60 0001 00000002 00000003 bede")] // the extension header is cut
    [InlineData("90 60 0001 00000002 00000003 bede 0002 10aa0000")] // the extension block is cut
    [InlineData("a0 60 0001 00000002 00000003 aa00")] // padding of 0 bytes
    [InlineData("a0 60 0001 00000002 00000003 aa03")] // more padding than payload
    [InlineData("a0 60 0001 00000002 00000003")] // padding that reaches into the header
    public void What_is_not_well_formed_is_refused(string bytes) => Assert.False(RtpPacket.TryParse(Bytes(bytes), out _));

    [Theory]
    [InlineData("80 60 0001 00000002 00000003", true, false)]
    [InlineData("bf 60 0001 00000002 00000003", true, false)]
    [InlineData("80 c8 0006 00000002 00000003", true, true)]
    [InlineData("80 c0 0000", false, true)]
    [InlineData("80 df 0000", false, true)]
    [InlineData("80 bf 0000", false, false)]
    [InlineData("80 e0 0000", false, false)]
    [InlineData("c0 c8 0006 00000002 00000003", false, false)]
    [InlineData("16 fe fd 0000 00000000 0000 0010", false, false)]
    [InlineData("", false, false)]
    public void Datagrams_are_told_apart_by_their_first_bytes(string bytes, bool rtp, bool rtcp)
    {
        Assert.Equal(rtp, RtpPacket.LooksLikeRtp(Bytes(bytes)));
        Assert.Equal(rtcp, RtcpCompound.LooksLikeRtcp(Bytes(bytes)));
    }
}
