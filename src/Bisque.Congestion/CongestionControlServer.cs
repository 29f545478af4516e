using Bisque.Congestion.Remb;
using Bisque.Congestion.TransportWide;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Congestion;

/// <summary>
/// The receiving side of congestion control on one transport: transport-wide feedback or REMB, and the limit on what may come in.
/// Packets are told to it once they are authentic.
/// </summary>
public sealed class CongestionControlServer
{
    /// <summary>REMB carries no sender of its own here, and one transport-wide estimate for all streams.</summary>
    private static readonly Ssrc NoSsrc = new(0);

    private readonly ICongestionControlServerEvents _events;
    private readonly TransportFeedbackGenerator? _feedback;
    private readonly RemoteBitrateEstimator? _estimator;
    private readonly IncomingBitrateLimiter _limiter = new();
    private readonly byte[] _remb;
    private bool _isStarted;

    /// <summary>A server that reports nothing by itself until <see cref="Start"/>.</summary>
    public CongestionControlServer(CongestionControlServerOptions options, ICongestionControlServerEvents events)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumRtcpPacketLength, CongestionControlServerOptions.SmallestRtcpPacket);
        Mode = options.Mode;
        _events = events;
        _remb = new byte[options.MaximumRtcpPacketLength];
        if (Mode == CongestionControlMode.TransportCc)
        {
            _feedback = new TransportFeedbackGenerator(options.MaximumRtcpPacketLength, events);
        }
        else
        {
            _estimator = new RemoteBitrateEstimator();
        }
    }

    /// <summary>Which side estimates.</summary>
    public CongestionControlMode Mode { get; }

    /// <summary>What the path is estimated to carry, not limited by the maximum; zero without an estimate and in transport-cc mode.</summary>
    public Bitrate AvailableIncomingBitrate => _estimator?.Estimate ?? Bitrate.Zero;

    /// <summary>Share of packets reported missing in the latest 24 transport feedback packets, 0 to 1, newer ones weighing more.</summary>
    public double PacketLoss => _feedback?.PacketLoss ?? 0;

    /// <summary>When <see cref="OnDeadline"/> is due.</summary>
    public MonotonicTime NextDeadline =>
        _feedback is not null ? _feedback.NextDeadline
        : _isStarted ? _estimator!.NextDeadline
        : MonotonicTime.Never;

    /// <summary>The transport is connected: reports go out from now on.</summary>
    public void Start(MonotonicTime now)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _feedback?.Start(now);
        }
    }

    /// <summary>The transport is no longer connected. A later <see cref="Start"/> goes on; what REMB knew of the path is forgotten.</summary>
    public void Stop()
    {
        _isStarted = false;
        _feedback?.Stop();
        _estimator?.Reset();
    }

    /// <summary>An RTP packet arrived.</summary>
    /// <param name="now">When the network layer received it.</param>
    /// <param name="ssrc">Its stream.</param>
    /// <param name="wideSequenceNumber">Its transport-wide sequence number, if it has one. Counts in transport-cc mode.</param>
    /// <param name="absSendTime24">Its abs-send-time, if it has one: the 24 bits as they are. Counts in REMB mode.</param>
    /// <param name="sizeBytes">Bytes of the packet.</param>
    public void OnRtpPacket(MonotonicTime now, Ssrc ssrc, ushort? wideSequenceNumber, uint? absSendTime24, int sizeBytes)
    {
        if (_feedback is not null)
        {
            if (wideSequenceNumber is { } number
                && _feedback.OnPacket(ssrc, new SequenceNumber(number), now)
                && _limiter.TakeReport(now))
            {
                SendRemb(_limiter.Maximum, []);
            }
        }
        else if (absSendTime24 is { } sendTime && _estimator!.OnPacket(now, ssrc, sendTime, sizeBytes) && _isStarted)
        {
            SendEstimate();
        }
    }

    /// <summary>Sets what may come in, zero for no limit. Takes effect with the next report; a removal is reported at once.</summary>
    public void SetMaxIncomingBitrate(Bitrate maximum, MonotonicTime now)
    {
        if (_limiter.Set(maximum, now))
        {
            SendRemb(Bitrate.Zero, []);
        }
    }

    /// <summary>Sends the reports that are due.</summary>
    public void OnDeadline(MonotonicTime now)
    {
        if (!_isStarted)
        {
            return;
        }

        _feedback?.OnDeadline(now);
        if (_estimator is not null && _estimator.OnDeadline(now))
        {
            SendEstimate();
        }
    }

    private void SendEstimate()
    {
        var estimate = _estimator!.Estimate;
        var maximum = _limiter.Maximum;
        SendRemb(maximum > Bitrate.Zero && estimate > maximum ? maximum : estimate, _estimator.Streams);
    }

    private void SendRemb(Bitrate bitrate, ReadOnlySpan<Ssrc> streams)
    {
        // Fixed part of a REMB: header, two SSRCs, identifier, count and rate. With a small limit not all streams can be named.
        const int FixedLength = 20;
        var room = (_remb.Length - FixedLength) / 4;
        var writer = new RtcpWriter(_remb);
        if (writer.TryWriteRemb(NoSsrc, bitrate, streams[..Math.Min(streams.Length, room)]))
        {
            _events.SendRtcp(writer.Written);
        }
    }
}
