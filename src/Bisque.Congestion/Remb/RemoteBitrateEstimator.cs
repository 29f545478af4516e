using Bisque.Primitives;

namespace Bisque.Congestion.Remb;

/// <summary>
/// Estimates on the receiving side what the path carries, out of send times (abs-send-time) and arrivals (draft-ietf-rmcat-gcc-02
/// section 5), for REMB (draft-alvestrand-rmcat-remb-03). The estimate is reported each second, and at once when it falls.
/// </summary>
internal sealed class RemoteBitrateEstimator
{
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>How often the estimate moves while nothing happens on the path.</summary>
    private static readonly TimeSpan UpdateInterval = TimeSpan.FromMilliseconds(50);

    private readonly InterArrival _interArrival = new();
    private readonly TrendlineFilter _trendline = new();
    private readonly OveruseDetector _detector = new();
    private readonly IncomingRate _incoming = new();
    private readonly RateController _controller = new();
    private readonly ActiveStreams _streams = new();
    private AbsSendTimeUnwrapper _unwrapper;
    private MonotonicTime? _firstPacket;
    private MonotonicTime _nextUpdate;
    private MonotonicTime _nextReport;

    /// <summary>The estimate, zero until there is one.</summary>
    public Bitrate Estimate => _controller.Estimate ?? Bitrate.Zero;

    /// <summary>The streams that the estimate is about.</summary>
    public ReadOnlySpan<Ssrc> Streams => _streams.Ssrcs;

    /// <summary>When the next report is due while streams are active.</summary>
    public MonotonicTime NextDeadline => _firstPacket is null ? MonotonicTime.Never : _nextReport;

    /// <summary>Takes a packet; returns whether the estimate is to be reported now.</summary>
    public bool OnPacket(MonotonicTime now, Ssrc ssrc, uint absSendTime, int bytes)
    {
        if (_firstPacket is null)
        {
            _firstPacket = now;
            _nextUpdate = now;
            _nextReport = now + ReportInterval;
        }

        _streams.Add(ssrc, now);
        _incoming.Add(bytes, now);
        var usage = _detector.Usage;
        var sendTime = _unwrapper.UnwrapMicroseconds(absSendTime);
        if (_interArrival.TryAdd(sendTime, now.Microseconds, out var sendDelta, out var arrivalDelta))
        {
            var arrival = (now - _firstPacket.Value).TotalMilliseconds;
            _trendline.Add(sendDelta / 1000.0, arrivalDelta / 1000.0, arrival);
            usage = _detector.Update(_trendline.Slope, _trendline.Count, sendDelta / 1000.0, arrival);
        }
        else if (_interArrival.WasReset)
        {
            _trendline.Reset();
            _detector.Reset();
            usage = BandwidthUsage.Normal;
        }

        return usage == BandwidthUsage.Overusing || now >= _nextUpdate ? Update(usage, now) : false;
    }

    /// <summary>Returns whether the estimate is to be reported now. Forgets the path once all streams have ended.</summary>
    public bool OnDeadline(MonotonicTime now)
    {
        if (now < NextDeadline)
        {
            return false;
        }

        _streams.Expire(now);
        if (_streams.Ssrcs.IsEmpty)
        {
            Reset();
            return false;
        }

        _nextReport = now + ReportInterval;
        return _controller.Estimate is not null;
    }

    /// <summary>Forgets all packets and the estimate.</summary>
    public void Reset()
    {
        _interArrival.Reset();
        _trendline.Reset();
        _detector.Reset();
        _incoming.Reset();
        _controller.Reset();
        _streams.Clear();
        _unwrapper = default;
        _firstPacket = null;
    }

    private bool Update(BandwidthUsage usage, MonotonicTime now)
    {
        _nextUpdate = now + UpdateInterval;
        if (_incoming.At(now) is not { } incoming)
        {
            return false;
        }

        var isFirst = _controller.Estimate is null;
        var wasLowered = _controller.Update(usage, incoming, now);
        if (!wasLowered && !isFirst && now < _nextReport)
        {
            return false;
        }

        _nextReport = now + ReportInterval;
        return true;
    }
}
