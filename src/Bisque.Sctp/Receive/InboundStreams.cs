using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Receive;

/// <summary>
/// Delivers ordered messages in order: knows the number that each stream expects, and holds what is ahead of it. Numbers are unwrapped
/// SSNs (DATA) or MIDs (I-DATA).
/// </summary>
internal sealed class InboundStreams(FragmentMemory memory, IMessageSink sink)
{
    private const int RetainedHeaps = 16;
    private const int RetainedHeapCapacity = 256;
    private readonly StreamNumbers _expected = new(initial: 0);
    private readonly Dictionary<ushort, PriorityQueue<WaitingMessage, long>> _waiting = [];
    private readonly Stack<PriorityQueue<WaitingMessage, long>> _freeHeaps = new();

    /// <summary>Which message of its stream a chunk belongs to, unwrapped; negative when it is before the first.</summary>
    public long NumberOf(in DataChunk chunk)
    {
        var expected = _expected[chunk.StreamId];
        return chunk.IsInterleaved ? Unwrap(expected, chunk.Mid) : Unwrap(expected, chunk.Ssn);
    }

    /// <summary>Whether the stream is past the message of a chunk.</summary>
    public bool IsPast(in DataChunk chunk) => NumberOf(chunk) < _expected[chunk.StreamId];

    /// <summary>Whether the stream is past an ordered message.</summary>
    public bool IsPast(Assembly assembly, bool interleaved)
    {
        var expected = _expected[assembly.StreamId];
        return (interleaved ? Unwrap(expected, new Mid(assembly.MessageNumber)) : Unwrap(expected, new Ssn((ushort)assembly.MessageNumber))) < expected;
    }

    /// <summary>Takes a whole message, too large ones without their bytes: delivers it, or holds a copy until it is its turn.</summary>
    public void Complete(ushort streamId, long number, PayloadProtocolId ppid, ReadOnlySpan<byte> message, bool tooLarge)
    {
        var expected = _expected[streamId];
        if (number == expected)
        {
            _expected[streamId] = expected + 1;
            Deliver(streamId, ppid, message, tooLarge);
            DeliverWaiting(streamId);
        }
        else if (number > expected)
        {
            HeapOf(streamId).Enqueue(new(memory.Keep(message), message.Length, ppid, tooLarge), number);
        }
    }

    /// <summary>Hands a message to the sink.</summary>
    public void Deliver(ushort streamId, PayloadProtocolId ppid, ReadOnlySpan<byte> message, bool tooLarge)
    {
        if (tooLarge)
        {
            sink.MessageTooLarge(streamId);
        }
        else
        {
            sink.Message(streamId, ppid, message);
        }
    }

    /// <summary>The peer gave up messages up to this one: those of them that are whole are delivered, and then what follows.</summary>
    public void Skip(in SkippedStream skipped, bool interleaved)
    {
        var expected = _expected[skipped.StreamId];
        var number = interleaved ? Unwrap(expected, skipped.Mid) : Unwrap(expected, skipped.Ssn);
        if (number < expected)
        {
            return;
        }

        DeliverUpTo(skipped.StreamId, number);
        _expected[skipped.StreamId] = number + 1;
        DeliverWaiting(skipped.StreamId);
    }

    /// <summary>Numbering of these streams, or of all when none is listed, begins anew. What is whole is delivered before.</summary>
    public void Reset(ReadOnlySpan<ushort> streamIds)
    {
        foreach (var streamId in streamIds)
        {
            DeliverUpTo(streamId, long.MaxValue);
            _expected[streamId] = 0;
        }

        if (streamIds.IsEmpty)
        {
            while (FirstWaiting() is { } streamId)
            {
                DeliverUpTo(streamId, long.MaxValue);
            }

            _expected.Clear();
        }
    }

    private static long Unwrap(long expected, Ssn ssn) => expected + new Ssn((ushort)expected).DistanceTo(ssn);

    private static long Unwrap(long expected, Mid mid) => expected + new Mid((uint)expected).DistanceTo(mid);

    private ushort? FirstWaiting()
    {
        foreach (var streamId in _waiting.Keys)
        {
            return streamId;
        }

        return null;
    }

    /// <summary>Delivers what has become the next, as long as there is any, and forgets what repeats a number.</summary>
    private void DeliverWaiting(ushort streamId)
    {
        while (_waiting.Count > 0 && _waiting.TryGetValue(streamId, out var heap) && heap.TryPeek(out _, out var number) && number <= _expected[streamId])
        {
            var message = Dequeue(streamId, heap);
            if (number == _expected[streamId])
            {
                _expected[streamId] = number + 1;
                DeliverHeld(streamId, message);
            }
            else
            {
                memory.Release(message.Bytes, message.Length);
            }
        }
    }

    private void DeliverUpTo(ushort streamId, long last)
    {
        while (_waiting.Count > 0 && _waiting.TryGetValue(streamId, out var heap) && heap.TryPeek(out _, out var number) && number <= last)
        {
            var message = Dequeue(streamId, heap);
            if (number < _expected[streamId])
            {
                memory.Release(message.Bytes, message.Length);
                continue;
            }

            _expected[streamId] = number + 1;
            DeliverHeld(streamId, message);
        }
    }

    private void DeliverHeld(ushort streamId, in WaitingMessage message)
    {
        Deliver(streamId, message.Ppid, message.Bytes.AsSpan(0, message.Length), message.TooLarge);
        memory.Release(message.Bytes, message.Length);
    }

    private WaitingMessage Dequeue(ushort streamId, PriorityQueue<WaitingMessage, long> heap)
    {
        var message = heap.Dequeue();
        if (heap.Count == 0)
        {
            _waiting.Remove(streamId);
            memory.Count(-FragmentMemory.AssemblyOverhead);
            if (_freeHeaps.Count < RetainedHeaps && heap.EnsureCapacity(0) <= RetainedHeapCapacity)
            {
                _freeHeaps.Push(heap);
            }
        }

        return message;
    }

    private PriorityQueue<WaitingMessage, long> HeapOf(ushort streamId)
    {
        if (!_waiting.TryGetValue(streamId, out var heap))
        {
            heap = _freeHeaps.TryPop(out var free) ? free : new();
            _waiting.Add(streamId, heap);
            memory.Count(FragmentMemory.AssemblyOverhead);
        }

        return heap;
    }

    private readonly record struct WaitingMessage(byte[] Bytes, int Length, PayloadProtocolId Ppid, bool TooLarge);
}
