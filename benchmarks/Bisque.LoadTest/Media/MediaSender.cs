using System.Text;
using Bisque.LoadTest.Endpoints;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Srtp;

namespace Bisque.LoadTest.Media;

/// <summary>
/// Sends the producer's streams on a schedule that does not slip: what a late turn missed it makes up for, and counts. Key frames come
/// when they are asked for, and reports say how the streams' timestamps belong together.
/// </summary>
internal sealed class MediaSender : IMediaSink
{
    private const long ClockRate = 90_000;

    // Streams count from different beginnings, as those of a browser do.
    private const uint TimestampStep = 1_000_003;

    // More often than a browser: a worker that wants several reports before it trusts a clock is not to need seconds for it.
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(200);

    private readonly MediaEndpoint _endpoint;
    private readonly IVideoSource _source;
    private readonly byte[] _mid;
    private readonly byte[] _cname = Encoding.ASCII.GetBytes(StreamNames.Cname);
    private readonly double _microsecondsPerBurst;
    private readonly int _burst;
    private readonly LoopTimer _timer;
    private readonly LoopTimer _reportTimer;
    private readonly ushort[] _sequenceNumbers;
    private readonly uint[] _packetCounts;
    private readonly SendJob[] _job = new SendJob[1];
    private readonly byte[] _head = new byte[SendSlot.Capacity];
    private readonly byte[] _slot = new byte[SendSlot.Capacity];
    private MonotonicTime _started;
    private MonotonicTime _pictureTime;
    private long _bursts;
    private TimeSpan _latest;

    public MediaSender(MediaEndpoint endpoint, string? mid, IVideoSource source, double packetsPerSecond, int burst)
    {
        _endpoint = endpoint;
        _source = source;
        _mid = Encoding.ASCII.GetBytes(mid ?? "");
        _burst = burst;
        _microsecondsPerBurst = 1e6 * burst / packetsPerSecond;
        _sequenceNumbers = new ushort[source.Streams];
        _packetCounts = new uint[source.Streams];
        Array.Fill(_sequenceNumbers, (ushort)1000);
        _timer = endpoint.Loop.CreateTimer(SendDue);
        _reportTimer = endpoint.Loop.CreateTimer(SendReports);
        endpoint.Sink = this;
    }

    /// <summary>Packets sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>How long the worst packet left after its time, since the last <see cref="Start"/>.</summary>
    public TimeSpan WorstDelay => _latest;

    public void Start()
    {
        _started = _endpoint.Loop.Now;
        _bursts = 0;
        _latest = TimeSpan.Zero;
        _timer.Start(_started);
        _reportTimer.Start(_started + ReportInterval);
    }

    public void Stop()
    {
        _timer.Stop();
        _reportTimer.Stop();
    }

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
            if (part.Type == RtcpPacketType.PayloadSpecificFeedback && FeedbackMessage.TryParse(part, out var feedback))
            {
                OnFeedback(feedback);
            }
        }
    }

    private void OnFeedback(FeedbackMessage feedback)
    {
        if (feedback.Format == RtcpFeedbackFormat.PictureLossIndication)
        {
            RequestKeyFrame(feedback.MediaSsrc);
        }
        else if (feedback.Format == RtcpFeedbackFormat.FullIntraRequest)
        {
            // Which streams it means stands in its items (RFC 5104 section 4.3.1.1); a worker asks one at a time.
            for (var stream = 0; stream < _source.Streams; stream++)
            {
                _source.RequestKeyFrame(stream);
            }
        }
    }

    private void RequestKeyFrame(Ssrc ssrc)
    {
        var stream = StreamNames.StreamOfProducerSsrc(ssrc.Value);
        if (stream >= 0 && stream < _source.Streams)
        {
            _source.RequestKeyFrame(stream);
        }
    }

    private void SendDue()
    {
        var now = EventLoop.ReadClock();
        while (DueOf(_bursts) <= now)
        {
            var due = DueOf(_bursts);
            _latest = now - due > _latest ? now - due : _latest;
            for (var i = 0; i < _burst; i++)
            {
                SendOne(due);
            }

            _bursts++;
        }

        _timer.Start(DueOf(_bursts));
    }

    private MonotonicTime DueOf(long burst) => new(_started.Microseconds + (long)(burst * _microsecondsPerBurst));

    private static RtpTimestamp TimestampAt(MonotonicTime time, int stream) =>
        new((uint)(time.Microseconds * ClockRate / 1_000_000 + stream * TimestampStep));

    private void SendOne(MonotonicTime due)
    {
        var part = _source.Next();
        _pictureTime = part.StartsPicture ? due : _pictureTime;
        var stream = part.Stream;
        var writer = new RtpHeaderWriter(
            _head,
            part.EndsPicture,
            StreamNames.ProducerPayloadType,
            new SequenceNumber(_sequenceNumbers[stream]++),
            TimestampAt(_pictureTime, stream),
            new Ssrc(StreamNames.ProducerSsrc(stream)));
        if (_mid.Length > 0)
        {
            writer.AddExtension(StreamNames.MidExtensionId, _mid);
        }

        if (!part.Dependencies.IsEmpty)
        {
            writer.AddExtension(StreamNames.DependencyDescriptorExtensionId, part.Dependencies.Span);
        }

        var headerLength = writer.Finish();
        _job[0] = new SendJob
        {
            Session = _endpoint.Outbound,
            Head = _head,
            HeadLength = headerLength,
            HeaderLength = headerLength,
            Body = part.Payload,
            BodyLength = part.Payload.Length,
            Slot = _slot,
            SlotCapacity = _slot.Length,
        };
        SrtpSession.Protect(_job);
        _endpoint.Send(_slot.AsSpan(0, _job[0].Written));
        _packetCounts[stream]++;
        Sent++;
    }

    private void SendReports()
    {
        var now = EventLoop.ReadClock();
        var ntp = NtpTime.FromUnixMicroseconds((DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        for (var stream = 0; stream < _source.Streams; stream++)
        {
            var ssrc = new Ssrc(StreamNames.ProducerSsrc(stream));
            var report = new RtcpWriter(_head);
            var octets = _packetCounts[stream] * TestPattern.PayloadLength;
            var isWritten = report.TryWriteSenderReport(
                    new SenderInfo(ssrc, ntp, TimestampAt(now, stream), _packetCounts[stream], octets))
                && report.TryWriteCname(ssrc, _cname);
            if (isWritten && _endpoint.Outbound!.TryProtectRtcp(report.Written, _slot, out var length))
            {
                _endpoint.Send(_slot.AsSpan(0, length));
            }
        }

        _reportTimer.Start(now + ReportInterval);
    }
}
