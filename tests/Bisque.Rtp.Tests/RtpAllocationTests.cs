using Bisque.Primitives;
using Bisque.Testing;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class RtpAllocationTests
{
    [Fact]
    public void Reading_a_packet_and_writing_its_header_anew_allocates_nothing()
    {
        var received = Bytes("90 e0 1234 00010002 deadbeef bede 0002 10 31 22 aabbcc 0000 90 e0 8001 05 60 00 aabb");
        var slot = new byte[64];
        long sum = 0;

        var allocated = AllocationAssert.BytesAllocated(() =>
        {
            if (!RtpPacket.TryParse(received, out var packet) || !packet.TryGetExtension(2, out var value))
            {
                throw new InvalidOperationException("the packet is well formed");
            }

            var info = PayloadInspector.Inspect(PayloadCodec.Vp8, packet.Payload);
            var writer = new RtpHeaderWriter(
                slot, packet.Marker, packet.PayloadType, packet.SequenceNumber.Next, packet.Timestamp.Plus(3000), packet.Ssrc);
            writer.AddExtension(1, "0"u8);
            writer.AddAbsSendTime(4);
            writer.AddTransportWideNumber(5);
            writer.AddExtension(7, value);
            sum += writer.Finish() + info.PictureId;
        });

        Assert.Equal(0, allocated);
        Assert.NotEqual(0, sum);
    }

    [Fact]
    public void Writing_and_reading_feedback_allocates_nothing()
    {
        var buffer = new byte[1200];
        long sum = 0;

        var allocated = AllocationAssert.BytesAllocated(() =>
        {
            var writer = new TransportFeedbackWriter(buffer, new Ssrc(1), new Ssrc(2), new SequenceNumber(65530), 1);
            for (var i = 0; i < 20; i++)
            {
                writer.TryAdd(new SequenceNumber((ushort)(65530 + 2 * i)), MonotonicTime.FromMilliseconds(1000 + i * i));
            }

            writer.TryFinish(out var length);
            var rtcp = new RtcpWriter(buffer.AsSpan(length));
            rtcp.TryWriteReceiverReport(new Ssrc(1), [new ReportBlock(new Ssrc(2), 3, 4, 5, 6, 7, 8)]);
            foreach (var packet in new RtcpCompound(buffer.AsSpan(0, length + rtcp.Length)))
            {
                if (TransportFeedback.TryParse(packet, out var feedback))
                {
                    foreach (var status in feedback)
                    {
                        sum += status.ArrivalTicks;
                    }
                }
                else if (ReceiverReport.TryParse(packet, out var report))
                {
                    sum += report.Blocks[0].FractionLost;
                }
            }
        });

        Assert.Equal(0, allocated);
        Assert.NotEqual(0, sum);
    }
}
