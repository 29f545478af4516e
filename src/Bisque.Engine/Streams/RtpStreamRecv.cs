using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Streams;

/// <summary>
/// One RTP stream as received from a producing endpoint: sequence numbers, losses and their repair, jitter, reports, score. The RTX
/// stream that belongs to it is part of it (RFC 4588).
/// </summary>
internal sealed class RtpStreamRecv
{
    /// <summary>Silence after which a stream counts as inactive.</summary>
    public static readonly TimeSpan InactivityTimeout = TimeSpan.FromMilliseconds(1500);

    /// <summary>The same with discontinuous transmission, where silence is normal.</summary>
    public static readonly TimeSpan DtxInactivityTimeout = TimeSpan.FromMilliseconds(5000);

    /// <summary>How often the layers of a layered stream are checked for life.</summary>
    public static readonly TimeSpan LayerActivityInterval = TimeSpan.FromMilliseconds(1500);

    private readonly IRtpStreamRecvEvents _events;
    private readonly SequenceTracker _sequence = new();
    private readonly JitterEstimator _jitter;
    private readonly ReceptionReporter _reception;
    private readonly TransmissionCounter _transmission;
    private readonly ReceiveScore _score;
    private readonly NackRequester? _nack;
    private readonly bool[] _layerActivity;
    private bool _hasCheckedLayers;
    private RtxStreamRecv? _rtx;
    private ulong _received;
    private ulong _discarded;
    private ulong _retransmitted;
    private ulong _repaired;
    private ulong _pliCount;
    private ulong _firCount;
    private byte _firSequenceNumber;
    private MonotonicTime _inactivityDeadline = MonotonicTime.Never;
    private MonotonicTime _layerDeadline = MonotonicTime.Never;

    /// <summary>Makes a stream that has received nothing.</summary>
    public RtpStreamRecv(RtpStreamRecvOptions options, IRtpStreamRecvEvents events, MonotonicTime now)
    {
        Options = options;
        _events = events;
        _jitter = new JitterEstimator(options.ClockRate);
        _reception = new ReceptionReporter(options.Ssrc);
        _transmission = new TransmissionCounter(
            options.SpatialLayers,
            options.TemporalLayers,
            options.UseDtx ? TransmissionCounter.DtxWindowMilliseconds : TransmissionCounter.DefaultWindowMilliseconds);
        _score = new ReceiveScore(now);
        _nack = options.UseNack ? new NackRequester() : null;
        _layerActivity = new bool[options.SpatialLayers];
        Timeline = new CaptureTimeline(options.ClockRate);
        if (options.RtxSsrc is { } rtxSsrc)
        {
            _rtx = new RtxStreamRecv(rtxSsrc);
        }

        StartTimers(now);
    }

    /// <summary>What was negotiated.</summary>
    public RtpStreamRecvOptions Options { get; }

    /// <summary>The source.</summary>
    public Ssrc Ssrc => Options.Ssrc;

    /// <summary>Source of the retransmissions, once it is known.</summary>
    public Ssrc? RtxSsrc => _rtx?.Ssrc;

    /// <summary>0 to 10.</summary>
    public byte Score => _score.Score;

    /// <summary>When the score last rose from 0, or the stream's creation.</summary>
    public MonotonicTime ActiveSince => _score.ActiveSince;

    /// <summary>Whether the stream fell silent although it should not.</summary>
    public bool IsInactive { get; private set; }

    /// <summary>Whether its producer is paused.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Share lost by the last report, in 1/256.</summary>
    public byte FractionLost => _reception.FractionLost;

    /// <summary>Round-trip time by XR DLRR, null while unknown.</summary>
    public TimeSpan? RoundTripTime { get; private set; }

    /// <summary>The last sender report, null when there was none.</summary>
    public SenderInfo? LastSenderReport { get; private set; }

    /// <summary>Which of the sender's clock readings belong to which RTP timestamps.</summary>
    public CaptureTimeline Timeline { get; }

    /// <summary>When <see cref="OnDeadline"/> is to be called.</summary>
    public MonotonicTime NextDeadline =>
        MonotonicTime.Min(_nack?.NextDeadline ?? MonotonicTime.Never, MonotonicTime.Min(_inactivityDeadline, _layerDeadline));

    /// <summary>Learns the source of the retransmissions; only the first one counts. Returns whether it was taken.</summary>
    public bool TryLearnRtxSsrc(Ssrc rtxSsrc)
    {
        if (_rtx is not null)
        {
            return false;
        }

        _rtx = new RtxStreamRecv(rtxSsrc);
        return true;
    }

    /// <summary>Takes a media packet. False for what must not go further: duplicates and numbers out of range.</summary>
    public bool ReceivePacket(in RtpPacketInfo packet, MonotonicTime now)
    {
        switch (_sequence.OnPacket(packet.SequenceNumber))
        {
            case SequenceArrival.OutOfRange or SequenceArrival.Duplicate:
                _discarded++;
                return false;
            case SequenceArrival.Resynchronized:
                StartOver();
                break;
        }

        _received++;
        _reception.OnPacket();
        _transmission.Update(packet, now);
        _jitter.OnPacket(packet.Timestamp, packet.ReceivedAt);
        if (_nack is not null && !IsPaused
            && _nack.OnPacket(packet, isRecovered: false, now) == NackArrival.Repaired && _rtx is null)
        {
            _retransmitted++;
            _repaired++;
        }

        NoteActivity(packet, now);
        AskForMissing(now);
        return true;
    }

    /// <summary>
    /// Takes a packet of the RTX stream (RFC 4588 section 4). True, with the original packet's fields, when that packet was still
    /// missing or is newer than everything so far.
    /// </summary>
    /// <param name="rtx">Fields of the RTX packet; layers and key frame as read behind the original sequence number.</param>
    /// <param name="original">The original sequence number; of no meaning when the payload is shorter than it.</param>
    /// <param name="now">The current time.</param>
    /// <param name="recovered">The original packet's fields.</param>
    public bool ReceiveRtxPacket(RtpPacketInfo rtx, SequenceNumber original, MonotonicTime now, out RtpPacketInfo recovered)
    {
        recovered = default;
        if (_rtx is null || !_rtx.ReceivePacket(rtx) || rtx.PayloadLength < RtxHeaderLength || !_sequence.HasStarted)
        {
            return false;
        }

        recovered = rtx with
        {
            Ssrc = Ssrc,
            PayloadType = Options.PayloadType,
            SequenceNumber = original,
            PayloadLength = rtx.PayloadLength - RtxHeaderLength,
            Size = rtx.Size - RtxHeaderLength,
        };
        var arrival = _sequence.OnRecoveredPacket(original);
        if (arrival is SequenceArrival.OutOfRange)
        {
            _discarded++;
            return false;
        }

        _retransmitted++;
        if (arrival is SequenceArrival.Duplicate)
        {
            return false;
        }

        if (arrival is SequenceArrival.Late)
        {
            _repaired++;
        }

        if (!IsPaused)
        {
            _nack?.OnPacket(recovered, isRecovered: true, now);
        }

        _transmission.Update(recovered, now);
        NoteActivity(recovered, now);
        AskForMissing(now);
        return true;
    }

    /// <summary>Takes a sender report for the media or the RTX source; false when it is for neither.</summary>
    public bool OnSenderReport(in SenderInfo report, MonotonicTime now)
    {
        if (report.Ssrc == _rtx?.Ssrc)
        {
            _rtx.OnSenderReport(report, now);
            return true;
        }

        if (report.Ssrc != Ssrc)
        {
            return false;
        }

        LastSenderReport = report;
        _reception.OnSenderReport(report.Ntp, now);
        Timeline.OnSenderReport(report.Ntp, report.RtpTimestamp, now);
        var previous = _score.Score;
        _score.Measure(_sequence.ExpectedPackets, _received, _repaired, _retransmitted, IsInactive, now);
        TellScore(previous);
        return true;
    }

    /// <summary>Takes the answer to a receiver reference time block of ours: measures the round trip (RFC 3611 section 4.5).</summary>
    public void OnDlrr(in DlrrReport report, MonotonicTime now, NtpClock clock)
    {
        if (CompactTime.RoundTrip(clock.ToNtp(now), report.LastReceiverReport, report.DelaySinceLastReceiverReport) is { } roundTrip)
        {
            RoundTripTime = roundTrip;
        }
    }

    /// <summary>The report block for the media source; ends the interval that its fraction lost is about.</summary>
    public ReportBlock BuildReport(MonotonicTime now, byte worstRemoteFractionLost = 0) =>
        _reception.Build(_sequence, _jitter.Jitter, worstRemoteFractionLost, now);

    /// <summary>The report block for the RTX source; false until something came from it.</summary>
    public bool TryBuildRtxReport(MonotonicTime now, out ReportBlock report)
    {
        report = default;
        return _rtx is not null && _rtx.TryBuildReport(now, out report);
    }

    /// <summary>
    /// Chooses and counts the message that asks for a key frame; <see cref="KeyFrameRequestKind.None"/> if none was negotiated.
    /// </summary>
    public KeyFrameRequest RequestKeyFrame()
    {
        if (Options.UsePli)
        {
            _pliCount++;
            return new KeyFrameRequest(KeyFrameRequestKind.Pli, Ssrc, 0);
        }

        if (Options.UseFir)
        {
            _firCount++;
            return new KeyFrameRequest(KeyFrameRequestKind.Fir, Ssrc, ++_firSequenceNumber);
        }

        return new KeyFrameRequest(KeyFrameRequestKind.None, Ssrc, 0);
    }

    /// <summary>The producer was paused: what is missing now is not asked for later, and silence means nothing.</summary>
    public void Pause()
    {
        IsPaused = true;
        _nack?.Reset();
        _jitter.Reset();
        _inactivityDeadline = MonotonicTime.Never;
        _layerDeadline = MonotonicTime.Never;
    }

    /// <summary>The producer goes on.</summary>
    public void Resume(MonotonicTime now)
    {
        IsPaused = false;
        StartTimers(now);
    }

    /// <summary>Does what is due.</summary>
    public void OnDeadline(MonotonicTime now)
    {
        AskForMissing(now);
        if (now >= _inactivityDeadline)
        {
            _inactivityDeadline = MonotonicTime.Never;
            IsInactive = true;
            SetScore(0, now);
        }

        if (now >= _layerDeadline)
        {
            _layerDeadline = now + LayerActivityInterval;
            CheckLayers(now);
        }
    }

    /// <summary>Bits per second of the whole stream.</summary>
    public ulong GetBitrate(MonotonicTime now) => _transmission.GetBitrate(now);

    /// <summary>Bits per second needed for a layer with all that it depends on, 0 when it is silent.</summary>
    public ulong GetBitrate(int spatialLayer, int temporalLayer, MonotonicTime now) =>
        _transmission.GetBitrate(spatialLayer, temporalLayer, now);

    /// <summary>Bits per second of a spatial layer alone.</summary>
    public ulong GetSpatialLayerBitrate(int spatialLayer, MonotonicTime now) => _transmission.GetSpatialLayerBitrate(spatialLayer, now);

    /// <summary>Whether a spatial layer was found silent when that was checked last, and still is.</summary>
    public bool IsLayerSilent(int spatialLayer, MonotonicTime now) =>
        _hasCheckedLayers && spatialLayer < _layerActivity.Length && !_layerActivity[spatialLayer] && GetSpatialLayerBitrate(spatialLayer, now) == 0;

    /// <summary>Bits per second of one layer alone.</summary>
    public ulong GetLayerBitrate(int spatialLayer, int temporalLayer, MonotonicTime now) =>
        _transmission.GetLayerBitrate(spatialLayer, temporalLayer, now);

    /// <summary>The counters.</summary>
    public RtpStreamStatistics GetStatistics(MonotonicTime now) => new()
    {
        Timestamp = now,
        PacketsLost = _reception.PacketsLost,
        FractionLost = _reception.FractionLost,
        Jitter = _jitter.Jitter,
        PacketsDiscarded = _discarded,
        PacketsRetransmitted = _retransmitted,
        PacketsRepaired = _repaired,
        NackCount = _nack?.NackCount ?? 0,
        NackPacketCount = _nack?.NackPacketCount ?? 0,
        PliCount = _pliCount,
        FirCount = _firCount,
        RtxPacketsDiscarded = _rtx?.PacketsDiscarded ?? 0,
        RoundTripTime = RoundTripTime,
        Score = Score,
        PacketCount = _transmission.PacketCount,
        ByteCount = _transmission.ByteCount,
        Bitrate = _transmission.GetBitrate(now),
    };

    private const int RtxHeaderLength = 2;

    private void StartOver()
    {
        _received = 0;
        _reception.Reset();
        _score.StartOver();
        _nack?.Reset();
        _events.Restarted(this);
    }

    private void StartTimers(MonotonicTime now)
    {
        if (Options.InactivityCheck && !IsInactive)
        {
            _inactivityDeadline = now + InactivityPeriod;
        }

        if (Options.SpatialLayers > 1)
        {
            _layerDeadline = now + LayerActivityInterval;
        }
    }

    private TimeSpan InactivityPeriod => Options.UseDtx ? DtxInactivityTimeout : InactivityTimeout;

    private void NoteActivity(in RtpPacketInfo packet, MonotonicTime now)
    {
        if (!Options.InactivityCheck || packet.PayloadLength == 0)
        {
            return;
        }

        if (!IsPaused)
        {
            _inactivityDeadline = now + InactivityPeriod;
        }

        if (IsInactive)
        {
            IsInactive = false;
            SetScore(ScoreHistory.Best, now);
        }
    }

    private void AskForMissing(MonotonicTime now)
    {
        if (_nack is null)
        {
            return;
        }

        for (var items = _nack.TakeDue(now, RoundTripTime); items.Length > 0; items = _nack.TakeDue(now, RoundTripTime))
        {
            _events.SendNack(this, items);
        }

        if (_nack.TakeKeyFrameNeed())
        {
            _events.KeyFrameNeeded(this);
        }
    }

    private void CheckLayers(MonotonicTime now)
    {
        _hasCheckedLayers = true;
        for (var layer = 0; layer < _layerActivity.Length; layer++)
        {
            var isActive = _transmission.GetSpatialLayerBitrate(layer, now) > 0;
            if (isActive != _layerActivity[layer])
            {
                _layerActivity[layer] = isActive;
                _events.SpatialLayerActivityChanged(this, layer, isActive);
            }
        }
    }

    private void SetScore(byte score, MonotonicTime now)
    {
        var previous = _score.Score;
        _score.Set(score, now);
        TellScore(previous);
    }

    private void TellScore(byte previous)
    {
        if (_score.Score != previous)
        {
            _events.ScoreChanged(this, _score.Score, previous);
        }
    }
}
