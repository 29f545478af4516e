using Bisque.Engine.Transports;
using Bisque.Model;

namespace Bisque.Engine;

/// <content>What messages pass through a transport: its data producers and data consumers.</content>
public abstract partial class Transport
{
    private readonly Dictionary<string, DataProducer> _dataProducers = [];
    private readonly Dictionary<string, DataConsumer> _dataConsumers = [];
    private readonly SctpListener _sctpListener = new();
    private readonly SctpLink? _sctp;

    /// <summary>Whether messages go to another router, which needs to know their subchannels.</summary>
    internal virtual bool IsPipe => false;

    /// <summary>Whether there is an association that packets may be for.</summary>
    private protected bool TakesSctp => _sctp is not null;

    /// <summary>Makes a data producer of what the peer, or the controller, will send.</summary>
    /// <exception cref="RequestException">
    /// Error: no SCTP here, or an id or stream is taken. TypeError: bad stream parameters, or a type that is not for this transport.
    /// </exception>
    public DataProducerDump ProduceData(ProduceDataRequest request)
    {
        ThrowIfEnded();
        CheckTakesData();
        if (_dataProducers.ContainsKey(request.DataProducerId))
        {
            throw RequestException.Error($"a DataProducer with same dataProducerId {request.DataProducerId} already exists");
        }

        var producer = new DataProducer(Context, this, request, _options.MaxReceiveMessageSize);
        Context.Handlers.Add(producer.Id, producer, takesNotifications: true);
        try
        {
            CheckFits(nameof(DataProducer), isDirect: producer.Type == DataProducerType.Direct);
            _sctpListener.Add(producer);
            Router.AddDataProducer(producer);
        }
        catch
        {
            _sctpListener.Remove(producer);
            Context.Handlers.Remove(producer.Id);
            throw;
        }

        _dataProducers.Add(producer.Id, producer);
        ConnectSctpIfWanted();
        return producer.Dump();
    }

    /// <summary>Makes a data consumer that sends a data producer's messages to the peer, or to the controller.</summary>
    /// <exception cref="RequestException">
    /// Error: no SCTP here, or an id or stream is taken. TypeError: bad stream parameters, or a type that is not for this transport.
    /// NotFoundError: the router has no such data producer.
    /// </exception>
    public DataConsumerDump ConsumeData(ConsumeDataRequest request)
    {
        ThrowIfEnded();
        CheckTakesData();
        if (_dataConsumers.ContainsKey(request.DataConsumerId))
        {
            throw RequestException.Error($"a DataConsumer with same dataConsumerId {request.DataConsumerId} already exists");
        }

        var consumer = new DataConsumer(Context, this, request, _sctp, _options.MaxSendMessageSize, IsPipe);
        Context.Handlers.Add(consumer.Id, consumer, takesNotifications: false);
        try
        {
            CheckFits(nameof(DataConsumer), isDirect: consumer.Type == DataConsumerType.Direct);
            _sctp?.CheckFree(consumer);
            consumer.Attach(Router.FindDataProducer(request.DataProducerId));
        }
        catch
        {
            Context.Handlers.Remove(consumer.Id);
            throw;
        }

        _dataConsumers.Add(consumer.Id, consumer);
        _sctp?.Add(consumer);
        ConnectSctpIfWanted();
        return consumer.Dump();
    }

    /// <summary>Closes a data producer; its data consumers are told and go with it.</summary>
    /// <exception cref="RequestException">NotFoundError: there is no such data producer here.</exception>
    public void CloseDataProducer(string dataProducerId)
    {
        if (!_dataProducers.Remove(dataProducerId, out var producer))
        {
            throw RequestException.NotFound($"DataProducer {dataProducerId} not found");
        }

        Release(producer);
    }

    /// <summary>Closes a data consumer.</summary>
    /// <exception cref="RequestException">NotFoundError: there is no such data consumer here.</exception>
    public void CloseDataConsumer(string dataConsumerId)
    {
        if (!_dataConsumers.TryGetValue(dataConsumerId, out var consumer))
        {
            throw RequestException.NotFound($"DataConsumer {dataConsumerId} not found");
        }

        Remove(consumer);
    }

    /// <summary>Takes a data consumer off the transport: the controller closed it, or its data producer is gone.</summary>
    internal void Remove(DataConsumer consumer)
    {
        _dataConsumers.Remove(consumer.Id);
        _sctp?.Remove(consumer);
        consumer.Close();
        Context.Handlers.Remove(consumer.Id);
    }

    /// <summary>Sends an SCTP packet to the peer, if packets can pass.</summary>
    internal abstract void SendSctp(ReadOnlySpan<byte> packet);

    /// <summary>Counts a message that the controller handed in.</summary>
    internal void OnDirectDataReceived(int bytes) => Counters.OnReceived(bytes, Context.Now);

    /// <summary>Counts a message that the controller is handed.</summary>
    internal void OnDirectDataSent(int bytes) => Counters.OnSent(bytes, Context.Now);

    /// <summary>Takes an SCTP packet of the peer.</summary>
    private protected void ReceiveSctp(ReadOnlySpan<byte> packet)
    {
        if (_sctp is { } sctp)
        {
            sctp.Receive(packet);
        }
        else
        {
            Counters.UnexpectedPackets++;
        }
    }

    private void ConnectSctpIfWanted() => _sctp?.ConnectIfWanted(_dataProducers.Count > 0 || _dataConsumers.Count > 0);

    private void CloseConsumersOfDataProducers()
    {
        foreach (var producer in _dataProducers.Values)
        {
            producer.CloseConsumers();
        }
    }

    private void CloseData()
    {
        foreach (var consumer in _dataConsumers.Values.ToArray())
        {
            Remove(consumer);
        }

        foreach (var producer in _dataProducers.Values)
        {
            Release(producer);
        }

        _dataProducers.Clear();
    }

    private void Release(DataProducer producer)
    {
        _sctpListener.Remove(producer);
        _sctp?.OnDataProducerClosed(producer);
        Router.RemoveDataProducer(producer);
        producer.CloseConsumers();
        Context.Handlers.Remove(producer.Id);
    }

    private void CheckTakesData()
    {
        if (_sctp is null && !_options.Direct)
        {
            throw RequestException.Error("SCTP is not enabled and the Transport is not direct");
        }
    }

    private void CheckFits(string entity, bool isDirect)
    {
        if (isDirect && !_options.Direct)
        {
            throw RequestException.TypeError($"cannot create a {entity} of type direct in a Transport that is not direct");
        }

        if (!isDirect && _sctp is null)
        {
            throw RequestException.TypeError($"cannot create a {entity} of type sctp in a Transport without SCTP");
        }
    }
}
