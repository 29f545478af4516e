using System.Runtime.InteropServices;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Transports;

/// <summary>
/// Collects reports and writes them as one compound packet: SRs, RRs, SDES with the CNAME of every SR, then XR (RFC 3550 section
/// 6.1, RFC 3611). It never grows past <see cref="MaximumLength"/>: an addition that does not fit is refused.
/// </summary>
internal sealed class RtcpCompoundBuilder
{
    /// <summary>An Ethernet frame less the largest IP and UDP headers, and room for SRTCP and what wraps it (RFC 3550 section 6.1).</summary>
    public const int MaximumLength = 1292;

    private const int SenderReportLength = 28;
    private const int ReportBlockLength = 24;
    private const int BlocksPerReceiverReport = 31;
    private const int ReceiverReportHeader = 8;
    private const int SdesHeader = 4;
    private const int SdesChunkOverhead = 4 + 2 + 4;
    private const int ExtendedReportHeader = 8;
    private const int ReceiverReferenceTimeLength = 12;
    private const int DlrrHeader = 4;
    private const int DlrrReportLength = 12;

    /// <summary>Whatever reports on receiving speaks for the whole endpoint, which has no SSRC of its own.</summary>
    private static readonly Ssrc OwnSsrc = new(0);

    private readonly List<(SenderInfo Info, byte[] Cname)> _senders = [];
    private readonly List<ReportBlock> _blocks = [];
    private readonly List<DlrrReport> _dlrr = [];
    private bool _referenceTime;

    /// <summary>Adds a sent stream: its SR, its CNAME in UTF-8, and the answer to the receiver's reference time when there is one.</summary>
    public bool TryAddSender(in SenderInfo info, byte[] cname, DlrrReport? dlrr)
    {
        var added = SenderReportLength + SdesChunkOverhead + cname.Length + (dlrr is null ? 0 : DlrrReportLength);
        if (Length + added > MaximumLength)
        {
            return false;
        }

        _senders.Add((info, cname));
        if (dlrr is { } report)
        {
            _dlrr.Add(report);
        }

        return true;
    }

    /// <summary>Adds a received stream, and that we tell the time so that its sender can answer.</summary>
    public bool TryAddReceiver(in ReportBlock block)
    {
        var added = ReportBlockLength + (_referenceTime ? 0 : ReceiverReferenceTimeLength);
        if (Length + added > MaximumLength)
        {
            return false;
        }

        _blocks.Add(block);
        _referenceTime = true;
        return true;
    }

    /// <summary>Writes and forgets what was collected; returns the length, 0 when there was no report.</summary>
    public int Write(Span<byte> destination, NtpTime now)
    {
        if (_senders.Count == 0 && _blocks.Count == 0)
        {
            return 0;
        }

        var writer = new RtcpWriter(destination);
        foreach (var (info, _) in _senders)
        {
            writer.TryWriteSenderReport(info, []);
        }

        var blocks = CollectionsMarshal.AsSpan(_blocks);
        for (; blocks.Length > 0; blocks = blocks[Math.Min(BlocksPerReceiverReport, blocks.Length)..])
        {
            writer.TryWriteReceiverReport(OwnSsrc, blocks[..Math.Min(BlocksPerReceiverReport, blocks.Length)]);
        }

        foreach (var (info, cname) in _senders)
        {
            writer.TryWriteCname(info.Ssrc, cname);
        }

        if (_referenceTime || _dlrr.Count > 0)
        {
            writer.TryWriteExtendedReport(
                _senders.Count > 0 ? _senders[0].Info.Ssrc : OwnSsrc,
                _referenceTime ? new ReceiverReferenceTime(now) : null,
                CollectionsMarshal.AsSpan(_dlrr));
        }

        _senders.Clear();
        _blocks.Clear();
        _dlrr.Clear();
        _referenceTime = false;
        return writer.Length;
    }

    /// <summary>An upper bound of what <see cref="Write"/> would need now.</summary>
    private int Length
    {
        get
        {
            var length = 0;
            foreach (var (_, cname) in _senders)
            {
                length += SenderReportLength + SdesHeader + SdesChunkOverhead + cname.Length;
            }

            length += _blocks.Count * ReportBlockLength + (_blocks.Count + BlocksPerReceiverReport) / BlocksPerReceiverReport * ReceiverReportHeader;
            length += ExtendedReportHeader + (_referenceTime ? ReceiverReferenceTimeLength : 0);
            return length + ExtendedReportHeader + DlrrHeader + _dlrr.Count * DlrrReportLength;
        }
    }
}
