using Bisque.Primitives;
using CsCheck;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class ReportTests
{
    private const string Block = "00000005 40 fffffe 00010002 00000003 00000004 00000005";

    private static readonly ReportBlock BlockRead = new(new Ssrc(5), 0x40, -2, 0x10002, 3, 4, 5);

    private static readonly Gen<ReportBlock> Blocks =
        from ssrc in Gen.UInt
        from fraction in Gen.Byte
        from lost in Gen.Int[-0x80_0000, 0x7f_ffff]
        from highest in Gen.UInt
        from jitter in Gen.UInt
        from last in Gen.UInt
        from delay in Gen.UInt
        select new ReportBlock(new Ssrc(ssrc), fraction, lost, highest, jitter, last, delay);

    private static RtcpPacket Parse(ReadOnlySpan<byte> bytes)
    {
        Assert.True(RtcpPacket.TryParse(bytes, out var packet));
        Assert.Equal(bytes.Length, packet.Length);
        return packet;
    }

    [Fact]
    public void A_sender_report_is_read_field_by_field()
    {
        var bytes = Bytes("81 c8 000c 00000001 e1000000 80000000 00000002 00000003 00000004" + Block);

        Assert.True(SenderReport.TryParse(Parse(bytes), out var report));
        Assert.Equal(new SenderInfo(new Ssrc(1), new NtpTime(0xe100_0000, 0x8000_0000), new RtpTimestamp(2), 3, 4), report.Info);
        Assert.Equal(1, report.Blocks.Count);
        Assert.Equal(BlockRead, report.Blocks[0]);
    }

    [Fact]
    public void A_sender_report_is_written_as_the_RFC_draws_it()
    {
        var writer = new RtcpWriter(new byte[52]);

        Assert.True(writer.TryWriteSenderReport(
            new SenderInfo(new Ssrc(1), new NtpTime(0xe100_0000, 0x8000_0000), new RtpTimestamp(2), 3, 4), [BlockRead]));
        Assert.Equal(Bytes("81 c8 000c 00000001 e1000000 80000000 00000002 00000003 00000004" + Block), writer.Written);
    }

    [Fact]
    public void A_receiver_report_is_read_and_written()
    {
        var bytes = Bytes("82 c9 000d 00000001" + Block + Block);

        Assert.True(ReceiverReport.TryParse(Parse(bytes), out var report));
        Assert.Equal(new Ssrc(1), report.SenderSsrc);
        var count = 0;
        foreach (var block in report.Blocks)
        {
            Assert.Equal(BlockRead, block);
            count++;
        }

        Assert.Equal(2, count);
        var writer = new RtcpWriter(new byte[100]);
        Assert.True(writer.TryWriteReceiverReport(new Ssrc(1), [BlockRead, BlockRead]));
        Assert.Equal(bytes, writer.Written);
    }

    [Fact]
    public void Up_to_31_blocks_come_back_as_they_were() =>
        Blocks.Array[0, RtcpWriter.LargestBlockCount].Sample(blocks =>
        {
            var writer = new RtcpWriter(new byte[1292]);
            Assert.True(writer.TryWriteReceiverReport(new Ssrc(7), blocks));
            Assert.True(ReceiverReport.TryParse(Parse(writer.Written), out var report));
            Assert.Equal(blocks.Length, report.Blocks.Count);
            for (var i = 0; i < blocks.Length; i++)
            {
                Assert.Equal(blocks[i], report.Blocks[i]);
            }
        });

    [Theory]
    [InlineData(0x90_0000, 0x7f_ffff)]
    [InlineData(-0x90_0000, -0x80_0000)]
    public void A_loss_beyond_24_bits_is_held_at_the_border(int lost, int written)
    {
        var writer = new RtcpWriter(new byte[32]);
        Assert.True(writer.TryWriteReceiverReport(new Ssrc(1), [BlockRead with { CumulativeLost = lost }]));
        Assert.True(ReceiverReport.TryParse(Parse(writer.Written), out var report));
        Assert.Equal(written, report.Blocks[0].CumulativeLost);
    }

    [Fact]
    public void A_report_that_does_not_fit_leaves_the_compound_as_it_was()
    {
        var writer = new RtcpWriter(new byte[8 + 31]);

        Assert.True(writer.TryWriteReceiverReport(new Ssrc(1), []));
        Assert.False(writer.TryWriteReceiverReport(new Ssrc(1), [BlockRead]));
        Assert.Equal(8, writer.Length);
        Assert.Equal(31, writer.Remaining);
    }

    [Theory]
    [InlineData("81 c8 0006 00000001 e1000000 80000000 00000002 00000003 00000004")] // the block is missing
    [InlineData("80 c8 0005 00000001 e1000000 80000000 00000002 00000003")]
    [InlineData("80 c9 0000")]
    [InlineData("82 c9 0007 00000001" + Block)]
    public void A_report_too_short_for_its_count_is_refused(string bytes)
    {
        var packet = Parse(Bytes(bytes));
        Assert.False(SenderReport.TryParse(packet, out _));
        Assert.False(ReceiverReport.TryParse(packet, out _));
    }

    [Fact]
    public void A_source_description_gives_the_canonical_name()
    {
        var bytes = Bytes("82 ca 0006 00000001 01 03 6162 63 000000 00000002 02 01 78 01 02 6465 00");

        Assert.True(SourceDescription.TryParse(Parse(bytes), out var description));
        Assert.Equal(2, description.ChunkCount);
        var names = new List<(uint, string)>();
        foreach (var chunk in description)
        {
            Assert.True(chunk.TryGetCname(out var cname));
            names.Add((chunk.Ssrc.Value, System.Text.Encoding.UTF8.GetString(cname)));
        }

        Assert.Equal([(1, "abc"), (2, "de")], names);
    }

    [Fact]
    public void A_canonical_name_of_any_length_comes_back() =>
        Gen.Byte.Array[0, RtcpWriter.LargestCnameLength].Sample(cname =>
        {
            var writer = new RtcpWriter(new byte[300]);
            Assert.True(writer.TryWriteCname(new Ssrc(9), cname));
            Assert.True(SourceDescription.TryParse(Parse(writer.Written), out var description));
            foreach (var chunk in description)
            {
                Assert.Equal(new Ssrc(9), chunk.Ssrc);
                Assert.True(chunk.TryGetCname(out var read));
                Assert.Equal(cname, read);
            }
        });

    [Theory]
    [InlineData("81 ca 0000")] // no chunk
    [InlineData("81 ca 0001 00000001")] // no end of items
    [InlineData("81 ca 0002 00000001 01 09 6162")] // a text longer than the packet
    [InlineData("81 ca 0002 00000001 01 02 6162")] // items that no zero byte ends
    public void A_source_description_that_is_cut_is_refused(string bytes) =>
        Assert.False(SourceDescription.TryParse(Parse(Bytes(bytes)), out _));

    [Fact]
    public void A_goodbye_names_sources_and_a_reason()
    {
        Assert.True(Goodbye.TryParse(Parse(Bytes("82 cb 0004 00000001 00000002 03 627965 00000000")), out var goodbye));

        Assert.Equal(2, goodbye.SourceCount);
        Assert.Equal(new Ssrc(2), goodbye.GetSource(1));
        Assert.Equal("bye"u8, goodbye.Reason);
        Assert.False(Goodbye.TryParse(Parse(Bytes("82 cb 0001 00000001")), out _));
        Assert.False(Goodbye.TryParse(Parse(Bytes("81 cb 0002 00000001 09627965")), out _));
    }

    [Fact]
    public void A_written_goodbye_is_read_back()
    {
        var writer = new RtcpWriter(new byte[8]);
        Assert.True(writer.TryWriteGoodbye(new Ssrc(77)));
        Assert.True(Goodbye.TryParse(Parse(writer.Written), out var goodbye));
        Assert.Equal(new Ssrc(77), goodbye.GetSource(0));
        Assert.True(goodbye.Reason.IsEmpty);
    }

    [Fact]
    public void An_extended_report_carries_reference_time_and_answers_to_it()
    {
        var bytes = Bytes("80 cf 000b 00000001 04 00 0002 e1000000 80000000 05 00 0006 00000002 00000003 00000004 00000005 00000006 00000007");
        var writer = new RtcpWriter(new byte[100]);
        Assert.True(writer.TryWriteExtendedReport(
            new Ssrc(1),
            new ReceiverReferenceTime(new NtpTime(0xe100_0000, 0x8000_0000)),
            [new DlrrReport(new Ssrc(2), 3, 4), new DlrrReport(new Ssrc(5), 6, 7)]));
        Assert.Equal(bytes, writer.Written);

        Assert.True(ExtendedReport.TryParse(Parse(bytes), out var report));
        Assert.Equal(new Ssrc(1), report.SenderSsrc);
        var blocks = report.GetEnumerator();
        Assert.True(blocks.MoveNext());
        Assert.True(blocks.Current.TryGetReceiverReferenceTime(out var time));
        Assert.Equal(new NtpTime(0xe100_0000, 0x8000_0000), time.Ntp);
        Assert.Equal(0, blocks.Current.DlrrCount);
        Assert.True(blocks.MoveNext());
        Assert.False(blocks.Current.TryGetReceiverReferenceTime(out _));
        Assert.Equal(2, blocks.Current.DlrrCount);
        Assert.Equal(new DlrrReport(new Ssrc(5), 6, 7), blocks.Current.GetDlrr(1));
        Assert.False(blocks.MoveNext());
    }

    [Theory]
    [InlineData("80 cf 0000")]
    [InlineData("80 cf 0003 00000001 04 00 0001 e1000000")] // a reference time of 4 bytes
    [InlineData("80 cf 0003 00000001 05 00 0001 e1000000")] // a DLRR block cut
    [InlineData("80 cf 0002 00000001 07 00 0001")] // a block longer than the packet
    public void An_extended_report_with_a_wrong_block_is_refused(string bytes) =>
        Assert.False(ExtendedReport.TryParse(Parse(Bytes(bytes)), out _));

    [Fact]
    public void Unknown_extended_blocks_are_passed_over()
    {
        Assert.True(ExtendedReport.TryParse(Parse(Bytes("80 cf 0003 00000001 63 00 0001 e1000000")), out var report));
        foreach (var block in report)
        {
            Assert.Equal(0x63, block.Type);
            Assert.Equal(Bytes("e1000000"), block.Content);
        }
    }
}
