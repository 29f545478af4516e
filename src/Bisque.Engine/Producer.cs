using System.Numerics;
using Bisque.Engine.Internal;
using Bisque.Engine.Parameters;
using Bisque.Engine.Producers;
using Bisque.Engine.Streams;
using Bisque.Engine.Transports;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;
using RtpHeaderExtensionUri = Bisque.Model.RtpHeaderExtensionUri;

namespace Bisque.Engine;

/// <summary>
/// Media that a peer sends into a router: one stream for each encoding. It reads packets once, repairs what is lost, and hands
/// what is new to the router.
/// </summary>
public sealed partial class Producer : IRtpStreamRecvEvents, IKeyFrameRequestEvents
{
    private readonly WorkerContext _context;
    private readonly ProducerMapping _mapping;
    private readonly ProducerStream?[] _streams;
    private readonly MediaExtensionReader _extensions;
    private readonly KeyFrameRequestManager? _keyFrameRequests;
    private readonly DeadlineTimer _keyFrameTimer;
    private readonly List<Consumer> _consumers = [];
    private readonly List<RtpObserver> _observers = [];
    private readonly bool _numbersPackets;
    private SenderClock? _clock;
    private ProducerStream? _opensWithKeyFrame;
    private bool _closed;

    internal Producer(WorkerContext context, Transport transport, ProduceRequest request)
    {
        _context = context;
        Transport = transport;
        Id = request.ProducerId;
        Kind = request.Kind;
        IsPaused = request.Paused;
        Media = MediaParameters.Read(request.RtpParameters);
        Type = ProducerTypes.Derive(Media);
        _mapping = ProducerMapping.Read(request.RtpMapping, Media);
        _streams = new ProducerStream?[Media.Encodings.Count];
        _extensions = new MediaExtensionReader(Media);
        _numbersPackets = request.EnableMediasoupPacketIdHeaderExtension;
        _keyFrameTimer = new DeadlineTimer(context, transport, OnKeyFrameDeadline);
        if (Kind == MediaKind.Video)
        {
            _keyFrameRequests = new KeyFrameRequestManager(TimeSpan.FromMilliseconds(request.KeyFrameRequestDelay), this);
        }
    }

    /// <summary>The controller's name for the producer.</summary>
    public string Id { get; }

    /// <summary>Audio or video.</summary>
    public MediaKind Kind { get; }

    /// <summary>What its encodings make of it.</summary>
    public RtpParametersType Type { get; }

    /// <summary>Whether the controller paused it: packets are received and counted, not forwarded.</summary>
    public bool IsPaused { get; private set; }

    internal Transport Transport { get; }

    internal MediaParameters Media { get; }

    internal SenderClock Clock => _clock ?? throw new System.Diagnostics.UnreachableException("A producer is used only once it is accepted.");

    internal IReadOnlyList<Consumer> Consumers => _consumers;

    /// <summary>The streams by encoding; null until their first packet.</summary>
    internal IReadOnlyList<ProducerStream?> Streams => _streams;

    /// <summary>Stops forwarding; consumers are told. Doing it again does nothing.</summary>
    public void Pause()
    {
        if (IsPaused)
        {
            return;
        }

        IsPaused = true;
        _keyFrameRequests?.Clear();
        _keyFrameTimer.Stop();
        foreach (var stream in _streams)
        {
            stream?.Receive.Pause();
            stream?.Reschedule();
        }

        foreach (var consumer in _consumers)
        {
            consumer.OnProducerPaused();
        }

        foreach (var observer in _observers)
        {
            observer.OnProducerPaused(this);
        }
    }

    /// <summary>Forwards again, from a key frame on. Doing it again does nothing.</summary>
    public void Resume()
    {
        if (!IsPaused)
        {
            return;
        }

        IsPaused = false;
        foreach (var stream in _streams)
        {
            stream?.Receive.Resume(_context.Now);
            stream?.Reschedule();
        }

        // Before the consumers are told: what they ask for is then on its way.
        foreach (var stream in _streams)
        {
            if (stream is not null)
            {
                RequestKeyFrame(stream, force: true);
            }
        }

        foreach (var consumer in _consumers)
        {
            consumer.OnProducerResumed();
        }

        foreach (var observer in _observers)
        {
            observer.OnProducerResumed(this);
        }
    }

    /// <summary>Has a say in where its CNAME's capture times come from; only once the producer is accepted.</summary>
    internal void JoinClock()
    {
        _clock = Transport.SenderClocks.Get(Media.Cname);
        _clock.AddProducer(Media.ExtensionId(RtpHeaderExtensionUri.AbsCaptureTime) is not null);
    }

    internal void AddConsumer(Consumer consumer)
    {
        _consumers.Add(consumer);
        foreach (var stream in _streams)
        {
            if (stream is not null)
            {
                consumer.OnProducerStream(stream);
            }
        }
    }

    internal IReadOnlyList<RtpObserver> Observers => _observers;

    internal void AddObserver(RtpObserver observer) => _observers.Add(observer);

    internal void RemoveObserver(RtpObserver observer) => _observers.Remove(observer);

    /// <summary>The router's name for a payload type of the sender: one stream may carry several codecs, as audio does with DTMF.</summary>
    internal byte MapPayloadType(byte payloadType) => _mapping.PayloadType(payloadType);

    internal void RemoveConsumer(Consumer consumer) => _consumers.Remove(consumer);

    /// <summary>Tells every consumer that its source is gone and takes it off its transport.</summary>
    internal void CloseConsumers()
    {
        foreach (var consumer in _consumers.ToArray())
        {
            _context.Emit(new ConsumerProducerCloseEvent(consumer.Id));
            consumer.Transport.Remove(consumer);
        }
    }

    /// <summary>Asks the sender for a key frame of one stream, unless one was just asked for.</summary>
    internal void RequestKeyFrame(ProducerStream stream, bool force = false)
    {
        if (_keyFrameRequests is null || IsPaused || stream == _opensWithKeyFrame)
        {
            return;
        }

        if (force)
        {
            _keyFrameRequests.ForceRequest(stream.Ssrc, _context.Now);
        }
        else if (!_keyFrameRequests.Request(stream.Ssrc, _context.Now, stream.Receive.RoundTripTime))
        {
            _context.Log.Debug(
                LogTags.Rtcp,
                nameof(Producer),
                $"a key frame of SSRC {stream.Ssrc} is wanted, and not asked for now: one was just asked for, or came just now [producerId:{Id}]");
        }

        ScheduleKeyFrameTimer();
    }

    internal void OnSenderReport(in SenderInfo report, MonotonicTime receivedAt)
    {
        foreach (var stream in _streams)
        {
            if (stream is null || !stream.Receive.OnSenderReport(report, receivedAt))
            {
                continue;
            }

            if (report.Ssrc == stream.Ssrc)
            {
                Clock.OnSenderReport(report.Ntp, stream.Receive.RoundTripTime, receivedAt);
                TraceSenderReport(report);
            }

            return;
        }
    }

    internal void OnDlrr(in DlrrReport report, MonotonicTime receivedAt)
    {
        foreach (var stream in _streams)
        {
            if (stream is not null && stream.Ssrc == report.Ssrc)
            {
                stream.Receive.OnDlrr(report, receivedAt, _context.Clock);
            }
        }
    }

    /// <summary>Adds what is to be told to the sender of each stream.</summary>
    internal void AddReports(RtcpCompoundBuilder compound, RtcpScheduler scheduler, MonotonicTime now)
    {
        foreach (var stream in _streams)
        {
            if (stream is null)
            {
                continue;
            }

            Add(stream.Receive.BuildReport(now, WorstFractionLost(stream)));
            if (stream.Receive.TryBuildRtxReport(now, out var rtxReport))
            {
                Add(rtxReport);
            }
        }

        void Add(in ReportBlock block)
        {
            if (!compound.TryAddReceiver(block))
            {
                scheduler.SendCompound(now);
                compound.TryAddReceiver(block);
            }
        }
    }

    internal void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        CloseConsumers();
        foreach (var observer in _observers.ToArray())
        {
            observer.Remove(this);
        }

        _keyFrameTimer.Stop();
        _orientationTimer?.Stop();
        foreach (var stream in _streams)
        {
            stream?.Close();
        }
    }

    void IRtpStreamRecvEvents.ScoreChanged(RtpStreamRecv stream, byte score, byte previousScore)
    {
        _context.Log.Debug(LogTags.Score, nameof(Producer), $"the score of SSRC {stream.Ssrc} goes from {previousScore} to {score} [producerId:{Id}]");
        EmitScore();
        if (Find(stream) is not { } changed)
        {
            return;
        }

        foreach (var consumer in _consumers)
        {
            consumer.OnProducerStreamScoreChanged(changed);
        }
    }

    void IRtpStreamRecvEvents.SendNack(RtpStreamRecv stream, ReadOnlySpan<NackItem> items)
    {
        _context.Log.Debug(
            LogTags.Rtx, nameof(Producer), $"{Count(items)} packets of SSRC {stream.Ssrc} are missing and asked for [producerId:{Id}]");
        Span<byte> packet = stackalloc byte[12 + 4 * items.Length];
        var writer = new RtcpWriter(packet);
        writer.TryWriteNack(stream.Ssrc, stream.Ssrc, items);
        Transport.SendRtcp(writer.Written);
        TraceNack();
    }

    void IRtpStreamRecvEvents.KeyFrameNeeded(RtpStreamRecv stream)
    {
        if (_keyFrameRequests is not null && !IsPaused)
        {
            _context.Log.Debug(
                LogTags.Rtcp, nameof(Producer), $"too much of SSRC {stream.Ssrc} is missing: only a key frame can help [producerId:{Id}]");
            _keyFrameRequests.ForceRequest(stream.Ssrc, _context.Now);
            ScheduleKeyFrameTimer();
        }
    }

    void IRtpStreamRecvEvents.Restarted(RtpStreamRecv receive)
    {
        if (Find(receive) is not { } stream)
        {
            return;
        }

        _context.Log.Debug(LogTags.Rtp, nameof(Producer), $"SSRC {receive.Ssrc} is numbered anew [producerId:{Id}]");
        stream.Store.Clear();
        stream.Dependencies?.Reset();
        foreach (var consumer in _consumers)
        {
            consumer.OnProducerStreamRestarted(stream);
        }
    }

    void IRtpStreamRecvEvents.SpatialLayerActivityChanged(RtpStreamRecv receive, int spatialLayer, bool isActive)
    {
        if (Find(receive) is not { } stream)
        {
            return;
        }

        _context.Log.Debug(
            LogTags.Svc,
            nameof(Producer),
            $"spatial layer {spatialLayer} of SSRC {receive.Ssrc} {(isActive ? "is sent again" : "fell silent")} [producerId:{Id}]");
        foreach (var consumer in _consumers)
        {
            consumer.OnProducerLayerActivityChanged(stream);
        }
    }

    void IKeyFrameRequestEvents.RequestKeyFrame(Ssrc ssrc)
    {
        foreach (var stream in _streams)
        {
            if (stream is not null && stream.Ssrc == ssrc)
            {
                Send(stream.Receive.RequestKeyFrame());
            }
        }
    }

    private ProducerStream? Find(RtpStreamRecv receive)
    {
        foreach (var stream in _streams)
        {
            if (stream?.Receive == receive)
            {
                return stream;
            }
        }

        return null;
    }

    private void Send(in KeyFrameRequest request)
    {
        Span<byte> packet = stackalloc byte[20];
        var writer = new RtcpWriter(packet);
        switch (request.Kind)
        {
            case KeyFrameRequestKind.Pli:
                writer.TryWritePli(request.Ssrc, request.Ssrc);
                TracePli(request.Ssrc);
                break;
            case KeyFrameRequestKind.Fir:
                writer.TryWriteFir(request.Ssrc, request.Ssrc, request.FirSequenceNumber);
                TraceFir(request.Ssrc);
                break;
            default:
                return;
        }

        _context.Log.Debug(LogTags.Rtcp, nameof(Producer), $"a key frame of SSRC {request.Ssrc} is asked for by {request.Kind} [producerId:{Id}]");
        Transport.SendRtcp(writer.Written);
    }

    private static int Count(ReadOnlySpan<NackItem> items)
    {
        var count = items.Length;
        foreach (var item in items)
        {
            count += BitOperations.PopCount(item.Bitmask);
        }

        return count;
    }

    /// <summary>With in-band FEC the sender should hear of the worst receiver, since its redundancy serves them all (RFC 7587 section 3.3).</summary>
    private byte WorstFractionLost(ProducerStream stream)
    {
        byte worst = 0;
        if (stream.Encoding.UsesInBandFec)
        {
            foreach (var consumer in _consumers)
            {
                worst = Math.Max(worst, consumer.FractionLost);
            }
        }

        return worst;
    }

    private void OnKeyFrameDeadline(MonotonicTime now)
    {
        _keyFrameRequests!.OnDeadline(now);
        ScheduleKeyFrameTimer();
    }

    private void ScheduleKeyFrameTimer() => _keyFrameTimer.Schedule(_keyFrameRequests!.NextDeadline);
}
