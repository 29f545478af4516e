using Bisque.Primitives;
using CsCheck;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class RtpHeaderWriterTests
{
    private static RtpHeaderWriter Begin(Span<byte> buffer) =>
        new(buffer, true, 101, new SequenceNumber(0x1234), new RtpTimestamp(0x10002), new Ssrc(0xdeadbeef));

    [Fact]
    public void A_header_without_extensions_has_12_bytes()
    {
        var buffer = new byte[64];
        var writer = Begin(buffer);

        Assert.Equal(12, writer.Finish());
        Assert.Equal(Bytes("80 e5 1234 00010002 deadbeef"), buffer[..12]);
        Assert.Equal(-1, writer.AbsSendTimeOffset);
        Assert.Equal(-1, writer.TransportWideNumberOffset);
    }

    [Fact]
    public void Small_extensions_take_the_one_byte_form_and_tell_where_the_send_time_goes()
    {
        var buffer = Enumerable.Repeat((byte)0xff, 64).ToArray();
        var writer = Begin(buffer);
        writer.AddExtension(1, "mid"u8);
        writer.AddAbsSendTime(4);
        writer.AddTransportWideNumber(5);
        var length = writer.Finish();

        Assert.Equal(Bytes("90 e5 1234 00010002 deadbeef bede 0003 12 6d6964 42 000000 51 0000 00"), buffer[..length]);
        Assert.Equal(21, writer.AbsSendTimeOffset);
        Assert.Equal(25, writer.TransportWideNumberOffset);
    }

    [Theory]
    [InlineData(15, 1)]
    [InlineData(255, 1)]
    [InlineData(2, 0)]
    [InlineData(2, 17)]
    [InlineData(2, 255)]
    public void One_element_that_needs_it_turns_the_whole_block_into_the_two_byte_form(byte id, int length)
    {
        var buffer = Enumerable.Repeat((byte)0xff, 512).ToArray();
        var writer = Begin(buffer);
        writer.AddExtension(1, "mid"u8);
        writer.AddAbsSendTime(4);
        writer.AddTransportWideNumber(5);
        writer.AddExtension(id, new byte[length]);
        writer.AddExtension(6, [0x99]);
        var headerLength = writer.Finish();

        Assert.True(RtpPacket.TryParse(buffer.AsSpan(0, headerLength), out var packet));
        Assert.Equal(0x1000, packet.ExtensionProfile);
        Assert.True(packet.TryGetExtension(1, out var mid) && mid.SequenceEqual("mid"u8));
        Assert.True(packet.TryGetExtension(id, out var value) && value.Length == length);
        Assert.True(packet.TryGetExtension(6, out var last) && last[0] == 0x99);
        foreach (var extension in packet.Extensions)
        {
            if (extension.Id == 4)
            {
                Assert.Equal(extension.Offset, writer.AbsSendTimeOffset);
            }
            else if (extension.Id == 5)
            {
                Assert.Equal(extension.Offset, writer.TransportWideNumberOffset);
            }
        }
    }

    [Fact]
    public void The_padding_bit_announces_padding_that_the_caller_appends()
    {
        var buffer = new byte[16];
        var writer = Begin(buffer);
        writer.MarkPadding();
        writer.Finish();
        buffer[15] = 4;

        Assert.True(RtpPacket.TryParse(buffer, out var packet));
        Assert.Equal(4, packet.PaddingLength);
    }

    [Fact]
    public void Whatever_extensions_are_written_the_packet_view_reads_back() =>
        Gen.Select(Gen.Byte[1, 255], Gen.Byte.Array[0, 24], (id, value) => (Id: id, Value: value)).Array[0, 12].Sample(elements =>
        {
            var buffer = new byte[512];
            var writer = Begin(buffer);
            foreach (var (id, value) in elements)
            {
                writer.AddExtension(id, value);
            }

            var length = writer.Finish();
            Assert.True(RtpPacket.TryParse(buffer.AsSpan(0, length), out var packet));
            Assert.Equal(length, packet.HeaderLength);
            Assert.Equal(new SequenceNumber(0x1234), packet.SequenceNumber);
            var index = 0;
            foreach (var extension in packet.Extensions)
            {
                Assert.Equal(elements[index].Id, extension.Id);
                Assert.Equal(elements[index].Value, extension.Value);
                index++;
            }

            Assert.Equal(elements.Length, index);
            var twoByte = elements.Any(e => e.Id > 14 || e.Value.Length is 0 or > 16);
            Assert.Equal(elements.Length == 0 ? 0 : twoByte ? 0x1000 : 0xbede, packet.ExtensionProfile);
        });
}
