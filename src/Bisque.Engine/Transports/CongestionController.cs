using Bisque.Congestion;
using Bisque.Engine.Internal;
using Bisque.Primitives;
using Bisque.Rtp;
using RtpHeaderExtensionUri = Bisque.Model.RtpHeaderExtensionUri;

namespace Bisque.Engine.Transports;

/// <summary>
/// A transport's part in congestion control: tells the peer what arrives, by transport-wide feedback or REMB, whichever the first
/// producer negotiated, so that the peer's encoder finds its rate.
/// </summary>
internal sealed class CongestionController : ICongestionControlServerEvents
{
    private readonly WorkerContext _context;
    private readonly Transport _transport;
    private readonly DeadlineTimer _timer;
    private CongestionControlServer? _server;
    private ulong _maxIncomingBitrate;
    private bool _running;

    public CongestionController(WorkerContext context, Transport transport)
    {
        _context = context;
        _transport = transport;
        _timer = new DeadlineTimer(context, transport, OnDeadline);
    }

    /// <summary>What the peer may send by our estimate; 0 where the peer estimates; null while nothing was negotiated.</summary>
    public ulong? AvailableIncomingBitrate => (ulong?)_server?.AvailableIncomingBitrate.BitsPerSecond;

    /// <summary>Share of packets lost on the way to us, 0 to 1; null while nothing was negotiated.</summary>
    public double? PacketLoss => _server?.PacketLoss;

    public void OnProducerAdded(Producer producer)
    {
        if (_server is not null || Negotiated(producer) is not { } mode)
        {
            return;
        }

        _context.Log.Debug(LogTags.Bwe, nameof(CongestionController), $"the peer's bitrate is governed by {mode} [transportId:{_transport.Id}]");
        _server = new CongestionControlServer(new CongestionControlServerOptions { Mode = mode }, this);
        _server.SetMaxIncomingBitrate(new Bitrate((long)_maxIncomingBitrate), _context.Now);
        if (_running)
        {
            _server.Start(_context.Now);
        }

        Schedule();
    }

    public void SetMaxIncomingBitrate(ulong bitrate)
    {
        _maxIncomingBitrate = bitrate;
        _context.Log.Debug(LogTags.Bwe, nameof(CongestionController), $"the peer may send up to {bitrate} bit/s, 0 being no limit [transportId:{_transport.Id}]");
        _server?.SetMaxIncomingBitrate(new Bitrate((long)bitrate), _context.Now);
        Schedule();
    }

    public void Start()
    {
        if (!_running)
        {
            _running = true;
            _server?.Start(_context.Now);
            Schedule();
        }
    }

    public void Stop()
    {
        if (_running)
        {
            _running = false;
            _server?.Stop();
            _timer.Stop();
        }
    }

    public void OnRtpPacket(in RtpPacket packet, MonotonicTime receivedAt)
    {
        if (_server is null || !_running)
        {
            return;
        }

        ushort? wide = packet.TryGetExtension(_transport.ExtensionIds.TransportWideSequenceNumber, out var value) && value.Length >= 2
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(value)
            : null;
        uint? absSendTime = packet.TryGetExtension(_transport.ExtensionIds.AbsSendTime, out value) && value.Length == 3
            ? ((uint)value[0] << 16) | ((uint)value[1] << 8) | value[2]
            : null;
        _server.OnRtpPacket(receivedAt, packet.Ssrc, wide, absSendTime, packet.Length);
        Schedule();
    }

    public void SendRtcp(ReadOnlySpan<byte> packet) => _transport.SendRtcp(packet);

    private static CongestionControlMode? Negotiated(Producer producer)
    {
        if (producer.Media.ExtensionId(RtpHeaderExtensionUri.TransportWideCcDraft01) is not null && producer.Media.HasFeedback("transport-cc"))
        {
            return CongestionControlMode.TransportCc;
        }

        return producer.Media.ExtensionId(RtpHeaderExtensionUri.AbsSendTime) is not null && producer.Media.HasFeedback("goog-remb")
            ? CongestionControlMode.Remb
            : null;
    }

    private void OnDeadline(MonotonicTime now)
    {
        _server?.OnDeadline(now);
        Schedule();
    }

    private void Schedule()
    {
        if (_running && _server is not null)
        {
            _timer.Schedule(_server.NextDeadline);
        }
    }
}
