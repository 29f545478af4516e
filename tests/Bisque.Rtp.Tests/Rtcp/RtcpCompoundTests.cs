using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class RtcpCompoundTests
{
    private const string EmptyReceiverReport = "80 c9 0001 00000001";
    private const string Application = "80 cc 0002 00000001 6e616d65";
    private const string Cname = "81 ca 0003 00000001 01 03 616263 000000";
    private const string PictureLoss = "81 ce 0002 00000001 00000002";

    private static RtcpPacketType[] Types(string bytes, out bool hasUnreadBytes)
    {
        var types = new List<RtcpPacketType>();
        var packets = new RtcpCompound(Bytes(bytes)).GetEnumerator();
        while (packets.MoveNext())
        {
            types.Add(packets.Current.Type);
        }

        hasUnreadBytes = packets.HasUnreadBytes;
        return [.. types];
    }

    [Fact]
    public void The_packets_of_a_compound_are_read_in_order()
    {
        var types = Types(EmptyReceiverReport + Cname + PictureLoss, out var hasUnreadBytes);

        Assert.Equal([RtcpPacketType.ReceiverReport, RtcpPacketType.SourceDescription, RtcpPacketType.PayloadSpecificFeedback], types);
        Assert.False(hasUnreadBytes);
    }

    [Theory]
    [InlineData(Application)]
    [InlineData("80 d0 0000")] // no type that is known
    [InlineData("81 c9 0001 00000001")] // an RR without its block
    [InlineData("81 ce 0001 00000001")] // a PLI without its media source
    [InlineData("8f cd 0002 00000001 00000002")] // feedback without its fields
    [InlineData("40 c9 0001 00000001")] // version 1
    [InlineData("80 c9 0009 00000001")] // longer than the datagram
    [InlineData("a0 c9 0001 00000000")] // padding of 0 bytes
    public void What_is_not_understood_ends_the_compound(string packet)
    {
        var types = Types(EmptyReceiverReport + packet + PictureLoss[..0], out var hasUnreadBytes);

        Assert.Equal([RtcpPacketType.ReceiverReport], types);
        Assert.True(hasUnreadBytes);
    }

    [Fact]
    public void Nothing_behind_an_application_packet_is_read() =>
        Assert.Equal([RtcpPacketType.ReceiverReport], Types(EmptyReceiverReport + Application + PictureLoss, out _));

    [Fact]
    public void Padding_at_the_end_is_cut_off()
    {
        Assert.True(RtcpPacket.TryParse(Bytes("a1 ce 0003 00000001 00000002 00000004"), out var packet));

        Assert.Equal(8, packet.Body.Length);
        Assert.Equal(16, packet.Length);
        Assert.True(PictureLossIndication.TryParse(packet, out _));
    }

    [Fact]
    public void A_writer_puts_packets_one_behind_the_other()
    {
        var writer = new RtcpWriter(new byte[100]);
        Assert.True(writer.TryWriteReceiverReport(new(1), []));
        Assert.True(writer.TryWriteCname(new(1), "abc"u8));
        Assert.True(writer.TryWriteRaw(Bytes(PictureLoss)));

        Assert.Equal(Bytes(EmptyReceiverReport + Cname + PictureLoss), writer.Written);
        writer.Clear();
        Assert.Equal(0, writer.Length);
        Assert.False(writer.TryWriteRaw(new byte[101]));
    }
}
