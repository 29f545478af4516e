namespace Bisque.Congestion.Remb;

/// <summary>
/// Joins packets into groups and compares each group with the one before (draft-ietf-rmcat-gcc-02 sections 5.1 and 5.2). Times in
/// microseconds.
/// </summary>
internal sealed class InterArrival
{
    /// <summary>Packets that left within that time are one group.</summary>
    private const long BurstMicroseconds = 5_000;

    /// <summary>A burst that the network made out of several groups ends after that time.</summary>
    private const long LongestBurstMicroseconds = 100_000;

    /// <summary>Delays that differ by more are no queue: a clock was set, or the peer makes numbers up.</summary>
    private const long WildMicroseconds = 3_000_000;

    /// <summary>So many packets in a row from the past mean that the sender's clock was set back.</summary>
    private const int MaximumReordered = 16;

    private PacketGroup? _current;
    private PacketGroup? _previous;
    private int _reordered;

    /// <summary>Whether the last packet made everything begin anew.</summary>
    public bool WasReset { get; private set; }

    /// <summary>
    /// Takes a packet. True when it ended a group that can be compared with the one before: the differences of their last send and
    /// arrival times.
    /// </summary>
    public bool TryAdd(long send, long arrival, out long sendDelta, out long arrivalDelta)
    {
        sendDelta = arrivalDelta = 0;
        WasReset = false;
        if (_current is not { } group)
        {
            _current = Begin(send, arrival);
            return false;
        }

        if (send < group.FirstSend)
        {
            if (++_reordered >= MaximumReordered)
            {
                Restart(send, arrival);
            }

            return false;
        }

        _reordered = 0;
        if (IsWild(group, send, arrival))
        {
            Restart(send, arrival);
            return false;
        }

        if (BelongsTo(group, send, arrival))
        {
            _current = group with { LastSend = Math.Max(group.LastSend, send), LastArrival = Math.Max(group.LastArrival, arrival) };
            return false;
        }

        var hasDelta = _previous is not null;
        if (_previous is { } previous)
        {
            sendDelta = group.LastSend - previous.LastSend;
            arrivalDelta = group.LastArrival - previous.LastArrival;
        }

        _previous = group;
        _current = Begin(send, arrival);
        return hasDelta;
    }

    /// <summary>Forgets all packets.</summary>
    public void Reset()
    {
        _current = _previous = null;
        _reordered = 0;
    }

    private static PacketGroup Begin(long send, long arrival) => new(send, send, arrival, arrival);

    private static bool IsWild(in PacketGroup group, long send, long arrival) =>
        Math.Abs(arrival - group.LastArrival - (send - group.LastSend)) > WildMicroseconds;

    private static bool BelongsTo(in PacketGroup group, long send, long arrival)
    {
        if (send - group.FirstSend <= BurstMicroseconds)
        {
            return true;
        }

        // Packets that waited together, for instance for a radio slot, arrive together though they left apart.
        var waited = arrival - group.LastArrival - (send - group.LastSend) < 0;
        return waited
            && arrival - group.LastArrival <= BurstMicroseconds
            && arrival - group.FirstArrival < LongestBurstMicroseconds;
    }

    private void Restart(long send, long arrival)
    {
        Reset();
        _current = Begin(send, arrival);
        WasReset = true;
    }
}
