namespace Bisque.Sctp.Send;

/// <summary>
/// Which stream sends next (RFC 8260 section 3): the one that has had least service. Without I-DATA a message costs the same whatever its
/// length, which makes it round-robin; with I-DATA each fragment costs its bytes divided by the stream's priority, which shares the path
/// fairly. A stream that had nothing to send does not save up service.
/// </summary>
internal sealed class StreamScheduler
{
    /// <summary>The priority of streams that were given none (RFC 8831 section 6.4: "normal").</summary>
    public const int DefaultPriority = 256;

    private readonly PriorityQueue<OutgoingStream, (long ServiceTime, long Order)> _streams = new();
    private long _now;
    private long _order;

    /// <summary>The stream has got something to send.</summary>
    public void Activate(OutgoingStream stream)
    {
        if (stream.IsScheduled || !stream.CanSend)
        {
            return;
        }

        stream.IsScheduled = true;
        stream.ServiceTime = Math.Max(stream.ServiceTime, _now);
        _streams.Enqueue(stream, (stream.ServiceTime, _order++));
    }

    /// <summary>The stream that is next. Stays so until it is charged or has nothing more to send.</summary>
    public bool TryPeek(out OutgoingStream stream)
    {
        while (_streams.TryPeek(out stream!, out _))
        {
            if (stream.CanSend)
            {
                _now = stream.ServiceTime;
                return true;
            }

            stream.IsScheduled = false;
            _streams.Dequeue();
        }

        return false;
    }

    /// <summary>The stream that is next has sent a whole message (round-robin).</summary>
    public void ChargeMessage(OutgoingStream stream) => Charge(stream, 1);

    /// <summary>The stream that is next has sent some bytes (weighted fair).</summary>
    public void ChargeBytes(OutgoingStream stream, int bytes) => Charge(stream, Math.Max(1, (long)bytes * DefaultPriority / stream.Priority));

    private void Charge(OutgoingStream stream, long cost)
    {
        stream.ServiceTime += cost;
        if (stream.CanSend)
        {
            _streams.DequeueEnqueue(stream, (stream.ServiceTime, _order++));
        }
        else
        {
            stream.IsScheduled = false;
            _streams.Dequeue();
        }
    }
}
