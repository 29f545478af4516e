namespace Bisque.Sctp.Send;

/// <summary>What one outgoing stream has waiting, its numbering, and its place in the schedule.</summary>
internal sealed class OutgoingStream(ushort id)
{
    private OutgoingMessage? _last;
    private OutgoingMessage? _lastBeforeReset;

    /// <summary>The stream's number.</summary>
    public ushort Id { get; } = id;

    /// <summary>The message that is next, of which a part may have been sent.</summary>
    public OutgoingMessage? First { get; private set; }

    /// <summary>Bytes that wait to be sent for the first time.</summary>
    public int BufferedBytes { get; set; }

    /// <summary>At how many bytes the owner wants to know.</summary>
    public int LowThreshold { get; set; }

    /// <summary>The number that the next ordered message gets.</summary>
    public uint NextOrdered { get; set; }

    /// <summary>The number that the next unordered message gets in I-DATA.</summary>
    public uint NextUnordered { get; set; }

    /// <summary>Its share of the path against other streams with I-DATA, 1 to 65535.</summary>
    public int Priority { get; set; } = StreamScheduler.DefaultPriority;

    /// <summary>How much service it has had; the stream with least is next.</summary>
    public long ServiceTime { get; set; }

    /// <summary>Whether the schedule knows it.</summary>
    public bool IsScheduled { get; set; }

    /// <summary>Whether a reset is under way.</summary>
    public ResetPhase ResetPhase { get; private set; }

    /// <summary>Whether it has anything to send now.</summary>
    public bool CanSend => First is not null && ResetPhase is (ResetPhase.None or ResetPhase.Draining);

    /// <summary>Puts a message at the end.</summary>
    public void Add(OutgoingMessage message)
    {
        message.IsQueued = true;
        if (_last is null)
        {
            First = message;
        }
        else
        {
            _last.Following = message;
        }

        _last = message;
    }

    /// <summary>Takes the first message out.</summary>
    public OutgoingMessage RemoveFirst()
    {
        var message = First!;
        First = message.Following;
        message.Following = null;
        message.IsQueued = false;
        if (First is null)
        {
            _last = null;
        }

        if (message == _lastBeforeReset)
        {
            _lastBeforeReset = null;
            ResetPhase = ResetPhase.Ready;
        }

        return message;
    }

    /// <summary>Wants a reset; false when one is wanted already.</summary>
    public bool PrepareReset()
    {
        if (ResetPhase != ResetPhase.None)
        {
            return false;
        }

        _lastBeforeReset = _last;
        ResetPhase = _last is null ? ResetPhase.Ready : ResetPhase.Draining;
        return true;
    }

    /// <summary>The peer is being asked.</summary>
    public void Ask() => ResetPhase = ResetPhase.Asked;

    /// <summary>The reset is over; when it was done, the numbers begin anew.</summary>
    public void EndReset(bool done)
    {
        ResetPhase = ResetPhase.None;
        _lastBeforeReset = null;
        if (done)
        {
            NextOrdered = 0;
            NextUnordered = 0;
        }
    }
}
