using System.Buffers.Binary;
using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>
/// Builds RTCP packets one behind the other in the caller's span, whose length is the limit of the compound (RFC 3550 section 6.1). Each
/// method writes one whole packet, or nothing and returns false when it does not fit any more.
/// </summary>
public ref struct RtcpWriter(Span<byte> destination)
{
    /// <summary>The most report blocks that one SR or RR can carry (RFC 3550 section 6.4.1).</summary>
    public const int LargestBlockCount = 31;

    /// <summary>The most bytes that a CNAME can have (RFC 3550 section 6.5).</summary>
    public const int LargestCnameLength = 255;

    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Room that is left.</summary>
    public readonly int Remaining => _destination.Length - Length;

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<byte> Written => _destination[..Length];

    /// <summary>Writes an SR with up to 31 report blocks (RFC 3550 section 6.4.1).</summary>
    public bool TryWriteSenderReport(scoped in SenderInfo info, scoped ReadOnlySpan<ReportBlock> blocks = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks.Length, LargestBlockCount);
        var bodyLength = SenderReport.FixedLength + blocks.Length * ReportBlockList.BlockLength;
        if (!TryBegin(RtcpPacketType.SenderReport, blocks.Length, bodyLength, out var body))
        {
            return false;
        }

        body.WriteUInt32(info.Ssrc.Value);
        body.WriteUInt64(info.Ntp.Value);
        body.WriteUInt32(info.RtpTimestamp.Value);
        body.WriteUInt32(info.PacketCount);
        body.WriteUInt32(info.OctetCount);
        WriteBlocks(ref body, blocks);
        return true;
    }

    /// <summary>Writes an RR with up to 31 report blocks (RFC 3550 section 6.4.2).</summary>
    public bool TryWriteReceiverReport(Ssrc senderSsrc, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks.Length, LargestBlockCount);
        var bodyLength = 4 + blocks.Length * ReportBlockList.BlockLength;
        if (!TryBegin(RtcpPacketType.ReceiverReport, blocks.Length, bodyLength, out var body))
        {
            return false;
        }

        body.WriteUInt32(senderSsrc.Value);
        WriteBlocks(ref body, blocks);
        return true;
    }

    /// <summary>Writes an SDES whose one chunk gives the canonical name of a source (RFC 3550 section 6.5.1).</summary>
    public bool TryWriteCname(Ssrc ssrc, scoped ReadOnlySpan<byte> cname)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cname.Length, LargestCnameLength);

        // The list of items ends with at least one zero byte.
        var bodyLength = (4 + 2 + cname.Length + 4) & ~3;
        if (!TryBegin(RtcpPacketType.SourceDescription, 1, bodyLength, out var body))
        {
            return false;
        }

        body.WriteUInt32(ssrc.Value);
        body.WriteByte(SourceDescriptionChunk.CnameType);
        body.WriteByte((byte)cname.Length);
        cname.CopyTo(body.Reserve(cname.Length));
        body.WriteZeros(body.Remaining);
        return true;
    }

    /// <summary>Writes a BYE for one source, without a reason (RFC 3550 section 6.6).</summary>
    public bool TryWriteGoodbye(Ssrc ssrc)
    {
        if (!TryBegin(RtcpPacketType.Goodbye, 1, 4, out var body))
        {
            return false;
        }

        body.WriteUInt32(ssrc.Value);
        return true;
    }

    /// <summary>
    /// Writes an XR with a receiver reference time block where one is given, and a DLRR block where there are sub-blocks (RFC 3611
    /// sections 4.4 and 4.5).
    /// </summary>
    public bool TryWriteExtendedReport(Ssrc senderSsrc, ReceiverReferenceTime? referenceTime, scoped ReadOnlySpan<DlrrReport> reports = default)
    {
        const int blockHeader = ExtendedReportBlock.HeaderLength;
        var bodyLength = 4
            + (referenceTime.HasValue ? blockHeader + ExtendedReportBlock.ReferenceTimeLength : 0)
            + (reports.IsEmpty ? 0 : blockHeader + reports.Length * ExtendedReportBlock.DlrrLength);
        if (!TryBegin(RtcpPacketType.ExtendedReport, 0, bodyLength, out var body))
        {
            return false;
        }

        body.WriteUInt32(senderSsrc.Value);
        if (referenceTime is { } time)
        {
            WriteBlockHeader(ref body, ExtendedReportBlock.ReceiverReferenceTimeType, ExtendedReportBlock.ReferenceTimeLength);
            body.WriteUInt64(time.Ntp.Value);
        }

        if (!reports.IsEmpty)
        {
            WriteBlockHeader(ref body, ExtendedReportBlock.DlrrType, reports.Length * ExtendedReportBlock.DlrrLength);
            foreach (var report in reports)
            {
                body.WriteUInt32(report.Ssrc.Value);
                body.WriteUInt32(report.LastReceiverReport);
                body.WriteUInt32(report.DelaySinceLastReceiverReport);
            }
        }

        return true;
    }

    /// <summary>Writes a generic NACK (RFC 4585 section 6.2.1).</summary>
    public bool TryWriteNack(Ssrc senderSsrc, Ssrc mediaSsrc, scoped ReadOnlySpan<NackItem> items)
    {
        if (!TryBeginFeedback(
            RtcpPacketType.TransportLayerFeedback,
            RtcpFeedbackFormat.GenericNack,
            senderSsrc,
            mediaSsrc,
            items.Length * GenericNack.ItemLength,
            out var information))
        {
            return false;
        }

        foreach (var item in items)
        {
            information.WriteUInt16(item.PacketId.Value);
            information.WriteUInt16(item.Bitmask);
        }

        return true;
    }

    /// <summary>Writes a PLI (RFC 4585 section 6.3.1).</summary>
    public bool TryWritePli(Ssrc senderSsrc, Ssrc mediaSsrc) =>
        TryBeginFeedback(
            RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.PictureLossIndication, senderSsrc, mediaSsrc, 0, out _);

    /// <summary>Writes a FIR for one stream (RFC 5104 section 4.3.1); the media source field of the header stays 0.</summary>
    public bool TryWriteFir(Ssrc senderSsrc, Ssrc mediaSsrc, byte requestNumber)
    {
        if (!TryBeginFeedback(
            RtcpPacketType.PayloadSpecificFeedback,
            RtcpFeedbackFormat.FullIntraRequest,
            senderSsrc,
            new Ssrc(0),
            FullIntraRequest.ItemLength,
            out var information))
        {
            return false;
        }

        information.WriteUInt32(mediaSsrc.Value);
        information.WriteByte(requestNumber);
        information.WriteZeros(3);
        return true;
    }

    /// <summary>
    /// Writes a REMB (draft-alvestrand-rmcat-remb-03 section 2.2) for up to 255 streams. The rate is rounded down to 18 significant bits.
    /// </summary>
    public bool TryWriteRemb(Ssrc senderSsrc, Bitrate bitrate, scoped ReadOnlySpan<Ssrc> sources)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bitrate.BitsPerSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sources.Length, byte.MaxValue);
        if (!TryBeginFeedback(
            RtcpPacketType.PayloadSpecificFeedback,
            RtcpFeedbackFormat.ApplicationLayer,
            senderSsrc,
            new Ssrc(0),
            ReceiverEstimatedMaximumBitrate.FixedLength + 4 * sources.Length,
            out var information))
        {
            return false;
        }

        var exponent = Math.Max(0, 46 - System.Numerics.BitOperations.LeadingZeroCount((ulong)bitrate.BitsPerSecond));
        information.WriteUInt32(ReceiverEstimatedMaximumBitrate.Identifier);
        information.WriteByte((byte)sources.Length);
        information.WriteUInt24(((uint)exponent << 18) | (uint)(bitrate.BitsPerSecond >> exponent));
        foreach (var source in sources)
        {
            information.WriteUInt32(source.Value);
        }

        return true;
    }

    /// <summary>Appends a packet that is written already, such as transport-wide feedback.</summary>
    public bool TryWriteRaw(scoped ReadOnlySpan<byte> packet)
    {
        if (packet.Length > Remaining)
        {
            return false;
        }

        packet.CopyTo(_destination[Length..]);
        Length += packet.Length;
        return true;
    }

    /// <summary>Drops everything that was written.</summary>
    public void Clear() => Length = 0;

    private static void WriteBlocks(ref ByteWriter body, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        foreach (ref readonly var block in blocks)
        {
            // The field has 24 bits with sign; a count beyond them is held at the border (RFC 3550 appendix A.3).
            var lost = Math.Clamp(block.CumulativeLost, -0x80_0000, 0x7f_ffff);
            body.WriteUInt32(block.Ssrc.Value);
            body.WriteByte(block.FractionLost);
            body.WriteUInt24((uint)lost);
            body.WriteUInt32(block.ExtendedHighestSequenceNumber);
            body.WriteUInt32(block.Jitter);
            body.WriteUInt32(block.LastSenderReport);
            body.WriteUInt32(block.DelaySinceLastSenderReport);
        }
    }

    private static void WriteBlockHeader(ref ByteWriter body, byte type, int contentLength)
    {
        body.WriteByte(type);
        body.WriteByte(0);
        body.WriteUInt16((ushort)(contentLength / 4));
    }

    private bool TryBeginFeedback(
        RtcpPacketType type, byte format, Ssrc senderSsrc, Ssrc mediaSsrc, int informationLength, out ByteWriter information)
    {
        if (!TryBegin(type, format, 8 + informationLength, out information))
        {
            return false;
        }

        information.WriteUInt32(senderSsrc.Value);
        information.WriteUInt32(mediaSsrc.Value);
        return true;
    }

    private bool TryBegin(RtcpPacketType type, int count, int bodyLength, out ByteWriter body)
    {
        body = default;
        if (RtcpPacket.HeaderLength + bodyLength > Remaining)
        {
            return false;
        }

        var header = _destination[Length..];
        header[0] = (byte)(0x80 | count);
        header[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)(bodyLength / 4));
        body = new ByteWriter(header.Slice(RtcpPacket.HeaderLength, bodyLength));
        Length += RtcpPacket.HeaderLength + bodyLength;
        return true;
    }
}
