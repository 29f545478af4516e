using Bisque.Engine.Data;
using Bisque.Engine.Internal;
using Bisque.Engine.Observers;
using Bisque.Engine.Packets;
using Bisque.Engine.Producers;
using Bisque.Model;

namespace Bisque.Engine;

/// <summary>Forwards what producers receive to the consumers that asked for it, across its transports.</summary>
public sealed class Router
{
    private readonly WorkerContext _context;
    private readonly Dictionary<string, Transport> _transports = [];
    private readonly Dictionary<string, Producer> _producers = [];
    private readonly Dictionary<string, DataProducer> _dataProducers = [];
    private readonly Dictionary<string, RtpObserver> _observers = [];

    internal Router(WorkerContext context, string id)
    {
        _context = context;
        Id = id;
        context.Handlers.Add(id, this, takesNotifications: false);
    }

    /// <summary>The controller's name for the router.</summary>
    public string Id { get; }

    /// <summary>Makes a WebRTC transport, with sockets of its own or with those of a WebRTC server.</summary>
    /// <exception cref="RequestException">
    /// TypeError: bad options, or nothing to listen on. Error: the id is taken, no socket could be bound, or there is no such server.
    /// </exception>
    public WebRtcTransport CreateWebRtcTransport(CreateWebRtcTransportRequest request)
    {
        CheckTransportId(request.TransportId);
        return Register(new WebRtcTransport(_context, this, request.TransportId, request.Options));
    }

    /// <summary>Makes a transport for plain RTP, with or without SRTP.</summary>
    /// <exception cref="RequestException">TypeError: bad options. Error: the id is taken or no socket could be bound.</exception>
    public PlainTransport CreatePlainTransport(CreatePlainTransportRequest request)
    {
        CheckTransportId(request.TransportId);
        return Register(new PlainTransport(_context, this, request.TransportId, request.Options));
    }

    /// <summary>Makes a transport to another router.</summary>
    /// <exception cref="RequestException">TypeError: bad options. Error: the id is taken or no socket could be bound.</exception>
    public PipeTransport CreatePipeTransport(CreatePipeTransportRequest request)
    {
        CheckTransportId(request.TransportId);
        return Register(new PipeTransport(_context, this, request.TransportId, request.Options));
    }

    /// <summary>Makes a transport to the worker's owner.</summary>
    /// <exception cref="RequestException">TypeError: bad options, SCTP among them. Error: the id is taken.</exception>
    public DirectTransport CreateDirectTransport(CreateDirectTransportRequest request)
    {
        CheckTransportId(request.TransportId);
        return Register(new DirectTransport(_context, this, request.TransportId, request.Options));
    }

    /// <summary>Makes an observer that tells which producers are the loudest.</summary>
    /// <exception cref="RequestException">Error: the id is taken. TypeError: a threshold above 0, or room for no entry.</exception>
    public RtpObserver CreateAudioLevelObserver(CreateAudioLevelObserverRequest request)
    {
        CheckObserverId(request.RtpObserverId);
        return Register(new AudioLevelObserver(_context, this, request.RtpObserverId, request.Options));
    }

    /// <summary>Makes an observer that tells which producer has the floor.</summary>
    /// <exception cref="RequestException">Error: the id is taken.</exception>
    public RtpObserver CreateActiveSpeakerObserver(CreateActiveSpeakerObserverRequest request)
    {
        CheckObserverId(request.RtpObserverId);
        return Register(new ActiveSpeakerObserver(_context, this, request.RtpObserverId, request.Options));
    }

    /// <summary>Closes an observer.</summary>
    /// <exception cref="RequestException">NotFoundError: there is no such observer.</exception>
    public void CloseRtpObserver(string rtpObserverId)
    {
        if (!_observers.Remove(rtpObserverId, out var observer))
        {
            throw RequestException.NotFound($"RtpObserver {rtpObserverId} not found");
        }

        observer.Close();
    }

    /// <summary>Closes a transport with its producers and consumers.</summary>
    /// <exception cref="RequestException">NotFoundError: there is no such transport.</exception>
    public void CloseTransport(string transportId)
    {
        if (!_transports.Remove(transportId, out var transport))
        {
            throw RequestException.NotFound($"Transport {transportId} not found");
        }

        transport.Close();
    }

    /// <summary>What the router holds.</summary>
    public RouterDump Dump() => new()
    {
        Id = Id,
        TransportIds = [.. _transports.Keys],
        RtpObserverIds = [.. _observers.Keys],
        MapProducerIdConsumerIds =
        [
            .. _producers.Values.Select(producer =>
                KeyValuePair.Create<string, IReadOnlyList<string>>(producer.Id, [.. producer.Consumers.Select(consumer => consumer.Id)])),
        ],
        MapConsumerIdProducerId =
        [
            .. _producers.Values.SelectMany(producer => producer.Consumers.Select(consumer => KeyValuePair.Create(consumer.Id, producer.Id))),
        ],
        MapProducerIdObserverIds =
        [
            .. _producers.Values.Select(producer =>
                KeyValuePair.Create<string, IReadOnlyList<string>>(producer.Id, [.. producer.Observers.Select(observer => observer.Id)])),
        ],
        MapDataProducerIdDataConsumerIds =
        [
            .. _dataProducers.Values.Select(producer =>
                KeyValuePair.Create<string, IReadOnlyList<string>>(producer.Id, [.. producer.Consumers.Select(consumer => consumer.Id)])),
        ],
        MapDataConsumerIdDataProducerId =
        [
            .. _dataProducers.Values.SelectMany(producer =>
                producer.Consumers.Select(consumer => KeyValuePair.Create(consumer.Id, producer.Id))),
        ],
    };

    internal void AddProducer(Producer producer)
    {
        if (!_producers.TryAdd(producer.Id, producer))
        {
            throw RequestException.Error($"a Producer with same producerId {producer.Id} already exists in the Router");
        }
    }

    internal void RemoveProducer(Producer producer) => _producers.Remove(producer.Id);

    internal Producer FindProducer(string producerId) =>
        _producers.GetValueOrDefault(producerId) ?? throw RequestException.NotFound($"Producer {producerId} not found");

    internal void AddDataProducer(DataProducer producer)
    {
        if (!_dataProducers.TryAdd(producer.Id, producer))
        {
            throw RequestException.Error($"a DataProducer with same dataProducerId {producer.Id} already exists in the Router");
        }
    }

    internal void RemoveDataProducer(DataProducer producer) => _dataProducers.Remove(producer.Id);

    internal DataProducer FindDataProducer(string dataProducerId) =>
        _dataProducers.GetValueOrDefault(dataProducerId) ?? throw RequestException.NotFound($"DataProducer {dataProducerId} not found");

    /// <summary>Hands a message to every consumer of its data producer. A fault in one is its transport's and stops none of the others.</summary>
    internal void Forward(DataProducer producer, in DataMessage message)
    {
        var consumers = producer.Consumers;
        for (var i = 0; i < consumers.Count; i++)
        {
            var consumer = consumers[i];
            try
            {
                _context.InjectFault?.Invoke(FaultPoint.FanOut, consumer.Transport);
                consumer.Forward(message);
            }
            catch (Exception fault)
            {
                consumer.Transport.OnFault(fault);
            }
        }
    }

    /// <summary>Hands a packet to every consumer of its producer. A fault in one is its transport's and stops none of the others.</summary>
    internal void Forward(Producer producer, ProducerStream stream, MediaPacket packet)
    {
        var consumers = producer.Consumers;
        for (var i = 0; i < consumers.Count; i++)
        {
            var consumer = consumers[i];
            try
            {
                _context.InjectFault?.Invoke(FaultPoint.FanOut, consumer.Transport);
                consumer.Forward(stream, packet);
            }
            catch (Exception fault)
            {
                consumer.Transport.OnFault(fault);
            }
        }

        var observers = producer.Observers;
        for (var i = 0; i < observers.Count; i++)
        {
            observers[i].OnPacket(producer, packet);
        }
    }

    internal void Close()
    {
        foreach (var transport in _transports.Values)
        {
            transport.Close();
        }

        _transports.Clear();
        foreach (var observer in _observers.Values)
        {
            observer.Close();
        }

        _observers.Clear();
        _producers.Clear();
        _dataProducers.Clear();
        _context.Handlers.Remove(Id);
    }

    private void CheckTransportId(string transportId)
    {
        CryptoLibrary.Require();
        if (_transports.ContainsKey(transportId))
        {
            throw RequestException.Error($"a Transport with same transportId {transportId} already exists");
        }

        _context.Handlers.CheckFree(transportId);
    }

    private void CheckObserverId(string observerId)
    {
        if (_observers.ContainsKey(observerId))
        {
            throw RequestException.Error($"a RtpObserver with same rtpObserverId {observerId} already exists");
        }
    }

    private RtpObserver Register(RtpObserver observer)
    {
        _observers.Add(observer.Id, observer);
        return observer;
    }

    private T Register<T>(T transport)
        where T : Transport
    {
        _context.Handlers.Add(transport.Id, transport, takesNotifications: true);
        _transports.Add(transport.Id, transport);
        _context.Log.Debug(LogTags.Info, transport.GetType().Name, $"is made [transportId:{transport.Id}, routerId:{Id}]");
        return transport;
    }
}
