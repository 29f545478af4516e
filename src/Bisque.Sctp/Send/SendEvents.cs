namespace Bisque.Sctp.Send;

/// <summary>
/// What the sending side has to tell the owner, kept until the state is consistent: handlers may queue more messages.
/// </summary>
internal sealed class SendEvents(ISctpEvents events)
{
    private readonly Queue<ushort> _low = new();
    private readonly Queue<(ulong LifecycleId, SctpMessageOutcome Outcome)> _settled = new();
    private bool _totalLow;
    private bool _raising;

    /// <summary>A stream's bytes fell to its threshold.</summary>
    public void AddLow(ushort streamId) => _low.Enqueue(streamId);

    /// <summary>The bytes of all streams fell to the threshold.</summary>
    public void AddTotalLow() => _totalLow = true;

    /// <summary>It is known what became of a message.</summary>
    public void Settle(OutgoingMessage message, SctpMessageOutcome outcome)
    {
        if (message.LifecycleId != 0)
        {
            _settled.Enqueue((message.LifecycleId, outcome));
            message.LifecycleId = 0;
        }
    }

    /// <summary>Tells all, and what the telling brings.</summary>
    public void Raise()
    {
        if (_raising)
        {
            return;
        }

        _raising = true;
        try
        {
            while (RaiseNext())
            {
            }
        }
        finally
        {
            _raising = false;
        }
    }

    private bool RaiseNext()
    {
        if (_settled.TryDequeue(out var settled))
        {
            events.MessageSettled(settled.LifecycleId, settled.Outcome);
        }
        else if (_low.TryDequeue(out var streamId))
        {
            events.BufferedAmountLow(streamId);
        }
        else if (_totalLow)
        {
            _totalLow = false;
            events.TotalBufferedAmountLow();
        }
        else
        {
            return false;
        }

        return true;
    }
}
