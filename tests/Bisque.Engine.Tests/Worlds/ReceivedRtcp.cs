using System.Buffers.Binary;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A compound packet that a peer received, decrypted.</summary>
internal sealed record ReceivedRtcp(MonotonicTime At, byte[] Bytes)
{
    public IReadOnlyList<ReceivedRtcpPacket> Packets { get; } = Split(At, Bytes);

    private static List<ReceivedRtcpPacket> Split(MonotonicTime at, byte[] bytes)
    {
        var packets = new List<ReceivedRtcpPacket>();
        var offset = 0;
        foreach (var packet in new RtcpCompound(bytes))
        {
            packets.Add(new ReceivedRtcpPacket(at, packet.Type, packet.Count, bytes[offset..(offset + packet.Length)]));
            offset += packet.Length;
        }

        Assert.Equal(bytes.Length, offset);
        return packets;
    }
}

/// <summary>One RTCP packet of a compound.</summary>
internal sealed record ReceivedRtcpPacket(MonotonicTime At, RtcpPacketType Type, byte Count, byte[] Bytes)
{
    /// <summary>The media SSRC of a feedback message.</summary>
    public uint MediaSsrc => BinaryPrimitives.ReadUInt32BigEndian(Bytes.AsSpan(8));

    /// <summary>The packet as its type's view takes it.</summary>
    public RtcpPacket View => RtcpPacket.TryParse(Bytes, out var packet) ? packet : throw new InvalidOperationException("It parsed before.");

    public ReportBlock[] ReportBlocks
    {
        get
        {
            var blocks = new List<ReportBlock>();
            if (SenderReport.TryParse(View, out var senderReport))
            {
                foreach (var block in senderReport.Blocks)
                {
                    blocks.Add(block);
                }
            }
            else if (ReceiverReport.TryParse(View, out var receiverReport))
            {
                foreach (var block in receiverReport.Blocks)
                {
                    blocks.Add(block);
                }
            }

            return [.. blocks];
        }
    }

    /// <summary>The sequence numbers that a generic NACK asks for.</summary>
    public ushort[] NackedSequenceNumbers
    {
        get
        {
            Assert.True(GenericNack.TryParse(View, out var nack));
            var numbers = new List<ushort>();
            Span<SequenceNumber> lost = stackalloc SequenceNumber[NackItems.PacketsPerItem];
            foreach (var item in nack)
            {
                foreach (var number in lost[..NackItems.Expand(item, lost)])
                {
                    numbers.Add(number.Value);
                }
            }

            return [.. numbers];
        }
    }
}
