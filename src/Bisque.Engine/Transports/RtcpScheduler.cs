using Bisque.Engine.Internal;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>
/// Sends a transport's reports: a compound of sender reports with source descriptions, receiver reports and extended reports, about
/// once a second (RFC 3550 section 6.3, with a fixed interval as WebRTC endpoints use it).
/// </summary>
internal sealed class RtcpScheduler
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1000);

    private readonly WorkerContext _context;
    private readonly Transport _transport;
    private readonly DeadlineTimer _timer;
    private readonly RtcpCompoundBuilder _compound = new();
    private bool _running;

    public RtcpScheduler(WorkerContext context, Transport transport)
    {
        _context = context;
        _transport = transport;
        _timer = new DeadlineTimer(context, transport, OnDeadline);
    }

    /// <summary>Begins to report. Does nothing when it already does.</summary>
    public void Start()
    {
        if (!_running)
        {
            _running = true;
            _timer.Schedule(_context.Now + FirstDelay);
        }
    }

    public void Stop()
    {
        _running = false;
        _timer.Stop();
    }

    private void OnDeadline(MonotonicTime now)
    {
        _timer.Schedule(now + Interval * (1 + _context.Random.NextDouble() / 2));
        _context.Outbox.Flush();
        foreach (var consumer in _transport.Consumers)
        {
            consumer.AddReports(_compound, this, now);
        }

        foreach (var producer in _transport.Producers)
        {
            producer.AddReports(_compound, this, now);
        }

        SendCompound(now);
    }

    /// <summary>Sends what is collected, to make room. A compound without a report is not sent.</summary>
    public void SendCompound(MonotonicTime now)
    {
        Span<byte> packet = stackalloc byte[RtcpCompoundBuilder.MaximumLength];
        var length = _compound.Write(packet, _context.Clock.ToNtp(now));
        if (length > 0)
        {
            _transport.SendRtcp(packet[..length]);
        }
    }
}
