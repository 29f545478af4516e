using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>An SR in place (RFC 3550 section 6.4.1). Profile-specific extensions behind the blocks are not looked at.</summary>
public readonly ref struct SenderReport
{
    internal const int FixedLength = 24;

    private SenderReport(SenderInfo info, ReportBlockList blocks)
    {
        Info = info;
        Blocks = blocks;
    }

    /// <summary>What the sender says of its own stream.</summary>
    public SenderInfo Info { get; }

    /// <summary>What the sender says of the streams that it receives.</summary>
    public ReportBlockList Blocks { get; }

    /// <summary>Reads the packet; false when it is of another type or too short for its count of blocks.</summary>
    public static bool TryParse(RtcpPacket packet, out SenderReport report)
    {
        report = default;
        var blocksLength = packet.Count * ReportBlockList.BlockLength;
        var reader = new ByteReader(packet.Body);
        if (packet.Type != RtcpPacketType.SenderReport
            || !reader.TryReadUInt32(out var ssrc)
            || !reader.TryReadUInt64(out var ntp)
            || !reader.TryReadUInt32(out var timestamp)
            || !reader.TryReadUInt32(out var packets)
            || !reader.TryReadUInt32(out var octets)
            || !reader.TryReadBytes(blocksLength, out var blocks))
        {
            return false;
        }

        var info = new SenderInfo(new Ssrc(ssrc), new NtpTime(ntp), new RtpTimestamp(timestamp), packets, octets);
        report = new SenderReport(info, new ReportBlockList(blocks));
        return true;
    }
}
