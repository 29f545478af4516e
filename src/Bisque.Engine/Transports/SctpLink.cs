using Bisque.Engine.Data;
using Bisque.Engine.Internal;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Sctp;
using SctpState = Bisque.Model.SctpState;

namespace Bisque.Engine.Transports;

/// <summary>
/// A transport's SCTP association: begins it, gives it packets and time, hands its messages to data producers, and sends those of data
/// consumers on their streams.
/// </summary>
internal sealed class SctpLink : ISctpEvents
{
    private const ushort Port = SctpOptions.DefaultPort;

    /// <summary>The smallest receive window that an association may announce (RFC 9260 section 3.3.2).</summary>
    private const uint SmallestWindow = 1500;

    private readonly WorkerContext _context;
    private readonly Transport _transport;
    private readonly SctpListener _listener;
    private readonly SctpAssociation _association;
    private readonly DeadlineTimer _timer;
    private readonly Dictionary<ushort, DataConsumer> _consumers = [];
    private readonly Dictionary<ushort, uint> _lowThresholds = [];
    private readonly uint _defaultLowThreshold;
    private bool _isStopped;

    public SctpLink(WorkerContext context, Transport transport, TransportOptions options, SctpListener listener)
    {
        _context = context;
        _transport = transport;
        _listener = listener;
        _defaultLowThreshold = options.SctpDefaultStreamBufferedAmountLowThreshold;
        _association = new SctpAssociation(
            new SctpOptions
            {
                LocalPort = Port,
                RemotePort = Port,
                MaxSendMessageSize = ToSize(options.MaxSendMessageSize),
                MaxReceiveMessageSize = ToSize(options.MaxReceiveMessageSize),
                SendBufferSize = ToSize(options.SctpSendBufferSize),
                PerStreamSendQueueLimit = ToSize(options.SctpPerStreamSendQueueLimit),
                ReceiverWindow = ToSize(Math.Max(options.SctpMaxReceiverWindowBufferSize, SmallestWindow)),
                BufferedAmountLowThreshold = ToSize(_defaultLowThreshold),
            },
            context.Random,
            this);
        _timer = new DeadlineTimer(context, transport, OnDeadline);
        Parameters = new SctpParameters
        {
            Port = Port,
            MaxSendMessageSize = options.MaxSendMessageSize,
            MaxReceiveMessageSize = options.MaxReceiveMessageSize,
            SendBufferSize = options.SctpSendBufferSize,
            PerStreamSendQueueLimit = options.SctpPerStreamSendQueueLimit,
            MaxReceiverWindowBufferSize = options.SctpMaxReceiverWindowBufferSize,
            IsDataChannel = options.IsDataChannel,
        };
    }

    /// <summary>What was told last.</summary>
    public SctpState State { get; private set; } = SctpState.New;

    public SctpNegotiatedCapabilities NegotiatedCapabilities { get; private set; } = new();

    public SctpParameters Parameters { get; }

    /// <summary>Messages for streams that no data producer has.</summary>
    public long UnroutedMessages { get; private set; }

    /// <summary>Whether messages are taken: also before the association is connected, then they wait.</summary>
    public bool TakesMessages => State is not (SctpState.Closed or SctpState.Failed);

    /// <exception cref="RequestException">Error: another data consumer sends on the stream.</exception>
    public void CheckFree(DataConsumer consumer)
    {
        if (consumer.StreamId is { } streamId && _consumers.ContainsKey(streamId))
        {
            throw RequestException.Error($"a DataConsumer with same SCTP streamId {streamId} already exists");
        }
    }

    /// <summary>A data consumer sends on its stream from now on.</summary>
    public void Add(DataConsumer consumer)
    {
        if (consumer.StreamId is { } streamId)
        {
            _consumers.Add(streamId, consumer);
        }
    }

    /// <summary>A data consumer is gone: its stream is reset, for whoever takes it next (RFC 8831 section 6.7).</summary>
    public void Remove(DataConsumer consumer)
    {
        if (consumer.StreamId is { } streamId && _consumers.GetValueOrDefault(streamId) == consumer)
        {
            _consumers.Remove(streamId);
            if (_lowThresholds.Remove(streamId))
            {
                _association.SetBufferedAmountLowThreshold(streamId, ToSize(_defaultLowThreshold));
            }

            ResetStream(streamId);
        }
    }

    /// <summary>A data producer is gone. A data channel has both directions, so that ours ends with the peer's.</summary>
    public void OnDataProducerClosed(DataProducer producer)
    {
        if (Parameters.IsDataChannel && producer.StreamId is { } streamId)
        {
            ResetStream(streamId);
        }
    }

    /// <summary>Begins the handshake if packets can pass and there is somebody to have messages. Later calls do nothing.</summary>
    public void ConnectIfWanted(bool isWanted)
    {
        if (isWanted && State == SctpState.New && _transport.IsConnected && !_isStopped)
        {
            _association.Connect(_context.Now);
            Schedule();
        }
    }

    /// <summary>Takes a packet of the peer; it may be the one that begins the association.</summary>
    public void Receive(ReadOnlySpan<byte> packet)
    {
        if (_isStopped)
        {
            return;
        }

        ConnectIfWanted(isWanted: true);
        _association.Receive(packet, _context.Now);
        Schedule();
    }

    /// <summary>Sends a message on a stream, read before this returns.</summary>
    public DataSendStatus Send(SctpStreamParameters stream, uint ppid, ReadOnlySpan<byte> message)
    {
        if (_isStopped)
        {
            return DataSendStatus.Failed;
        }

        var unordered = stream.Ordered == false;
        var options = new SctpSendOptions
        {
            Unordered = unordered,
            Lifetime = unordered && stream.MaxPacketLifeTime is { } lifeTime ? TimeSpan.FromMilliseconds(lifeTime) : null,
            MaxRetransmissions = unordered ? stream.MaxRetransmits : null,
        };
        var status = _association.Send(stream.StreamId, new PayloadProtocolId(ppid), message, options, _context.Now);
        Schedule();
        return status switch
        {
            SctpSendStatus.Success => DataSendStatus.Sent,
            SctpSendStatus.ResourceExhaustion => DataSendStatus.BufferFull,
            _ => DataSendStatus.Failed,
        };
    }

    /// <summary>Bytes that wait on a stream.</summary>
    public uint GetBufferedAmount(ushort streamId) => (uint)_association.BufferedAmount(streamId);

    /// <summary>Whether at most half of what may wait on a stream, and on all of them, does.</summary>
    public bool IsHalfEmpty(ushort streamId) =>
        _association.BufferedAmount(streamId) <= Parameters.PerStreamSendQueueLimit / 2 && _association.TotalBufferedAmount <= Parameters.SendBufferSize / 2;

    public uint GetBufferedAmountLowThreshold(ushort streamId) => _lowThresholds.GetValueOrDefault(streamId, _defaultLowThreshold);

    public void SetBufferedAmountLowThreshold(ushort streamId, uint threshold)
    {
        _lowThresholds[streamId] = threshold;
        _association.SetBufferedAmountLowThreshold(streamId, ToSize(threshold));
    }

    /// <summary>Tells the peer that the association is over, when packets can still pass. Nobody else is told.</summary>
    public void Close()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _association.Abort(_context.Now);
            _timer.Stop();
            State = SctpState.Closed;
        }
    }

    /// <summary>The transport has a fault: nothing goes in or out any more.</summary>
    public void OnFault()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _timer.Stop();
            SetState(SctpState.Closed);
        }
    }

    void ISctpEvents.SendPacket(ReadOnlySpan<byte> packet) => _transport.SendSctp(packet);

    void ISctpEvents.StateChanged(Sctp.SctpState state)
    {
        if (!_isStopped)
        {
            SetState(state switch
            {
                Sctp.SctpState.New => SctpState.New,
                Sctp.SctpState.Connecting => SctpState.Connecting,
                Sctp.SctpState.Connected => SctpState.Connected,
                Sctp.SctpState.Failed => SctpState.Failed,
                _ => SctpState.Closed,
            });
        }
    }

    void ISctpEvents.Negotiated(in SctpCapabilities capabilities)
    {
        NegotiatedCapabilities = new SctpNegotiatedCapabilities
        {
            NegotiatedMaxOutboundStreams = capabilities.OutgoingStreams,
            NegotiatedMaxInboundStreams = capabilities.IncomingStreams,
        };
        _context.Log.Debug(
            LogTags.Sctp,
            nameof(SctpLink),
            $"the association has {capabilities.OutgoingStreams} streams out and {capabilities.IncomingStreams} in [transportId:{_transport.Id}]");
        _context.Emit(new TransportSctpNegotiatedCapabilitiesEvent(_transport.Id, NegotiatedCapabilities));
    }

    void ISctpEvents.Message(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message)
    {
        if (_listener.Find(streamId) is not { } producer)
        {
            UnroutedMessages++;
            if (_context.Log.WarnsAboutPacket(LogTags.Sctp, _context.Now))
            {
                _context.Log.Warn(nameof(SctpLink), $"no data producer for a message on stream {streamId} [transportId:{_transport.Id}]");
            }

            return;
        }

        producer.Receive(_transport.IsPipe
            ? SubchannelFraming.Read(ppid.Value, message)
            : new DataMessage { Ppid = ppid.Value, Payload = message });
    }

    void ISctpEvents.BufferedAmountLow(ushort streamId) => _consumers.GetValueOrDefault(streamId)?.OnBufferedAmountLow();

    void ISctpEvents.IncomingStreamsReset(ReadOnlySpan<ushort> streamIds)
    {
        LogStreams("the peer reset its side of streams:", streamIds);

        // A data channel is closed by resetting both its directions (RFC 8831 section 6.7); elsewhere ours are independent.
        if (!Parameters.IsDataChannel)
        {
            return;
        }

        if (streamIds.IsEmpty)
        {
            foreach (var consumer in _consumers.Values.ToArray())
            {
                _transport.Remove(consumer);
            }
        }

        foreach (var streamId in streamIds)
        {
            if (_consumers.GetValueOrDefault(streamId) is { } consumer)
            {
                _transport.Remove(consumer);
            }
        }
    }

    void ISctpEvents.Error(SctpErrorKind kind, string description)
    {
        if (_context.Log.WarnsAboutPacket(LogTags.Sctp, _context.Now))
        {
            _context.Log.Warn(nameof(SctpLink), $"{kind}: {description} [transportId:{_transport.Id}]");
        }
    }

    void ISctpEvents.Restarted() =>
        _context.Log.Debug(LogTags.Sctp, nameof(SctpLink), $"the peer began the association anew [transportId:{_transport.Id}]");

    void ISctpEvents.TotalBufferedAmountLow()
    {
    }

    void ISctpEvents.MessageSettled(ulong lifecycleId, SctpMessageOutcome outcome)
    {
    }

    void ISctpEvents.OutgoingStreamsReset(ReadOnlySpan<ushort> streamIds) => LogStreams("our side is reset of streams:", streamIds);

    void ISctpEvents.OutgoingStreamsResetFailed(ReadOnlySpan<ushort> streamIds) => LogStreams("the peer refused to reset streams:", streamIds);

    private void LogStreams(string what, ReadOnlySpan<ushort> streamIds) => _context.Log.Debug(
        LogTags.Sctp,
        nameof(SctpLink),
        $"{what} {(streamIds.IsEmpty ? "all streams" : string.Join(", ", streamIds.ToArray()))} [transportId:{_transport.Id}]");

    private static int ToSize(uint size) => (int)Math.Min(size, int.MaxValue);

    private void SetState(SctpState state)
    {
        if (state != State)
        {
            State = state;
            _context.Log.Debug(LogTags.Sctp, nameof(SctpLink), $"the association is {state} [transportId:{_transport.Id}]");
            _context.Emit(new TransportSctpStateChangeEvent(_transport.Id, state));
        }
    }

    private void ResetStream(ushort streamId)
    {
        if (!_isStopped)
        {
            _association.ResetStreams([streamId], _context.Now);
            Schedule();
        }
    }

    private void OnDeadline(MonotonicTime now)
    {
        _association.OnDeadline(now);
        Schedule();
    }

    private void Schedule()
    {
        if (!_isStopped)
        {
            _timer.Schedule(_association.NextDeadline);
        }
    }
}
