using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Streams;

/// <summary>Computes the loss figures of receiver reports for one source (RFC 3550 section 6.4.1 and appendix A.3).</summary>
internal sealed class ReceptionReporter(Ssrc ssrc)
{
    private const int MaxCumulativeLost = 0x7F_FFFF;
    private const int MinCumulativeLost = -0x80_0000;

    private uint _received;
    private uint _expectedBefore;
    private uint _receivedBefore;
    private uint _lastSenderReport;
    private MonotonicTime _lastSenderReportAt;

    /// <summary>Packets lost since the beginning, as told by the last report.</summary>
    public int PacketsLost { get; private set; }

    /// <summary>Share lost between the last two reports, in 1/256.</summary>
    public byte FractionLost { get; private set; }

    /// <summary>Counts a received packet.</summary>
    public void OnPacket() => _received++;

    /// <summary>Takes note of a sender report, which the next receiver reports refer to.</summary>
    public void OnSenderReport(NtpTime ntp, MonotonicTime now)
    {
        _lastSenderReport = ntp.Compact;
        _lastSenderReportAt = now;
    }

    /// <summary>Starts counting anew, as when the sender restarted its numbering.</summary>
    public void Reset()
    {
        _received = 0;
        _expectedBefore = 0;
        _receivedBefore = 0;
    }

    /// <summary>Ends the current interval and says what was lost in it.</summary>
    /// <param name="sequence">The source's sequence numbers.</param>
    /// <param name="jitter">Interarrival jitter in clock-rate units.</param>
    /// <param name="worstRemoteFractionLost">
    /// A loss that the sender should prepare for even though it did not happen on this leg: told instead of our own when larger.
    /// </param>
    /// <param name="now">The current time.</param>
    public ReportBlock Build(SequenceTracker sequence, uint jitter, byte worstRemoteFractionLost, MonotonicTime now)
    {
        var expected = sequence.ExpectedPackets;
        var expectedNow = expected - _expectedBefore;
        var receivedNow = _received - _receivedBefore;
        _expectedBefore = expected;
        _receivedBefore = _received;

        var lostNow = (long)expectedNow - receivedNow;
        FractionLost = expectedNow == 0 || lostNow <= 0 ? (byte)0 : (byte)Math.Min(lostNow * 256 / expectedNow, byte.MaxValue);
        PacketsLost = (int)Math.Clamp((long)expected - _received, MinCumulativeLost, MaxCumulativeLost);

        return new ReportBlock(
            ssrc,
            Math.Max(FractionLost, worstRemoteFractionLost),
            PacketsLost,
            sequence.ExtendedHighest,
            jitter,
            _lastSenderReport,
            _lastSenderReport == 0 ? 0 : CompactTime.From(now - _lastSenderReportAt));
    }
}
