using Bisque.Engine.Internal;
using Bisque.Engine.Sending;
using Bisque.Engine.Transports;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.Engine;

/// <summary>
/// Connects a router with one remote endpoint. This part holds what lives on the transport; how packets pass through it is in
/// Transport.Media.cs and Transport.Rtcp.cs, and what it says of itself in Transport.Reports.cs.
/// </summary>
public abstract partial class Transport
{
    private readonly Dictionary<string, Producer> _producers = [];
    private readonly Dictionary<string, Consumer> _consumers = [];
    private readonly Dictionary<Ssrc, Consumer> _consumersBySsrc = [];
    private readonly Dictionary<Ssrc, Consumer> _consumersByRtxSsrc = [];
    private readonly RtpListener _listener = new();
    private readonly TransportOptions _options;
    private TransportTraceEventType[] _traceEventTypes = [];
    private ushort _lastWideSequenceNumber;

    private protected Transport(WorkerContext context, Router router, string id, TransportOptions options)
    {
        if (options is { Direct: true, EnableSctp: true })
        {
            throw RequestException.TypeError("cannot enable SCTP in a direct Transport");
        }

        if (options.InitialAvailableOutgoingBitrate is { } bitrate)
        {
            BitrateLimits.Check(bitrate);
        }

        Context = context;
        Router = router;
        Id = id;
        _options = options;
        _rtcp = new RtcpScheduler(context, this);
        Congestion = new CongestionController(context, this);
        _sctp = options.EnableSctp ? new SctpLink(context, this, options, _sctpListener) : null;
    }

    /// <summary>The controller's name for the transport.</summary>
    public string Id { get; }

    /// <summary>Whether a fault closed the transport's sockets; it answers dump and stats until it is closed.</summary>
    public bool IsFaulted { get; private set; }

    internal WorkerContext Context { get; }

    internal Router Router { get; }

    internal Dictionary<string, Producer>.ValueCollection Producers => _producers.Values;

    internal Dictionary<string, Consumer>.ValueCollection Consumers => _consumers.Values;

    internal ReceiveExtensionIds ExtensionIds { get; } = new();

    internal TransportCounters Counters { get; } = new();

    internal CongestionController Congestion { get; }

    internal SenderClocks SenderClocks { get; } = new();

    internal BitrateLimits Bitrates { get; } = new();

    /// <summary>This transport's packets in the outbox. Owned by the outbox.</summary>
    internal OutboxChain OutboxChain { get; set; } = OutboxChain.Empty;

    /// <summary>What encrypts outgoing RTP; null sends in clear.</summary>
    internal SrtpSession? SendSession { get; private protected set; }

    /// <summary>What decrypts incoming RTP and RTCP; null takes them in clear, or before there are keys.</summary>
    private protected SrtpSession? ReceiveSession { get; set; }

    /// <summary>Whether media can pass: ICE and DTLS are up, or the remote address is known.</summary>
    internal abstract bool IsConnected { get; }

    private protected bool IsClosed { get; private set; }

    /// <summary>Makes a producer of what the peer will send.</summary>
    /// <exception cref="RequestException">Error: an id, SSRC, MID or RID is taken. TypeError: bad parameters.</exception>
    public ProduceResponse Produce(ProduceRequest request)
    {
        ThrowIfEnded();
        if (_producers.ContainsKey(request.ProducerId))
        {
            throw RequestException.Error($"a Producer with same producerId {request.ProducerId} already exists");
        }

        var producer = new Producer(Context, this, request);
        Context.Handlers.Add(producer.Id, producer, takesNotifications: true);
        try
        {
            _listener.Add(producer);
            Router.AddProducer(producer);
        }
        catch
        {
            _listener.Remove(producer);
            Context.Handlers.Remove(producer.Id);
            throw;
        }

        _producers.Add(producer.Id, producer);
        Context.Log.Debug(
            LogTags.Info, nameof(Producer), $"{producer.Kind} of type {producer.Type} is produced [producerId:{producer.Id}, transportId:{Id}]");
        producer.JoinClock();
        ExtensionIds.Update(producer.Media);
        Congestion.OnProducerAdded(producer);
        return new ProduceResponse { Type = producer.Type };
    }

    /// <summary>Makes a consumer that sends a producer's media to the peer.</summary>
    /// <exception cref="RequestException">
    /// Error: an id or SSRC is taken. TypeError: bad parameters. NotFoundError: the router has no such producer.
    /// </exception>
    public ConsumeResponse Consume(ConsumeRequest request)
    {
        ThrowIfEnded();
        if (_consumers.ContainsKey(request.ConsumerId))
        {
            throw RequestException.Error($"a Consumer with same consumerId {request.ConsumerId} already exists");
        }

        var consumer = Consumer.Create(Context, this, request);
        CheckSsrcs(consumer);
        Context.Handlers.Add(consumer.Id, consumer, takesNotifications: false);
        try
        {
            consumer.Attach(Router.FindProducer(request.ProducerId));
        }
        catch
        {
            Context.Handlers.Remove(consumer.Id);
            throw;
        }

        _consumers.Add(consumer.Id, consumer);
        Context.Log.Debug(
            LogTags.Info,
            nameof(Consumer),
            $"{consumer.Kind} is consumed as {consumer.Type} [consumerId:{consumer.Id}, producerId:{request.ProducerId}, transportId:{Id}]");
        foreach (var encoding in consumer.Media.Encodings)
        {
            _consumersBySsrc[encoding.Ssrc!.Value] = consumer;
            if (encoding.RtxSsrc is { } rtxSsrc)
            {
                _consumersByRtxSsrc[rtxSsrc] = consumer;
            }
        }

        if (IsConnected)
        {
            consumer.OnTransportConnected();
        }

        return consumer.Describe();
    }

    /// <summary>Closes a producer; its consumers are told and go with it.</summary>
    /// <exception cref="RequestException">NotFoundError: there is no such producer here.</exception>
    public void CloseProducer(string producerId)
    {
        if (!_producers.Remove(producerId, out var producer))
        {
            throw RequestException.NotFound($"Producer {producerId} not found");
        }

        Context.Outbox.Flush();
        Release(producer);
    }

    /// <summary>Closes a consumer.</summary>
    /// <exception cref="RequestException">NotFoundError: there is no such consumer here.</exception>
    public void CloseConsumer(string consumerId)
    {
        if (!_consumers.TryGetValue(consumerId, out var consumer))
        {
            throw RequestException.NotFound($"Consumer {consumerId} not found");
        }

        Context.Outbox.Flush();
        Remove(consumer);
    }

    /// <summary>Limits what peers may send us: told to them by REMB, never enforced by dropping. 0: no limit.</summary>
    /// <exception cref="RequestException">TypeError: out of range.</exception>
    public void SetMaxIncomingBitrate(ulong bitrate)
    {
        Bitrates.SetMaxIncoming(bitrate);
        Congestion.SetMaxIncomingBitrate(bitrate);
    }

    /// <summary>Limits what estimation may assume that the peer can take; 0: no limit, otherwise at least 30,000 bit/s.</summary>
    /// <exception cref="RequestException">TypeError: out of range, or below the minimum in force.</exception>
    public void SetMaxOutgoingBitrate(ulong bitrate) => Bitrates.SetMaxOutgoing(bitrate);

    /// <summary>What estimation assumes that the peer can take at least; 0: none, otherwise at least 30,000 bit/s.</summary>
    /// <exception cref="RequestException">TypeError: out of range, or above the maximum in force.</exception>
    public void SetMinOutgoingBitrate(ulong bitrate) => Bitrates.SetMinOutgoing(bitrate);

    /// <summary>Replaces the set of trace events that are emitted.</summary>
    public void EnableTraceEvents(IReadOnlyList<TransportTraceEventType> types) => _traceEventTypes = [.. types.Distinct().Order()];

    /// <summary>What the transport had to drop so far. May be asked at any time on the worker's loop, also after the transport was closed.</summary>
    public virtual DroppedPackets GetDroppedPackets() => Counters.GetDropped() with { NoDataProducer = _sctp?.UnroutedMessages ?? 0 };

    /// <summary>What the transport is, as its kind dumps it.</summary>
    public abstract object Dump();

    /// <summary>What the transport counted, as its kind reports it.</summary>
    public abstract object GetStats();

    /// <summary>The consumer that sends media or retransmissions under an SSRC.</summary>
    private protected Consumer? FindConsumer(Ssrc ssrc) =>
        _consumersBySsrc.TryGetValue(ssrc, out var consumer) || _consumersByRtxSsrc.TryGetValue(ssrc, out consumer) ? consumer : null;

    /// <summary>Ends the transport for a fault of its own. Everybody else goes on.</summary>
    internal void OnFault(Exception fault)
    {
        Context.FaultCount++;
        if (IsFaulted || IsClosed)
        {
            return;
        }

        IsFaulted = true;
        Context.Log.Error(GetType().Name, $"transport {Id} is faulted and its sockets are closed: {fault}");
        try
        {
            // First of all the network: whatever else is broken, nothing more comes in.
            ReleaseNetwork(isFault: true);
            _sctp?.OnFault();
            OnDisconnected();
            foreach (var producer in _producers.Values)
            {
                producer.CloseConsumers();
            }

            CloseConsumersOfDataProducers();
        }
        catch (Exception secondFault)
        {
            Context.Log.Error(GetType().Name, $"transport {Id} could not be wound up cleanly: {secondFault}");
        }
    }

    internal void Close()
    {
        if (IsClosed)
        {
            return;
        }

        Context.Outbox.Flush();
        Context.Log.Debug(LogTags.Info, GetType().Name, $"is closed; dropped: {GetDroppedPackets()} [transportId:{Id}]");
        IsClosed = true;
        _sctp?.Close();
        foreach (var consumer in _consumers.Values.ToArray())
        {
            Remove(consumer);
        }

        foreach (var producer in _producers.Values)
        {
            Release(producer);
        }

        _producers.Clear();
        CloseData();
        _rtcp.Stop();
        Congestion.Stop();
        ReleaseNetwork(isFault: false);
        Context.Handlers.Remove(Id);
    }

    /// <summary>Takes a consumer off the transport: the controller closed it, or its producer is gone.</summary>
    internal void Remove(Consumer consumer)
    {
        Context.Log.Debug(LogTags.Info, nameof(Consumer), $"is closed [consumerId:{consumer.Id}, transportId:{Id}]");
        _consumers.Remove(consumer.Id);
        foreach (var encoding in consumer.Media.Encodings)
        {
            _consumersBySsrc.Remove(encoding.Ssrc!.Value);
            SendSession?.RemoveStream(encoding.Ssrc.Value);
            if (encoding.RtxSsrc is { } rtxSsrc)
            {
                _consumersByRtxSsrc.Remove(rtxSsrc);
                SendSession?.RemoveStream(rtxSsrc);
            }
        }

        consumer.Close();
        Context.Handlers.Remove(consumer.Id);
    }

    /// <summary>Closes sockets and protocol endpoints. After a fault the transport stays registered.</summary>
    private protected abstract void ReleaseNetwork(bool isFault);

    /// <summary>Media can pass now: consumers start, reports and feedback begin. Also called when the path changed.</summary>
    private protected void OnConnected()
    {
        foreach (var consumer in _consumers.Values)
        {
            consumer.OnTransportConnected();
        }

        _rtcp.Start();
        Congestion.Start();
        ConnectSctpIfWanted();
    }

    private protected void OnDisconnected()
    {
        foreach (var consumer in _consumers.Values)
        {
            consumer.OnTransportDisconnected();
        }

        _rtcp.Stop();
        Congestion.Stop();
    }

    private void Release(Producer producer)
    {
        Context.Log.Debug(LogTags.Info, nameof(Producer), $"is closed [producerId:{producer.Id}, transportId:{Id}]");
        _listener.Remove(producer);
        Router.RemoveProducer(producer);
        ForgetReceivedStreams(producer);
        producer.Close();
        Context.Handlers.Remove(producer.Id);
    }

    /// <summary>Whoever sends again under the same SSRC may start at any sequence number.</summary>
    private void ForgetReceivedStreams(Producer producer)
    {
        foreach (var stream in producer.Streams)
        {
            if (stream is null)
            {
                continue;
            }

            ReceiveSession?.RemoveStream(stream.Ssrc);
            if (stream.Receive.RtxSsrc is { } rtxSsrc)
            {
                ReceiveSession?.RemoveStream(rtxSsrc);
            }
        }
    }

    /// <summary>Reports and requests name a stream by its SSRC alone, so no two consumers of a transport may share one.</summary>
    private void CheckSsrcs(Consumer consumer)
    {
        foreach (var encoding in consumer.Media.Encodings)
        {
            if (IsTaken(encoding.Ssrc!.Value) || (encoding.RtxSsrc is { } rtxSsrc && IsTaken(rtxSsrc)))
            {
                throw RequestException.Error($"an SSRC of Consumer {consumer.Id} is used by another Consumer of the Transport");
            }
        }

        bool IsTaken(Ssrc ssrc) => _consumersBySsrc.ContainsKey(ssrc) || _consumersByRtxSsrc.ContainsKey(ssrc);
    }

    /// <exception cref="RequestException">Error: the transport is closed, or ended with a fault: nothing may be added to it.</exception>
    private protected void ThrowIfEnded()
    {
        if (IsClosed)
        {
            throw RequestException.Error($"Transport {Id} is closed");
        }

        if (IsFaulted)
        {
            throw RequestException.Error($"Transport {Id} ended with a fault");
        }
    }
}
