using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>Decides which missing packets to ask for, and when (RFC 4585 section 6.2.1).</summary>
internal sealed class NackGenerator(NackLimits limits)
{
    /// <summary>Key frames remembered to choose what to give up: more never fit into the pending packets' range in practice.</summary>
    private const int MaxKeyFrames = 64;

    private const int InitialCapacity = 32;

    private readonly SequenceWindow _recovered = new();
    private readonly SequenceNumber[] _keyFrames = new SequenceNumber[MaxKeyFrames];
    private Pending[] _pending = new Pending[InitialCapacity];
    private int _pendingCount;
    private int _keyFrameCount;
    private SequenceNumber _newest;
    private bool _hasStarted;
    private MonotonicTime _earliestDue = MonotonicTime.Never;

    /// <summary>Packets waited for.</summary>
    public int PendingCount => _pendingCount;

    /// <summary>Set when so much was lost that only a key frame helps; stays until <see cref="ClearKeyFrameNeed"/>.</summary>
    public bool NeedsKeyFrame { get; private set; }

    /// <summary>When <see cref="TakeDue"/> should be called even if no packet comes.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Takes note that <see cref="NeedsKeyFrame"/> was acted upon.</summary>
    public void ClearKeyFrameNeed() => NeedsKeyFrame = false;

    /// <summary>Takes note of a packet. Gaps before it become pending.</summary>
    /// <param name="sequenceNumber">Its number in the media stream.</param>
    /// <param name="isKeyFrame">Whether a key frame starts in it.</param>
    /// <param name="isRecovered">
    /// Whether it came by retransmission. Such a packet ahead of the stream opens no gaps: what lies between is still on its way.
    /// </param>
    /// <param name="now">The current time.</param>
    public NackArrival OnPacket(SequenceNumber sequenceNumber, bool isKeyFrame, bool isRecovered, MonotonicTime now)
    {
        if (!_hasStarted)
        {
            _hasStarted = true;
            _newest = sequenceNumber;
            RememberKeyFrame(sequenceNumber, isKeyFrame);
            return NackArrival.Newer;
        }

        var ahead = _newest.DistanceTo(sequenceNumber);
        if (ahead <= 0)
        {
            return TakeOut(sequenceNumber);
        }

        RememberKeyFrame(sequenceNumber, isKeyFrame);
        if (isRecovered)
        {
            if (ahead < SequenceWindow.Size)
            {
                _recovered.Add(sequenceNumber);
            }

            return NackArrival.Newer;
        }

        AddGap(ahead - 1, now);
        _recovered.Remove(sequenceNumber);
        _newest = sequenceNumber;
        GiveUpOld();
        if (_pendingCount > 0 && NextDeadline == MonotonicTime.Never)
        {
            NextDeadline = now + limits.TimerInterval;
        }

        return NackArrival.Newer;
    }

    /// <summary>
    /// Writes the numbers to ask for now, oldest first, and returns how many. What does not fit is written by the next call.
    /// </summary>
    /// <param name="now">The current time.</param>
    /// <param name="roundTripTime">How long an answer takes; null while unknown.</param>
    /// <param name="due">Receives the numbers.</param>
    public int TakeDue(MonotonicTime now, TimeSpan? roundTripTime, Span<SequenceNumber> due)
    {
        if (now >= NextDeadline)
        {
            NextDeadline = _pendingCount > 0 ? now + limits.TimerInterval : MonotonicTime.Never;
        }

        if (now < _earliestDue)
        {
            return 0;
        }

        var wait = roundTripTime ?? limits.DefaultRoundTripTime;
        var count = 0;
        var kept = 0;
        var earliest = MonotonicTime.Never;
        for (var i = 0; i < _pendingCount; i++)
        {
            var entry = _pending[i];
            var dueAt = entry.Retries == 0 ? entry.Since + limits.InitialDelay : entry.Since + wait;
            if (now >= dueAt && count < due.Length)
            {
                due[count++] = entry.SequenceNumber;
                entry.Retries++;
                entry.Since = now;
                dueAt = now + wait;
                if (entry.Retries >= limits.MaxRetries)
                {
                    continue;
                }
            }

            _pending[kept++] = entry;
            earliest = MonotonicTime.Min(earliest, dueAt);
        }

        _pendingCount = kept;
        _earliestDue = earliest;
        return count;
    }

    /// <summary>Forgets everything, as after a pause or a restart of the sender.</summary>
    public void Reset()
    {
        _hasStarted = false;
        _pendingCount = 0;
        _keyFrameCount = 0;
        _recovered.Clear();
        _earliestDue = MonotonicTime.Never;
        NeedsKeyFrame = false;
        NextDeadline = MonotonicTime.Never;
    }

    private NackArrival TakeOut(SequenceNumber sequenceNumber)
    {
        var index = FirstNotBefore(sequenceNumber);
        if (index == _pendingCount || _pending[index].SequenceNumber != sequenceNumber)
        {
            return NackArrival.NotPending;
        }

        var retries = _pending[index].Retries;
        Array.Copy(_pending, index + 1, _pending, index, _pendingCount - index - 1);
        _pendingCount--;
        return retries > 0 ? NackArrival.Repaired : NackArrival.Reordered;
    }

    private void AddGap(int missing, MonotonicTime now)
    {
        if (missing == 0)
        {
            return;
        }

        if (!MakeRoom(missing))
        {
            _pendingCount = 0;
            NeedsKeyFrame = true;
            for (var i = 1; i <= Math.Min(missing, SequenceWindow.Size); i++)
            {
                _recovered.Remove(_newest.Plus(i));
            }

            return;
        }

        for (var i = 1; i <= missing; i++)
        {
            var sequenceNumber = _newest.Plus(i);
            if (_recovered.Contains(sequenceNumber))
            {
                _recovered.Remove(sequenceNumber);
                continue;
            }

            if (_pendingCount == _pending.Length)
            {
                Array.Resize(ref _pending, Math.Min(_pending.Length * 2, limits.MaxPending));
            }

            _pending[_pendingCount++] = new Pending { SequenceNumber = sequenceNumber, Since = now };
            _earliestDue = MonotonicTime.Min(_earliestDue, now + limits.InitialDelay);
        }
    }

    /// <summary>Gives up what lies before a key frame, oldest key frame first, until <paramref name="missing"/> more fit.</summary>
    private bool MakeRoom(int missing)
    {
        while (_pendingCount + missing > limits.MaxPending && _keyFrameCount > 0)
        {
            RemoveFirst(FirstNotBefore(_keyFrames[0]));
            _keyFrameCount--;
            Array.Copy(_keyFrames, 1, _keyFrames, 0, _keyFrameCount);
        }

        return _pendingCount + missing <= limits.MaxPending;
    }

    private void GiveUpOld()
    {
        if (_pendingCount > 0 && -_newest.DistanceTo(_pending[0].SequenceNumber) > limits.MaxPacketAge)
        {
            RemoveFirst(FirstNotBefore(_newest.Plus(-limits.MaxPacketAge)));
        }

        while (_keyFrameCount > 0 && -_newest.DistanceTo(_keyFrames[0]) > limits.MaxPacketAge)
        {
            _keyFrameCount--;
            Array.Copy(_keyFrames, 1, _keyFrames, 0, _keyFrameCount);
        }
    }

    private void RememberKeyFrame(SequenceNumber sequenceNumber, bool isKeyFrame)
    {
        if (!isKeyFrame || (_keyFrameCount > 0 && !sequenceNumber.IsNewerThan(_keyFrames[_keyFrameCount - 1])))
        {
            return;
        }

        if (_keyFrameCount == MaxKeyFrames)
        {
            _keyFrameCount--;
            Array.Copy(_keyFrames, 1, _keyFrames, 0, _keyFrameCount);
        }

        _keyFrames[_keyFrameCount++] = sequenceNumber;
    }

    private void RemoveFirst(int count)
    {
        _pendingCount -= count;
        Array.Copy(_pending, count, _pending, 0, _pendingCount);
    }

    /// <summary>Index of the first pending number that is not older than <paramref name="sequenceNumber"/>.</summary>
    private int FirstNotBefore(SequenceNumber sequenceNumber)
    {
        var low = 0;
        var high = _pendingCount;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sequenceNumber.IsNewerThan(_pending[middle].SequenceNumber))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private struct Pending
    {
        public SequenceNumber SequenceNumber;

        /// <summary>When the gap was seen or, once asked for, when that was last done.</summary>
        public MonotonicTime Since;

        public int Retries;
    }
}
