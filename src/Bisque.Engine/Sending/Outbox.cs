using System.Buffers.Binary;
using Bisque.Engine.Internal;
using Bisque.Net;
using Bisque.Rtp;
using Bisque.Srtp;

namespace Bisque.Engine.Sending;

/// <summary>
/// Collects what the consumers want to send in one turn of the loop, then orders it by transport (keeping the order within each),
/// writes the fields that belong to the moment of sending, protects everything in one batch and hands it to the sockets. A turn
/// with one packet waits for nothing: the batch is as large as the load makes it.
/// </summary>
internal sealed class Outbox(WorkerContext context)
{
    /// <summary>Packets that one batch holds; the one after it flushes.</summary>
    public const int Capacity = SendBatch.Capacity;

    /// <summary>Room for a packet's own header, extensions and payload prefix.</summary>
    public const int HeadCapacity = 768;

    private const int None = -1;

    private readonly byte[] _heads = GC.AllocateUninitializedArray<byte>(Capacity * HeadCapacity, pinned: true);
    private readonly Entry[] _entries = new Entry[Capacity];
    private readonly SendJob[] _jobs = new SendJob[Capacity];
    private readonly SendSlot[] _slots = new SendSlot[Capacity];
    private readonly int[] _order = new int[Capacity];
    private readonly List<Transport> _transports = new(64);
    private int _count;
    private bool _flushing;

    public int Count => _count;

    /// <summary>Where the next packet's head is to be written. Valid until <see cref="Append"/>; flushes first when full.</summary>
    public Span<byte> NextHead()
    {
        if (_count == Capacity)
        {
            Flush();
        }

        return _heads.AsSpan(_count * HeadCapacity, HeadCapacity);
    }

    /// <summary>Takes the packet whose head was just written.</summary>
    public void Append(Transport transport, in OutgoingPacket packet)
    {
        var index = _count++;
        packet.Buffer.AddReference();
        ref var entry = ref _entries[index];
        entry.Kind = packet.Kind;
        entry.AbsSendTimeOffset = packet.AbsSendTimeOffset;
        entry.WideSequenceNumberOffset = packet.WideSequenceNumberOffset;
        entry.Buffer = packet.Buffer;
        entry.HeaderLength = packet.HeaderLength;
        entry.HeadLength = packet.HeadLength;
        entry.BodyOffset = packet.BodyOffset;
        entry.BodyLength = packet.BodyLength;
        entry.Next = None;
        if (transport.OutboxChain.IsEmpty)
        {
            transport.OutboxChain = new OutboxChain(index, index);
            _transports.Add(transport);
        }
        else
        {
            _entries[transport.OutboxChain.Last].Next = index;
            transport.OutboxChain = transport.OutboxChain with { Last = index };
        }
    }

    /// <summary>Sends whatever is waiting. Whoever is about to change what waiting packets depend on calls this first.</summary>
    public void Flush()
    {
        if (_count == 0 || _flushing)
        {
            return;
        }

        _flushing = true;
        try
        {
            context.Loop.Outgoing.Flush();
            PrepareJobs();
            ProtectJobs();
            Deliver();
            context.Loop.Outgoing.Flush();
        }
        finally
        {
            Clear();
            _flushing = false;
        }
    }

    private void PrepareJobs()
    {
        var absSendTime = AbsSendTime.From(context.Now);
        var position = 0;
        foreach (var transport in _transports)
        {
            for (var index = transport.OutboxChain.First; index != None; index = _entries[index].Next)
            {
                ref var entry = ref _entries[index];
                WriteSendTimeFields(transport, ref entry, index * HeadCapacity, absSendTime);
                if (!context.Loop.Outgoing.TryReserve(out _slots[position]))
                {
                    throw new System.Diagnostics.UnreachableException("The batch was flushed and holds as many slots as the outbox.");
                }

                _order[position] = index;
                _jobs[position++] = new SendJob
                {
                    Session = transport.SendSession,
                    Head = _heads,
                    HeadOffset = index * HeadCapacity,
                    HeadLength = entry.HeadLength,
                    HeaderLength = entry.HeaderLength,
                    Body = entry.Buffer!.Array,
                    BodyOffset = entry.BodyOffset,
                    BodyLength = entry.BodyLength,
                    Slot = _slots[position - 1].Array,
                    SlotOffset = _slots[position - 1].Offset,
                    SlotCapacity = SendSlot.Capacity,
                };
            }
        }
    }

    private void WriteSendTimeFields(Transport transport, ref Entry entry, int head, AbsSendTime absSendTime)
    {
        if (entry.AbsSendTimeOffset >= 0)
        {
            absSendTime.Write(_heads.AsSpan(head + entry.AbsSendTimeOffset));
        }

        if (entry.WideSequenceNumberOffset >= 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(
                _heads.AsSpan(head + entry.WideSequenceNumberOffset), transport.NextWideSequenceNumber());
        }
    }

    private void ProtectJobs()
    {
        try
        {
            SrtpSession.Protect(_jobs.AsSpan(0, _count));
        }
        catch (Exception)
        {
            // One session is broken and which one is not known here: ask each transport's share alone.
            ProtectTransportByTransport();
        }
    }

    private void ProtectTransportByTransport()
    {
        var start = 0;
        foreach (var transport in _transports)
        {
            var length = LengthOf(transport);
            var share = _jobs.AsSpan(start, length);
            start += length;
            try
            {
                SrtpSession.Protect(share);
            }
            catch (Exception fault)
            {
                foreach (ref var job in share)
                {
                    job.Written = 0;
                }

                transport.OnFault(fault);
            }
        }
    }

    private int LengthOf(Transport transport)
    {
        var length = 0;
        for (var index = transport.OutboxChain.First; index != None; index = _entries[index].Next)
        {
            length++;
        }

        return length;
    }

    private void Deliver()
    {
        var position = 0;
        foreach (var transport in _transports)
        {
            var end = position + LengthOf(transport);
            try
            {
                context.InjectFault?.Invoke(FaultPoint.Send, transport);
                for (; position < end; position++)
                {
                    Deliver(transport, position);
                }
            }
            catch (Exception fault)
            {
                position = end;
                transport.OnFault(fault);
            }
        }
    }

    private void Deliver(Transport transport, int position)
    {
        ref var job = ref _jobs[position];
        if (job.Written == 0)
        {
            transport.Counters.ProtectFailures++;
            return;
        }

        transport.SendProtected(_slots[position], job.Written);
        ref readonly var entry = ref _entries[_order[position]];
        transport.OnRtpSent(entry.Kind, entry.HeadLength + entry.BodyLength, job.Written, context.Now);
    }

    private void Clear()
    {
        foreach (var transport in _transports)
        {
            transport.OutboxChain = OutboxChain.Empty;
        }

        _transports.Clear();
        for (var i = 0; i < _count; i++)
        {
            _entries[i].Buffer!.Release();
            _entries[i].Buffer = null;
        }

        _jobs.AsSpan(0, _count).Clear();
        _count = 0;
    }

    private struct Entry
    {
        public PacketBuffer? Buffer;
        public int HeaderLength;
        public int HeadLength;
        public int BodyOffset;
        public int BodyLength;
        public int AbsSendTimeOffset;
        public int WideSequenceNumberOffset;
        public int Next;
        public OutgoingKind Kind;
    }
}
