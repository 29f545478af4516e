using System.Text;
using Bisque.LoadTest.Endpoints;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Srtp;

namespace Bisque.LoadTest.Media;

/// <summary>Sends the producer's stream on a schedule that does not slip: what a late turn missed it makes up for, and counts.</summary>
internal sealed class MediaSender : IMediaSink
{
    private readonly MediaEndpoint _endpoint;
    private readonly byte[] _mid;
    private readonly double _microsecondsPerBurst;
    private readonly int _burst;
    private readonly double _timestampPerFrame;
    private readonly LoopTimer _timer;
    private readonly VideoSource _source = new();
    private readonly SendJob[] _job = new SendJob[1];
    private readonly byte[] _head = new byte[SendSlot.Capacity];
    private readonly byte[] _slot = new byte[SendSlot.Capacity];
    private ushort _sequenceNumber = 1000;
    private MonotonicTime _started;
    private long _bursts;
    private TimeSpan _latest;

    public MediaSender(MediaEndpoint endpoint, string? mid, int packetsPerSecond, int burst)
    {
        _endpoint = endpoint;
        _mid = Encoding.ASCII.GetBytes(mid ?? "");
        _burst = burst;
        _microsecondsPerBurst = 1e6 * burst / packetsPerSecond;
        _timestampPerFrame = 90_000.0 * VideoSource.PacketsPerFrame / packetsPerSecond;
        _timer = endpoint.Loop.CreateTimer(SendDue);
        endpoint.Sink = this;
    }

    /// <summary>Packets sent so far.</summary>
    public long Sent => _source.Count;

    public int KeyFrames => _source.KeyFrames;

    /// <summary>How long the worst packet left after its time, since the last <see cref="Start"/>.</summary>
    public TimeSpan WorstDelay => _latest;

    public void Start()
    {
        _started = _endpoint.Loop.Now;
        _bursts = 0;
        _latest = TimeSpan.Zero;
        _timer.Start(_started);
    }

    public void Stop() => _timer.Stop();

    public void OnRtp(MediaEndpoint endpoint, PacketBuffer packet)
    {
    }

    public void OnRtcp(MediaEndpoint endpoint, PacketBuffer packet)
    {
        if (endpoint.Inbound is null || endpoint.Inbound.UnprotectRtcp(packet.Span, out var length) != SrtpStatus.Ok)
        {
            return;
        }

        foreach (var part in new RtcpCompound(packet.Span[..length]))
        {
            if (part.Type == RtcpPacketType.PayloadSpecificFeedback
                && part.Count is RtcpFeedbackFormat.PictureLossIndication or RtcpFeedbackFormat.FullIntraRequest)
            {
                _source.RequestKeyFrame();
            }
        }
    }

    private void SendDue()
    {
        var now = EventLoop.ReadClock();
        while (DueOf(_bursts) <= now)
        {
            var delay = now - DueOf(_bursts);
            _latest = delay > _latest ? delay : _latest;
            for (var i = 0; i < _burst; i++)
            {
                SendOne();
            }

            _bursts++;
        }

        _timer.Start(DueOf(_bursts));
    }

    private MonotonicTime DueOf(long burst) => new(_started.Microseconds + (long)(burst * _microsecondsPerBurst));

    private void SendOne()
    {
        var timestamp = new RtpTimestamp((uint)(_source.Frames * _timestampPerFrame));
        var payload = _source.Next(out var endsFrame);
        var writer = new RtpHeaderWriter(
            _head, endsFrame, StreamNames.ProducerPayloadType, new SequenceNumber(_sequenceNumber++), timestamp, new Ssrc(StreamNames.ProducerSsrc));
        if (_mid.Length > 0)
        {
            writer.AddExtension(StreamNames.MidExtensionId, _mid);
        }

        var headerLength = writer.Finish();
        _job[0] = new SendJob
        {
            Session = _endpoint.Outbound,
            Head = _head,
            HeadLength = headerLength,
            HeaderLength = headerLength,
            Body = payload,
            BodyLength = payload.Length,
            Slot = _slot,
            SlotCapacity = _slot.Length,
        };
        SrtpSession.Protect(_job);
        _endpoint.Socket.Send(_slot.AsSpan(0, _job[0].Written), _endpoint.Remote);
    }
}
