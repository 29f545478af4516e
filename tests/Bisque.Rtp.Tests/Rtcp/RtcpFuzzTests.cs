using Bisque.Testing;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class RtcpFuzzTests
{
    private const int Rounds = 100_000;

    public static TheoryData<string, string> Packets => new()
    {
        { "SR", "81 c8 000c 00000001 e1000000 80000000 00000002 00000003 00000004 00000005 40 fffffe 00010002 00000003 00000004 00000005" },
        { "RR", "81 c9 0007 00000001 00000005 40 fffffe 00010002 00000003 00000004 00000005" },
        { "SDES", "82 ca 0006 00000001 01 03 6162 63 000000 00000002 02 01 78 01 02 6465 00" },
        { "BYE", "82 cb 0004 00000001 00000002 03 627965 00000000" },
        { "NACK", "81 cd 0004 00000001 00000002 000a 8001 0064 0000" },
        { "transport-wide", "af cd 0009 00000001 00000002 0001 0019 000001 07 d880 a400 2004 00 0190 fffc 01 02 03 04 05 06 000003" },
        { "PLI", "81 ce 0002 00000001 00000002" },
        { "FIR", "84 ce 0004 00000001 00000000 00000002 07 000000" },
        { "REMB", "8f ce 0006 00000001 00000000 52454d42 02 0bd090 00000003 00000004" },
        { "XR", "80 cf 0008 00000001 04 00 0002 e1000000 80000000 05 00 0003 00000002 00000003 00000004" },
    };

    [Theory]
    [MemberData(nameof(Packets))]
    public void Damaged_packets_are_refused_or_can_be_read_whole(string name, string packet)
    {
        var bytes = Bytes(packet);
        byte[][] corpus = [bytes, [.. bytes, .. bytes], [.. Bytes("80 c9 0001 00000001"), .. bytes]];
        var mutator = new Mutator(seed: (ulong)name.Length + bytes[1]);
        var parsed = 0;
        Assert.NotEqual(0, ReadWhole(bytes));
        for (var i = 0; i < Rounds; i++)
        {
            parsed += ReadWhole(mutator.Next(corpus));
        }

        Assert.InRange(parsed, Rounds / 10, 3 * Rounds);
    }

    private static int ReadWhole(byte[] datagram)
    {
        var count = 0;
        foreach (var packet in new RtcpCompound(datagram))
        {
            count++;
            _ = packet.Length;
            switch (packet.Type)
            {
                case RtcpPacketType.SenderReport:
                    Assert.True(SenderReport.TryParse(packet, out var sender));
                    _ = sender.Info;
                    ReadBlocks(sender.Blocks);
                    break;
                case RtcpPacketType.ReceiverReport:
                    Assert.True(ReceiverReport.TryParse(packet, out var receiver));
                    _ = receiver.SenderSsrc;
                    ReadBlocks(receiver.Blocks);
                    break;
                case RtcpPacketType.SourceDescription:
                    ReadDescription(packet);
                    break;
                case RtcpPacketType.Goodbye:
                    ReadGoodbye(packet);
                    break;
                case RtcpPacketType.ExtendedReport:
                    ReadExtended(packet);
                    break;
                default:
                    ReadFeedback(packet);
                    break;
            }
        }

        return count;
    }

    private static void ReadBlocks(ReportBlockList blocks)
    {
        foreach (var block in blocks)
        {
            Assert.InRange(block.CumulativeLost, -0x80_0000, 0x7f_ffff);
        }
    }

    private static void ReadDescription(RtcpPacket packet)
    {
        Assert.True(SourceDescription.TryParse(packet, out var description));
        var chunks = 0;
        foreach (var chunk in description)
        {
            chunks++;
            _ = chunk.Ssrc;
            chunk.TryGetCname(out _);
            foreach (var item in chunk)
            {
                Assert.NotEqual(0, item.Type);
                Assert.InRange(item.Text.Length, 0, 255);
            }
        }

        Assert.Equal(description.ChunkCount, chunks);
    }

    private static void ReadGoodbye(RtcpPacket packet)
    {
        Assert.True(Goodbye.TryParse(packet, out var goodbye));
        _ = goodbye.Reason.Length;
        for (var i = 0; i < goodbye.SourceCount; i++)
        {
            _ = goodbye.GetSource(i);
        }
    }

    private static void ReadExtended(RtcpPacket packet)
    {
        Assert.True(ExtendedReport.TryParse(packet, out var report));
        _ = report.SenderSsrc;
        foreach (var block in report)
        {
            _ = block.Type;
            block.TryGetReceiverReferenceTime(out _);
            for (var i = 0; i < block.DlrrCount; i++)
            {
                _ = block.GetDlrr(i);
            }
        }
    }

    private static void ReadFeedback(RtcpPacket packet)
    {
        Assert.True(FeedbackMessage.TryParse(packet, out var message));
        _ = message.Information.Length;
        if (GenericNack.TryParse(packet, out var nack))
        {
            Span<Primitives.SequenceNumber> lost = stackalloc Primitives.SequenceNumber[NackItems.PacketsPerItem];
            foreach (var item in nack)
            {
                Assert.InRange(NackItems.Expand(item, lost), 1, NackItems.PacketsPerItem);
            }
        }

        if (TransportFeedback.TryParse(packet, out var feedback))
        {
            var statuses = 0;
            foreach (var status in feedback)
            {
                statuses++;
                Assert.InRange(status.Delta, short.MinValue, short.MaxValue);
            }

            Assert.Equal(feedback.StatusCount, statuses);
        }

        if (FullIntraRequest.TryParse(packet, out var request))
        {
            for (var i = 0; i < request.Count; i++)
            {
                _ = request[i];
            }
        }

        if (ReceiverEstimatedMaximumBitrate.TryParse(packet, out var estimate))
        {
            Assert.InRange(estimate.Bitrate.BitsPerSecond, 0, long.MaxValue);
            for (var i = 0; i < estimate.SourceCount; i++)
            {
                _ = estimate.GetSource(i);
            }
        }

        var isPictureLoss = packet.Type == RtcpPacketType.PayloadSpecificFeedback && packet.Count == 1;
        Assert.Equal(isPictureLoss, PictureLossIndication.TryParse(packet, out _));
    }
}
