using System.Runtime.CompilerServices;
using Bisque.Engine.Packets;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Streams;

/// <summary>
/// One RTP stream as sent to a consuming endpoint: counters, answers to NACKs, sender reports, score. The RTX stream that belongs to it
/// is part of it (RFC 4588).
/// </summary>
internal sealed class RtpStreamSend
{
    /// <summary>
    /// A stream that sent nothing for so long has nothing to report: extrapolated timestamps would drift from the source's.
    /// </summary>
    public static readonly TimeSpan MaxSenderReportIdle = TimeSpan.FromMilliseconds(2000);

    private readonly RtpDataCounter _transmission = new(leavePaddingOut: true);
    private readonly RetransmissionRecords? _records;
    private readonly SendScore _score;
    private SequenceNumber _rtxSequenceNumber;
    private SentPacket? _newest;
    private MonotonicTime _newestSentAt;
    private MonotonicTime _lastSentAt;
    private ulong _payloadBytes;
    private ulong _retransmitted;
    private ulong _repaired;
    private ulong _nackCount;
    private ulong _nackPacketCount;
    private ulong _pliCount;
    private ulong _firCount;
    private int _packetsLost;
    private uint _jitter;
    private NtpTime? _receiverReferenceTime;
    private MonotonicTime _receiverReferenceTimeAt;

    /// <summary>Makes a stream that has sent nothing.</summary>
    /// <param name="options">What was negotiated.</param>
    /// <param name="firstRtxSequenceNumber">Where the RTX stream's own numbering starts: should be random (RFC 3550 section 5.1).</param>
    /// <param name="now">The current time.</param>
    public RtpStreamSend(RtpStreamSendOptions options, SequenceNumber firstRtxSequenceNumber, MonotonicTime now)
    {
        Options = options;
        _rtxSequenceNumber = firstRtxSequenceNumber;
        _score = new SendScore(now);
        _records = options.UseNack ? new RetransmissionRecords(options.IsVideo, options.ClockRate) : null;
    }

    /// <summary>What was negotiated.</summary>
    public RtpStreamSendOptions Options { get; }

    /// <summary>The source.</summary>
    public Ssrc Ssrc => Options.Ssrc;

    /// <summary>0 to 10.</summary>
    public byte Score => _score.Score;

    /// <summary>When the score last rose from 0, or the stream's creation.</summary>
    public MonotonicTime ActiveSince => _score.ActiveSince;

    /// <summary>Share lost by the last receiver report, in 1/256.</summary>
    public byte FractionLost { get; private set; }

    /// <summary>Round-trip time by receiver reports, null while unknown.</summary>
    public TimeSpan? RoundTripTime { get; private set; }

    /// <summary>Takes note of a media packet that is sent for the first time.</summary>
    public void OnPacketSent(in SentPacket packet, MonotonicTime now)
    {
        _transmission.Update(packet.Size, packet.PayloadLength == 0 && packet.PaddingLength > 0, now);
        _payloadBytes += (ulong)packet.PayloadLength;
        _lastSentAt = now;
        if (_newest is not { } newest || packet.SequenceNumber.IsNewerThan(newest.SequenceNumber))
        {
            _newest = packet;
            _newestSentAt = now;
        }

        if (_records is not null && packet.Store is { } store)
        {
            _records.Add(packet.SequenceNumber, new RetransmissionRecord
            {
                Store = store,
                PayloadState = packet.PayloadState,
                Timestamp = packet.Timestamp,
                OriginalTimestamp = packet.OriginalTimestamp,
                OriginalSequenceNumber = packet.OriginalSequenceNumber,
                PayloadType = packet.PayloadType ?? Options.PayloadType,
                Marker = packet.Marker,
            });
        }
    }

    /// <summary>Counts a NACK message; its items follow through <see cref="AnswerNack"/>.</summary>
    public void OnNack() => _nackCount++;

    /// <summary>Counts a picture loss indication.</summary>
    public void OnPli() => _pliCount++;

    /// <summary>Counts a full intra request.</summary>
    public void OnFir() => _firCount++;

    /// <summary>
    /// Says what to send again for one item of a NACK, and takes it as sent. Left out is what is no longer kept and what was sent again
    /// within the last round trip: that one is still on its way.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <param name="now">The current time.</param>
    /// <param name="retransmissions">Receives what to send; must have room for 17.</param>
    /// <returns>How many.</returns>
    public int AnswerNack(NackItem item, MonotonicTime now, Span<Retransmission> retransmissions)
    {
        Span<SequenceNumber> lost = stackalloc SequenceNumber[NackPacker.MaxPerItem];
        lost = lost[..NackPacker.Unpack(item, lost)];
        _nackPacketCount += (ulong)lost.Length;
        if (_records is null)
        {
            return 0;
        }

        var count = 0;
        foreach (var sequenceNumber in lost)
        {
            if (TryResend(sequenceNumber, now, out retransmissions[count]))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>
    /// Says how to send a packet once more although nobody asked: neither the score nor an answer to a NACK takes note of it. False when it is
    /// not kept.
    /// </summary>
    /// <param name="sequenceNumber">The number under which it was sent.</param>
    /// <param name="repetition">What to send.</param>
    public bool TryRepeat(SequenceNumber sequenceNumber, out Retransmission repetition)
    {
        repetition = default;
        if (_records is null)
        {
            return false;
        }

        ref var record = ref _records.Find(sequenceNumber);
        if (Unsafe.IsNullRef(ref record) || record.Store.Find(record.OriginalSequenceNumber) is not { } packet)
        {
            return false;
        }

        repetition = Again(record, packet, sequenceNumber);
        return true;
    }

    /// <summary>Takes what the receiver says of this stream; returns whether the score changed.</summary>
    public bool OnReceiverReport(in ReportBlock report, MonotonicTime now, NtpClock clock)
    {
        if (CompactTime.RoundTrip(clock.ToNtp(now), report.LastSenderReport, report.DelaySinceLastSenderReport) is { } roundTrip)
        {
            RoundTripTime = roundTrip;
        }

        _packetsLost = report.CumulativeLost;
        FractionLost = report.FractionLost;
        _jitter = report.Jitter;
        return _score.Measure(_transmission.PacketCount, Math.Max(report.CumulativeLost, 0), _repaired, _retransmitted, now);
    }

    /// <summary>
    /// Sets the score to its best and forgets earlier measurements, as when another layer is sent from now on. Returns whether it
    /// changed.
    /// </summary>
    public bool ResetScore(MonotonicTime now) => _score.Set(ScoreHistory.Best, now);

    /// <summary>Takes a receiver's reference time, to be answered by <see cref="TryBuildDlrr"/> (RFC 3611 section 4.4).</summary>
    public void OnReceiverReferenceTime(NtpTime reference, MonotonicTime now)
    {
        _receiverReferenceTime = reference;
        _receiverReferenceTimeAt = now;
    }

    /// <summary>The answer to the last receiver reference time; false when there was none.</summary>
    /// <param name="receiver">The source that sent the reference time.</param>
    /// <param name="now">The current time.</param>
    /// <param name="report">The answer.</param>
    public bool TryBuildDlrr(Ssrc receiver, MonotonicTime now, out DlrrReport report)
    {
        report = _receiverReferenceTime is { } reference
            ? new DlrrReport(receiver, reference.Compact, CompactTime.From(now - _receiverReferenceTimeAt))
            : default;
        return _receiverReferenceTime is not null;
    }

    /// <summary>
    /// The sender report. Its RTP timestamp is that of a frame captured now: extrapolated from the newest packet's capture instant, so
    /// that receivers can align streams (RFC 3550 section 6.4.1). False when nothing was sent, or nothing lately.
    /// </summary>
    public bool TryBuildSenderReport(MonotonicTime now, NtpClock clock, out SenderInfo report)
    {
        report = default;
        if (_newest is not { } newest || now - _lastSentAt > MaxSenderReportIdle)
        {
            return false;
        }

        var elapsed = now - (newest.CapturedAt ?? _newestSentAt);
        var units = (long)((Int128)elapsed.Ticks * Options.ClockRate / TimeSpan.TicksPerSecond);
        report = new SenderInfo(
            Ssrc,
            clock.ToNtp(now),
            newest.Timestamp.Plus(units),
            (uint)_transmission.PacketCount,
            (uint)_payloadBytes);
        return true;
    }

    /// <summary>Forgets what was sent, as when the consumer pauses: nothing of it will be asked for in time.</summary>
    public void ClearRetransmissions() => _records?.Clear();

    /// <summary>Bits per second sent, without retransmissions.</summary>
    public ulong GetBitrate(MonotonicTime now) => _transmission.GetBitrate(now);

    /// <summary>The counters.</summary>
    public RtpStreamStatistics GetStatistics(MonotonicTime now) => new()
    {
        Timestamp = now,
        PacketsLost = _packetsLost,
        FractionLost = FractionLost,
        Jitter = _jitter,
        PacketsRetransmitted = _retransmitted,
        PacketsRepaired = _repaired,
        NackCount = _nackCount,
        NackPacketCount = _nackPacketCount,
        PliCount = _pliCount,
        FirCount = _firCount,
        RoundTripTime = RoundTripTime,
        Score = Score,
        PacketCount = _transmission.PacketCount,
        ByteCount = _transmission.ByteCount,
        Bitrate = _transmission.GetBitrate(now),
    };

    private bool TryResend(SequenceNumber sequenceNumber, MonotonicTime now, out Retransmission retransmission)
    {
        retransmission = default;
        ref var record = ref _records!.Find(sequenceNumber);
        if (Unsafe.IsNullRef(ref record)
            || record.ResentCount == RetransmissionLimits.MaxResends
            || (record.ResentCount > 0 && now - record.ResentAt < (RoundTripTime ?? RetransmissionLimits.DefaultRoundTripTime))
            || record.Store.Find(record.OriginalSequenceNumber) is not { } packet
            || packet.Info.Timestamp != record.OriginalTimestamp)
        {
            return false;
        }

        _retransmitted++;
        if (record.ResentCount == 0)
        {
            _repaired++;
        }

        record.ResentAt = now;
        record.ResentCount++;

        retransmission = Again(record, packet, sequenceNumber);
        return true;
    }

    private Retransmission Again(in RetransmissionRecord record, MediaPacket packet, SequenceNumber sequenceNumber)
    {
        // An RTX payload type repairs one media payload type (RFC 4588 section 8.1); a packet of another goes out as it was.
        var isRtx = Options.RtxSsrc is not null && Options.RtxPayloadType is not null && record.PayloadType == Options.PayloadType;
        var again = new Retransmission
        {
            Packet = packet,
            IsRtx = isRtx,
            Ssrc = isRtx ? Options.RtxSsrc!.Value : Options.Ssrc,
            PayloadType = isRtx ? Options.RtxPayloadType!.Value : record.PayloadType,
            SequenceNumber = isRtx ? _rtxSequenceNumber : sequenceNumber,
            OriginalSequenceNumber = sequenceNumber,
            Timestamp = record.Timestamp,
            Marker = record.Marker,
            PayloadState = record.PayloadState,
        };
        _rtxSequenceNumber = isRtx ? _rtxSequenceNumber.Next : _rtxSequenceNumber;
        return again;
    }
}
