using Bisque.Engine.Data;
using Bisque.Engine.Internal;
using Bisque.Model;

namespace Bisque.Engine;

/// <summary>Receives messages, of an SCTP stream or of the controller, for whoever consumes them.</summary>
public sealed class DataProducer
{
    private readonly WorkerContext _context;
    private readonly Transport _transport;
    private readonly List<DataConsumer> _consumers = [];
    private readonly SctpStreamParameters? _stream;
    private readonly string _label;
    private readonly string _protocol;
    private readonly uint _maxMessageSize;
    private ulong _messagesReceived;
    private ulong _bytesReceived;

    /// <exception cref="RequestException">TypeError: bad stream parameters.</exception>
    internal DataProducer(WorkerContext context, Transport transport, ProduceDataRequest request, uint maxMessageSize)
    {
        _context = context;
        _transport = transport;
        _maxMessageSize = maxMessageSize;
        _stream = request.Type == DataProducerType.Sctp ? SctpStreams.Read(request.SctpStreamParameters) : null;
        _label = request.Label ?? "";
        _protocol = request.Protocol ?? "";
        Id = request.DataProducerId;
        Type = request.Type;
        IsPaused = request.Paused;
    }

    /// <summary>The controller's name for the data producer.</summary>
    public string Id { get; }

    /// <summary>Whether its messages come from an SCTP stream or from the controller.</summary>
    public DataProducerType Type { get; }

    /// <summary>Whether the controller paused it: messages are counted and dropped.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Its SCTP stream; null when it is direct.</summary>
    internal ushort? StreamId => _stream?.StreamId;

    internal IReadOnlyList<DataConsumer> Consumers => _consumers;

    /// <summary>Drops what comes from now on. Doing it again does nothing.</summary>
    public void Pause()
    {
        if (IsPaused)
        {
            return;
        }

        IsPaused = true;
        foreach (var consumer in _consumers)
        {
            consumer.OnDataProducerPaused();
        }
    }

    /// <summary>Forwards what comes from now on. Doing it again does nothing.</summary>
    public void Resume()
    {
        if (!IsPaused)
        {
            return;
        }

        IsPaused = false;
        foreach (var consumer in _consumers)
        {
            consumer.OnDataProducerResumed();
        }
    }

    /// <summary>Takes a message of the controller, read before this returns.</summary>
    /// <param name="ppid">The payload protocol identifier (RFC 8831 section 8).</param>
    /// <param name="message">Its bytes.</param>
    /// <param name="subchannels">The subchannels that it is for; none: for everybody.</param>
    /// <param name="requiredSubchannel">A subchannel that a receiver must listen to.</param>
    /// <param name="ignoredSubchannel">A subchannel whose listeners do not receive it.</param>
    /// <exception cref="RequestException">TypeError: longer than the transport receives, or for more than 65,535 subchannels.</exception>
    public void Send(
        uint ppid,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<ushort> subchannels = default,
        ushort? requiredSubchannel = null,
        ushort? ignoredSubchannel = null)
    {
        if ((uint)message.Length > _maxMessageSize)
        {
            throw RequestException.TypeError($"a message of {message.Length} bytes exceeds the maximum of {_maxMessageSize}");
        }

        if (subchannels.Length > ushort.MaxValue)
        {
            throw RequestException.TypeError($"a message cannot be for {subchannels.Length} subchannels");
        }

        if (_transport.IsFaulted)
        {
            return;
        }

        _transport.OnDirectDataReceived(message.Length);
        Receive(new DataMessage
        {
            Ppid = ppid,
            Payload = message,
            Subchannels = new SubchannelList(subchannels),
            RequiredSubchannel = requiredSubchannel,
            IgnoredSubchannel = ignoredSubchannel,
        });
    }

    /// <summary>What the data producer is.</summary>
    public DataProducerDump Dump() => new()
    {
        Id = Id,
        Type = Type,
        SctpStreamParameters = _stream,
        Label = _label,
        Protocol = _protocol,
        Paused = IsPaused,
    };

    /// <summary>What it counted.</summary>
    public DataProducerStats GetStats() => new()
    {
        Timestamp = (ulong)_context.Now.Milliseconds,
        Label = _label,
        Protocol = _protocol,
        MessagesReceived = _messagesReceived,
        BytesReceived = _bytesReceived,
    };

    internal void Receive(in DataMessage message)
    {
        _messagesReceived++;
        _bytesReceived += (ulong)message.Payload.Length;
        if (!IsPaused)
        {
            _transport.Router.Forward(this, message);
        }
    }

    internal void AddConsumer(DataConsumer consumer) => _consumers.Add(consumer);

    internal void RemoveConsumer(DataConsumer consumer) => _consumers.Remove(consumer);

    /// <summary>Tells every data consumer that its source is gone and takes it off its transport.</summary>
    internal void CloseConsumers()
    {
        foreach (var consumer in _consumers.ToArray())
        {
            _context.Emit(new DataConsumerDataProducerCloseEvent(consumer.Id));
            consumer.Transport.Remove(consumer);
        }
    }
}
