namespace Bisque.Sctp.Send;

/// <summary>Streams, or all of it, beginning anew.</summary>
internal sealed partial class SendQueue
{
    private readonly Queue<OutgoingStream> _wantReset = new();
    private readonly List<OutgoingStream> _asked = [];

    /// <summary>Whether a stream is ready that the peer has not been asked for.</summary>
    public bool HasStreamsReadyForReset
    {
        get
        {
            foreach (var stream in _wantReset)
            {
                if (stream.ResetPhase == ResetPhase.Ready)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// A stream is to be reset when all that is queued on it now has been sent. What is queued later waits for the reset. False when one is
    /// wanted already.
    /// </summary>
    public bool PrepareReset(ushort streamId)
    {
        var stream = StreamOf(streamId);
        if (!stream.PrepareReset())
        {
            return false;
        }

        _wantReset.Enqueue(stream);
        return true;
    }

    /// <summary>Fills in the streams that the peer is to be asked for; returns how many. Then one of the two below must follow.</summary>
    public int TakeStreamsForReset(Span<ushort> streamIds)
    {
        var count = 0;
        for (var left = _wantReset.Count; left > 0; left--)
        {
            var stream = _wantReset.Dequeue();
            if (stream.ResetPhase != ResetPhase.Ready || count == streamIds.Length)
            {
                _wantReset.Enqueue(stream);
                continue;
            }

            stream.Ask();
            _asked.Add(stream);
            streamIds[count++] = stream.Id;
        }

        return count;
    }

    /// <summary>The peer has reset the streams that it was asked for: their numbers begin anew.</summary>
    public void CommitReset() => EndReset(done: true);

    /// <summary>The peer did not reset the streams that it was asked for: they go on as they were.</summary>
    public void RollbackReset() => EndReset(done: false);

    /// <summary>
    /// The peer has restarted: all streams begin anew, resets are forgotten, and a message of which a part was sent is sent from its
    /// beginning. To be called after <see cref="RetransmissionQueue.GiveUp"/> of the queue before.
    /// </summary>
    public void Restart()
    {
        _wantReset.Clear();
        _asked.Clear();
        foreach (var stream in _streams.Values)
        {
            stream.EndReset(done: true);
            if (stream.First is { Taken: > 0 } message)
            {
                stream.BufferedBytes += message.Taken;
                TotalBufferedAmount += message.Taken;
                message.Taken = 0;
                message.NextFsn = 0;
                message.Unacknowledged = 0;
            }

            _scheduler.Activate(stream);
        }
    }

    /// <summary>Drops what waits on a stream of which nothing was sent yet.</summary>
    public void Drop(ushort streamId)
    {
        if (_streams.TryGetValue(streamId, out var stream))
        {
            DropAll(stream);
            RaiseEvents();
        }
    }

    /// <summary>The association has ended: nothing will be sent.</summary>
    public void Close()
    {
        foreach (var stream in _streams.Values)
        {
            DropAll(stream);
        }

        RaiseEvents();
    }

    private void EndReset(bool done)
    {
        foreach (var stream in _asked)
        {
            stream.EndReset(done);
            _scheduler.Activate(stream);
        }

        _asked.Clear();
    }
}
