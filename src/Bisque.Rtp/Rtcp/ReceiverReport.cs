using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>An RR in place (RFC 3550 section 6.4.2). Profile-specific extensions behind the blocks are not looked at.</summary>
public readonly ref struct ReceiverReport
{
    private ReceiverReport(Ssrc senderSsrc, ReportBlockList blocks)
    {
        SenderSsrc = senderSsrc;
        Blocks = blocks;
    }

    /// <summary>Who reports.</summary>
    public Ssrc SenderSsrc { get; }

    /// <summary>What it says of the streams that it receives.</summary>
    public ReportBlockList Blocks { get; }

    /// <summary>Reads the packet; false when it is of another type or too short for its count of blocks.</summary>
    public static bool TryParse(RtcpPacket packet, out ReceiverReport report)
    {
        report = default;
        var reader = new ByteReader(packet.Body);
        if (packet.Type != RtcpPacketType.ReceiverReport
            || !reader.TryReadUInt32(out var ssrc)
            || !reader.TryReadBytes(packet.Count * ReportBlockList.BlockLength, out var blocks))
        {
            return false;
        }

        report = new ReceiverReport(new Ssrc(ssrc), new ReportBlockList(blocks));
        return true;
    }
}
