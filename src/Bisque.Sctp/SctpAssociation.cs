using System.Diagnostics;
using Bisque.Primitives;
using Bisque.Sctp.Association;
using Bisque.Sctp.Buffers;
using Bisque.Sctp.Send;

namespace Bisque.Sctp;

/// <summary>
/// One end of an SCTP association (RFC 9260) for data channels, without any I/O of its own: packets and the time go in, packets and events
/// come out through <see cref="ISctpEvents"/>. One path, no addresses: what is below (DTLS, UDP) carries packets. Not thread-safe.
/// </summary>
/// <remarks>
/// With it come partial reliability (RFC 3758), stream reset (RFC 6525), I-DATA (RFC 8260) and packets without checksum (RFC 9653), each
/// when both sides offer it. Memory is bounded by <see cref="SctpOptions.SendBufferSize"/> and <see cref="SctpOptions.ReceiverWindow"/>,
/// whatever the peer does.
/// </remarks>
public sealed partial class SctpAssociation
{
    private const int SmallestMtu = 512;
    private const int LargestMtu = 1500;

    private readonly SctpOptions _options;
    private readonly RandomSource _random;
    private readonly ISctpEvents _events;
    private readonly byte[] _cookieKey = new byte[StateCookie.KeyLength];
    private readonly BytePool _pool = new();
    private readonly SendQueue _sendQueue;
    private readonly OutgoingPacket _packet;
    private readonly RetransmissionTimer _t1;
    private readonly RetransmissionTimer _t2;
    private AssociationState _state;
    private TransmissionControlBlock? _tcb;
    private SctpCounters _counters;
    private MonotonicTime _now;
    private int _depth;

    /// <summary>An association that does nothing until <see cref="Connect"/>, or until the peer begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SctpAssociation(SctpOptions options, RandomSource random, ISctpEvents events)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Mtu, SmallestMtu, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Mtu, LargestMtu, nameof(options));
        ArgumentOutOfRangeException.ThrowIfZero(options.OutgoingStreams, nameof(options));
        ArgumentOutOfRangeException.ThrowIfZero(options.IncomingStreams, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReceiverWindow, SmallestWindow, nameof(options));
        _options = options;
        _random = random;
        _events = events;
        _random.Fill(_cookieKey);
        _sendQueue = new(options, events, _pool);
        _packet = new(options.Mtu);
        _t1 = new(options.T1Timeout, options.MaxInitRetransmissions);
        _t2 = new(options.T2Timeout, options.MaxRetransmissions);
    }

    /// <summary>Where the association is in its life.</summary>
    public SctpState State => _state switch
    {
        AssociationState.New => SctpState.New,
        AssociationState.CookieWait or AssociationState.CookieEchoed => SctpState.Connecting,
        AssociationState.Established => SctpState.Connected,
        AssociationState.Closed => SctpState.Closed,
        AssociationState.Failed => SctpState.Failed,
        _ => SctpState.ShuttingDown,
    };

    /// <summary>What was negotiated; all zero before the association is connected, kept when it is closed.</summary>
    public SctpCapabilities NegotiatedCapabilities { get; private set; }

    /// <summary>Which library the peer uses, when its INIT-ACK said so.</summary>
    public SctpImplementation PeerImplementation { get; private set; }

    /// <summary>When <see cref="OnDeadline"/> is to be called, or <see cref="MonotonicTime.Never"/>. May change with every other call.</summary>
    public MonotonicTime NextDeadline =>
        MonotonicTime.Min(MonotonicTime.Min(_t1.Deadline, _t2.Deadline), _tcb?.NextDeadline ?? MonotonicTime.Never);

    /// <summary>Bytes waiting to be sent for the first time, over all streams.</summary>
    public int TotalBufferedAmount => _sendQueue.TotalBufferedAmount;

    /// <summary>What has been seen, sent and dropped.</summary>
    public SctpCounters Counters => _counters with { Retransmissions = _retransmissionsBefore + (_tcb?.Outgoing.Retransmissions ?? 0) };

    private bool IsOver => _state is AssociationState.Closed or AssociationState.Failed;

    /// <summary>Begins the handshake. Does nothing if it has begun.</summary>
    public void Connect(MonotonicTime now)
    {
        Enter(now);
        if (_state == AssociationState.New)
        {
            BeginHandshake();
        }

        Leave();
    }

    /// <summary>Takes a packet from the peer. Whatever it is, nothing is thrown.</summary>
    public void Receive(ReadOnlySpan<byte> packet, MonotonicTime now)
    {
        Enter(now);
        _counters.PacketsReceived++;
        if (!TryReceivePacket(packet))
        {
            _counters.PacketsDropped++;
        }

        Leave();
    }

    /// <summary>
    /// Queues a message, and sends what the peer and the network have room for. Messages wait until the association is connected; when
    /// they are then on a stream that the peer does not allow, they are never sent.
    /// </summary>
    public SctpSendStatus Send(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message, in SctpSendOptions options, MonotonicTime now)
    {
        if (message.IsEmpty)
        {
            return SctpSendStatus.MessageEmpty;
        }

        if (message.Length > _options.MaxSendMessageSize)
        {
            return SctpSendStatus.MessageTooLarge;
        }

        if (_state is not (AssociationState.New or AssociationState.CookieWait or AssociationState.CookieEchoed or AssociationState.Established))
        {
            return SctpSendStatus.Closed;
        }

        if (streamId >= (_tcb?.Capabilities.OutgoingStreams ?? _options.OutgoingStreams))
        {
            return SctpSendStatus.InvalidStream;
        }

        Enter(now);
        var status = _sendQueue.Add(streamId, ppid, message, options, now);
        if (status == SctpSendStatus.Success)
        {
            _counters.MessagesSent++;
        }

        Leave();
        return status;
    }

    /// <summary>
    /// Asks the peer to reset streams (RFC 6525) once what is queued on them has been sent; <see cref="ISctpEvents.OutgoingStreamsReset"/>
    /// tells when it did. Before the association is connected there is nothing to reset: what is queued is dropped, so that it does not
    /// come out of the streams for whoever takes them next. False when resets were not negotiated, or the association is over.
    /// </summary>
    public bool ResetStreams(ReadOnlySpan<ushort> streamIds, MonotonicTime now)
    {
        if (_state is AssociationState.New or AssociationState.CookieWait or AssociationState.CookieEchoed)
        {
            Enter(now);
            foreach (var streamId in streamIds)
            {
                _sendQueue.Drop(streamId);
            }

            Leave();
            return true;
        }

        if (_state != AssociationState.Established || _tcb is not { Capabilities.StreamReset: true } tcb)
        {
            return false;
        }

        Enter(now);
        foreach (var streamId in streamIds)
        {
            if (streamId < tcb.Capabilities.OutgoingStreams)
            {
                _sendQueue.PrepareReset(streamId);
            }
        }

        Leave();
        return true;
    }

    /// <summary>Bytes of a stream that wait to be sent for the first time.</summary>
    public int BufferedAmount(ushort streamId) => _sendQueue.BufferedAmount(streamId);

    /// <summary>Sets when <see cref="ISctpEvents.BufferedAmountLow"/> is called for a stream.</summary>
    public void SetBufferedAmountLowThreshold(ushort streamId, int amount) => _sendQueue.SetLowThreshold(streamId, amount);

    /// <summary>Sets a stream's share when several have messages waiting: more is more, 256 is what every stream begins with.</summary>
    public void SetPriority(ushort streamId, ushort priority) => _sendQueue.SetPriority(streamId, priority);

    private void Enter(MonotonicTime now)
    {
        _now = now;
        _depth++;
    }

    /// <summary>The outermost call sends what came up; an owner that calls from an event is already inside of one.</summary>
    private void Leave()
    {
        if (_depth == 1)
        {
            Flush();
        }

        _depth--;
        Debug.Assert(_depth >= 0);
    }

    private void MoveTo(AssociationState state)
    {
        var before = State;
        _state = state;
        if (State != before)
        {
            _events.StateChanged(State);
        }
    }
}
