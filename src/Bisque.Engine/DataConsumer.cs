using Bisque.Engine.Data;
using Bisque.Engine.Internal;
using Bisque.Engine.Transports;
using Bisque.Model;

namespace Bisque.Engine;

/// <summary>Sends a data producer's messages to one peer on an SCTP stream, or to the controller.</summary>
public sealed class DataConsumer
{
    private readonly WorkerContext _context;
    private readonly SctpLink? _sctp;
    private readonly SctpStreamParameters? _stream;
    private readonly SubchannelSet _subchannels;
    private readonly string _label;
    private readonly string _protocol;
    private readonly string _dataProducerId;
    private readonly uint _maxMessageSize;
    private readonly bool _isPipe;
    private DataProducer? _producer;
    private bool _closed;

    /// <summary>The controller knows that the buffer is full; told again once it was half empty.</summary>
    private bool _isFullTold;
    private ulong _messagesSent;
    private ulong _bytesSent;

    /// <param name="context">The worker's.</param>
    /// <param name="transport">Where it lives.</param>
    /// <param name="request">What the controller asked for.</param>
    /// <param name="sctp">What its stream is on, if it has one.</param>
    /// <param name="maxMessageSize">Longer messages are not sent, in bytes.</param>
    /// <param name="isPipe">Whether it sends to another router, where messages need their subchannels.</param>
    /// <exception cref="RequestException">TypeError: bad stream parameters.</exception>
    internal DataConsumer(
        WorkerContext context, Transport transport, ConsumeDataRequest request, SctpLink? sctp, uint maxMessageSize, bool isPipe)
    {
        _context = context;
        _stream = request.Type == DataConsumerType.Sctp ? SctpStreams.Read(request.SctpStreamParameters) : null;
        _sctp = _stream is null ? null : sctp;
        _subchannels = new SubchannelSet(request.Subchannels);
        _label = request.Label ?? "";
        _protocol = request.Protocol ?? "";
        _dataProducerId = request.DataProducerId;
        _maxMessageSize = maxMessageSize;
        _isPipe = isPipe;
        Transport = transport;
        Id = request.DataConsumerId;
        Type = request.Type;
        IsPaused = request.Paused;
    }

    /// <summary>The controller's name for the data consumer.</summary>
    public string Id { get; }

    /// <summary>Whether its messages go to an SCTP stream or to the controller.</summary>
    public DataConsumerType Type { get; }

    /// <summary>Whether the controller paused it: messages are dropped.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether its data producer is paused.</summary>
    public bool IsDataProducerPaused { get; private set; }

    internal Transport Transport { get; }

    /// <summary>Its SCTP stream; null when it is direct.</summary>
    internal ushort? StreamId => _stream?.StreamId;

    private bool IsActive =>
        !_closed && !IsPaused && !IsDataProducerPaused && !Transport.IsFaulted && (_stream is null || _sctp is { TakesMessages: true });

    private uint BufferedAmount => _stream is { } stream && _sctp is { } sctp ? sctp.GetBufferedAmount(stream.StreamId) : 0;

    /// <summary>Stops sending. Doing it again does nothing.</summary>
    public void Pause() => IsPaused = true;

    /// <summary>Sends again what comes from now on. Doing it again does nothing.</summary>
    public void Resume() => IsPaused = false;

    /// <summary>How much waits to be sent.</summary>
    /// <exception cref="RequestException">TypeError: it is direct.</exception>
    public GetBufferedAmountResponse GetBufferedAmount()
    {
        RequireSctp();
        return new GetBufferedAmountResponse { BufferedAmount = BufferedAmount };
    }

    /// <summary>Sets at how many waiting bytes, coming from above, the controller is told.</summary>
    /// <exception cref="RequestException">TypeError: it is direct.</exception>
    public void SetBufferedAmountLowThreshold(uint threshold)
    {
        var (sctp, stream) = RequireSctp();
        sctp.SetBufferedAmountLowThreshold(stream.StreamId, threshold);
    }

    /// <summary>Sends a message of the controller to the peer.</summary>
    /// <exception cref="RequestException">
    /// TypeError: it is direct, or the message is longer than the transport sends. Error: the message cannot be sent; the reason is
    /// <c>sctpsendbufferfull</c> when as much waits as may.
    /// </exception>
    public DataConsumerSendResponse Send(uint ppid, ReadOnlySpan<byte> message)
    {
        RequireSctp();
        if ((uint)message.Length > _maxMessageSize)
        {
            throw RequestException.TypeError($"a message of {message.Length} bytes exceeds the maximum of {_maxMessageSize}");
        }

        return Send(new DataMessage { Ppid = ppid, Payload = message }) switch
        {
            DataSendStatus.Sent => new DataConsumerSendResponse { BufferedAmount = BufferedAmount },
            DataSendStatus.BufferFull => throw RequestException.Error("sctpsendbufferfull"),
            _ => throw RequestException.Error("message send failed"),
        };
    }

    /// <summary>Replaces the subchannels that it listens to.</summary>
    public SetSubchannelsResponse SetSubchannels(IReadOnlyList<ushort> subchannels)
    {
        _subchannels.Replace(subchannels);
        return new SetSubchannelsResponse { Subchannels = _subchannels.ToArray() };
    }

    /// <summary>Listens to one more subchannel.</summary>
    public AddSubchannelResponse AddSubchannel(ushort subchannel)
    {
        _subchannels.Add(subchannel);
        return new AddSubchannelResponse { Subchannels = _subchannels.ToArray() };
    }

    /// <summary>Listens to one subchannel less.</summary>
    public RemoveSubchannelResponse RemoveSubchannel(ushort subchannel)
    {
        _subchannels.Remove(subchannel);
        return new RemoveSubchannelResponse { Subchannels = _subchannels.ToArray() };
    }

    /// <summary>What the data consumer is.</summary>
    public DataConsumerDump Dump() => new()
    {
        Id = Id,
        DataProducerId = _dataProducerId,
        Type = Type,
        SctpStreamParameters = _stream,
        Label = _label,
        Protocol = _protocol,
        BufferedAmount = BufferedAmount,
        BufferedAmountLowThreshold = _stream is { } stream && _sctp is { } sctp ? sctp.GetBufferedAmountLowThreshold(stream.StreamId) : 0,
        Paused = IsPaused,
        DataProducerPaused = IsDataProducerPaused,
        Subchannels = _subchannels.ToArray(),
    };

    /// <summary>What it counted.</summary>
    public DataConsumerStats GetStats() => new()
    {
        Timestamp = (ulong)_context.Now.Milliseconds,
        Label = _label,
        Protocol = _protocol,
        MessagesSent = _messagesSent,
        BytesSent = _bytesSent,
        BufferedAmount = BufferedAmount,
    };

    /// <summary>Ties the consumer to its producer; messages may come from now on.</summary>
    internal void Attach(DataProducer producer)
    {
        _producer = producer;
        IsDataProducerPaused = producer.IsPaused;
        producer.AddConsumer(this);
    }

    /// <summary>Takes a message of its producer, and sends it if it is for this consumer.</summary>
    internal void Forward(in DataMessage message)
    {
        if (_isPipe ? _subchannels.AcceptsForPipe(message) : _subchannels.Accepts(message))
        {
            Send(message);
        }
    }

    internal void OnDataProducerPaused()
    {
        if (!IsDataProducerPaused)
        {
            IsDataProducerPaused = true;
            _context.Emit(new DataConsumerDataProducerPauseEvent(Id));
        }
    }

    internal void OnDataProducerResumed()
    {
        if (IsDataProducerPaused)
        {
            IsDataProducerPaused = false;
            _context.Emit(new DataConsumerDataProducerResumeEvent(Id));
        }
    }

    internal void OnBufferedAmountLow() => _context.Emit(new DataConsumerBufferedAmountLowEvent(Id, BufferedAmount));

    internal void Close()
    {
        _closed = true;
        _producer?.RemoveConsumer(this);
    }

    private DataSendStatus Send(in DataMessage message)
    {
        if (!IsActive)
        {
            return DataSendStatus.Failed;
        }

        var headerLength = _isPipe ? SubchannelFraming.GetHeaderLength(message, _subchannels) : 0;
        var length = headerLength + message.Payload.Length;
        if ((uint)length > _maxMessageSize)
        {
            if (_context.Log.WarnsAboutPacket(LogTags.Message, _context.Now))
            {
                _context.Log.Warn(nameof(DataConsumer), $"a message of {length} bytes exceeds the maximum of {_maxMessageSize} [dataConsumerId:{Id}]");
            }

            return DataSendStatus.Failed;
        }

        _messagesSent++;
        _bytesSent += (ulong)length;
        if (_stream is not { } stream || _sctp is not { } sctp)
        {
            Transport.OnDirectDataSent(length);
            _context.EmitDataConsumerMessage(Id, message.Ppid, message.Payload);
            return DataSendStatus.Sent;
        }

        _isFullTold = _isFullTold && !sctp.IsHalfEmpty(stream.StreamId);
        return OnHandedOver(sctp.Send(stream, message.Ppid, headerLength == 0 ? message.Payload : Frame(message, headerLength)));
    }

    private ReadOnlySpan<byte> Frame(in DataMessage message, int headerLength)
    {
        var frame = _context.GetMessageSpace(headerLength + message.Payload.Length);
        SubchannelFraming.WriteHeader(frame, message, _subchannels);
        message.Payload.CopyTo(frame[headerLength..]);
        return frame;
    }

    private DataSendStatus OnHandedOver(DataSendStatus status)
    {
        if (status == DataSendStatus.BufferFull && !_isFullTold)
        {
            // A producer that goes on would make an event of each of its messages.
            _isFullTold = true;
            _context.Log.Debug(LogTags.Message, nameof(DataConsumer), $"as much waits as may: messages are dropped until there is room [dataConsumerId:{Id}]");
            _context.Emit(new DataConsumerSctpSendBufferFullEvent(Id));
        }

        return status;
    }

    private (SctpLink Sctp, SctpStreamParameters Stream) RequireSctp() =>
        _sctp is { } sctp && _stream is { } stream ? (sctp, stream) : throw RequestException.TypeError("the DataConsumer is direct");
}
