using Bisque.Primitives;
using Bisque.Sctp.Buffers;

namespace Bisque.Sctp.Send;

/// <summary>
/// Messages that wait to be sent, stream by stream, and their cutting into fragments. Bounded by the options' limits of bytes, and by a
/// count of messages, since a message of one byte needs memory too.
/// </summary>
internal sealed partial class SendQueue
{
    /// <summary>A message that needs cutting anyway fills what is left of a packet, unless that is less than this.</summary>
    public const int SmallestFragment = 256;

    /// <summary>One message may wait for so many bytes of the send buffer.</summary>
    private const int BytesPerMessage = 32;

    private readonly SctpOptions _options;
    private readonly Dictionary<ushort, OutgoingStream> _streams = [];
    private readonly StreamScheduler _scheduler = new();
    private readonly SendEvents _events;
    private readonly int _totalLowThreshold;
    private readonly int _maximumMessages;
    private SctpCapabilities _capabilities;
    private OutgoingStream? _latest;
    private int _messages;

    /// <summary>A queue with nothing in it. Until <see cref="SetCapabilities"/> everything is assumed to be negotiated as wished.</summary>
    public SendQueue(SctpOptions options, ISctpEvents events, BytePool? pool = null)
    {
        _options = options;
        _events = new(events);
        _totalLowThreshold = (int)((long)options.SendBufferSize * 9 / 10);
        _maximumMessages = Math.Max(1, options.SendBufferSize / BytesPerMessage);
        Messages = new(pool ?? new());
        _capabilities = new() { OutgoingStreams = options.OutgoingStreams, PartialReliability = options.PartialReliability };
    }

    /// <summary>Bytes that wait to be sent for the first time, over all streams.</summary>
    public int TotalBufferedAmount { get; private set; }

    /// <summary>Whether nothing waits, not even behind a reset.</summary>
    public bool IsEmpty => _messages == 0;

    /// <summary>Where messages come from and go.</summary>
    public OutgoingMessagePool Messages { get; }

    /// <summary>What the handshake gave. What waits on streams that the peer does not allow is dropped.</summary>
    public void SetCapabilities(in SctpCapabilities capabilities)
    {
        _capabilities = capabilities;
        foreach (var stream in _streams.Values)
        {
            if (stream.Id >= capabilities.OutgoingStreams)
            {
                DropAll(stream);
            }
        }
    }

    /// <summary>Queues a copy of a message.</summary>
    public SctpSendStatus Add(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> payload, in SctpSendOptions options, MonotonicTime now)
    {
        if (payload.IsEmpty)
        {
            return SctpSendStatus.MessageEmpty;
        }

        if (payload.Length > _options.MaxSendMessageSize)
        {
            return SctpSendStatus.MessageTooLarge;
        }

        if (streamId >= _capabilities.OutgoingStreams)
        {
            return SctpSendStatus.InvalidStream;
        }

        var stream = StreamOf(streamId);
        if (TotalBufferedAmount >= _options.SendBufferSize || stream.BufferedBytes >= _options.PerStreamSendQueueLimit || _messages >= _maximumMessages)
        {
            return SctpSendStatus.ResourceExhaustion;
        }

        var message = Messages.Rent(stream, payload);
        message.Ppid = ppid;
        message.IsUnordered = options.Unordered;
        message.ExpiresAt = options.Lifetime is { } lifetime ? now + lifetime : MonotonicTime.Never;
        message.MaxRetransmissions = options.MaxRetransmissions ?? int.MaxValue;
        message.LifecycleId = options.LifecycleId;
        stream.Add(message);
        stream.BufferedBytes += payload.Length;
        TotalBufferedAmount += payload.Length;
        _messages++;
        _scheduler.Activate(stream);
        return SctpSendStatus.Success;
    }

    /// <summary>Bytes of a stream that wait to be sent for the first time.</summary>
    public int BufferedAmount(ushort streamId) => _streams.TryGetValue(streamId, out var stream) ? stream.BufferedBytes : 0;

    /// <summary>Sets at how many bytes <see cref="ISctpEvents.BufferedAmountLow"/> is called; at once when that is now so and was not before.</summary>
    public void SetLowThreshold(ushort streamId, int amount)
    {
        var stream = StreamOf(streamId);
        if (stream.BufferedBytes > stream.LowThreshold && stream.BufferedBytes <= amount)
        {
            _events.AddLow(streamId);
        }

        stream.LowThreshold = amount;
        _events.Raise();
    }

    /// <summary>Sets a stream's share against others, for I-DATA.</summary>
    /// <param name="streamId">The stream.</param>
    /// <param name="priority">1 to 65535; twice the number is twice the bytes.</param>
    public void SetPriority(ushort streamId, int priority) => StreamOf(streamId).Priority = priority;

    /// <summary>Takes the next fragment, which holds its message until the caller releases it. Messages whose time is over are dropped on the way.</summary>
    /// <param name="room">Most bytes that it may have here.</param>
    /// <param name="roomAlone">Most bytes that it could have in a packet of its own: a message that fits there is not cut to fit here.</param>
    /// <param name="interleaved">Whether it becomes I-DATA.</param>
    /// <param name="now">The time.</param>
    /// <param name="fragment">The fragment, or one of the message that has expired.</param>
    public ProduceResult TryProduce(int room, int roomAlone, bool interleaved, MonotonicTime now, out OutgoingFragment fragment)
    {
        while (_scheduler.TryPeek(out var stream))
        {
            var message = stream.First!;
            if (now > message.ExpiresAt && _capabilities.PartialReliability)
            {
                if (Expire(stream, message, out fragment) is { } result)
                {
                    return result;
                }

                continue;
            }

            var length = message.Length - message.Taken;
            if (length > room)
            {
                if (room < Math.Min(SmallestFragment, roomAlone) || length <= roomAlone)
                {
                    break;
                }

                length = room & ~3;
            }

            fragment = Take(stream, message, length, interleaved);
            return ProduceResult.Fragment;
        }

        fragment = default;
        return ProduceResult.Nothing;
    }

    /// <summary>Takes a message out that has been given up while parts of it were not sent.</summary>
    public void Discard(OutgoingMessage message)
    {
        if (message.IsQueued)
        {
            var stream = message.Stream;
            RemoveFirst(stream);
            Consume(stream, message.Length - message.Taken);
            Messages.Release(message);
        }
    }

    /// <summary>It is known what became of a message.</summary>
    public void Settle(OutgoingMessage message, SctpMessageOutcome outcome) => _events.Settle(message, outcome);

    /// <summary>Tells the owner what has happened since the last time.</summary>
    public void RaiseEvents() => _events.Raise();

    private ProduceResult? Expire(OutgoingStream stream, OutgoingMessage message, out OutgoingFragment fragment)
    {
        if (message.Taken > 0)
        {
            fragment = new(message, 0, 0, 0);
            return ProduceResult.Expired;
        }

        fragment = default;
        RemoveFirst(stream);
        Settle(message, SctpMessageOutcome.Expired);
        Consume(stream, message.Length);
        Messages.Release(message);
        return null;
    }

    private OutgoingFragment Take(OutgoingStream stream, OutgoingMessage message, int length, bool interleaved)
    {
        if (message.Taken == 0)
        {
            message.Number = Number(stream, message.IsUnordered, interleaved);
        }

        var fragment = new OutgoingFragment(message, message.Taken, length, message.NextFsn++);
        message.References++;
        message.Taken += length;
        if (fragment.IsEnding)
        {
            RemoveFirst(stream);
            Messages.Release(message);
        }

        if (interleaved)
        {
            _scheduler.ChargeBytes(stream, length);
        }
        else if (fragment.IsEnding)
        {
            _scheduler.ChargeMessage(stream);
        }

        Consume(stream, length);
        return fragment;
    }

    private static uint Number(OutgoingStream stream, bool unordered, bool interleaved)
    {
        if (!unordered)
        {
            return stream.NextOrdered++;
        }

        return interleaved ? stream.NextUnordered++ : 0;
    }

    private void RemoveFirst(OutgoingStream stream)
    {
        stream.RemoveFirst();
        _messages--;
    }

    private void DropAll(OutgoingStream stream)
    {
        while (stream.First is { } message)
        {
            RemoveFirst(stream);
            Settle(message, SctpMessageOutcome.Expired);
            Messages.Release(message);
        }

        TotalBufferedAmount -= stream.BufferedBytes;
        stream.BufferedBytes = 0;
    }

    private void Consume(OutgoingStream stream, int bytes)
    {
        var before = stream.BufferedBytes;
        stream.BufferedBytes -= bytes;
        if (before > stream.LowThreshold && stream.BufferedBytes <= stream.LowThreshold)
        {
            _events.AddLow(stream.Id);
        }

        var totalBefore = TotalBufferedAmount;
        TotalBufferedAmount -= bytes;
        if (totalBefore > _totalLowThreshold && TotalBufferedAmount <= _totalLowThreshold)
        {
            _events.AddTotalLow();
        }
    }

    private OutgoingStream StreamOf(ushort streamId)
    {
        if (_latest is { } latest && latest.Id == streamId)
        {
            return latest;
        }

        if (!_streams.TryGetValue(streamId, out var stream))
        {
            stream = new(streamId) { LowThreshold = _options.BufferedAmountLowThreshold };
            _streams.Add(streamId, stream);
        }

        return _latest = stream;
    }
}
