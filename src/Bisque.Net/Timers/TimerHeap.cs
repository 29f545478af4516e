using Bisque.Primitives;

namespace Bisque.Net.Timers;

/// <summary>
/// The active timers of a loop as a 4-ary heap by deadline, then by the order in which they were started. Each timer knows its
/// place, so that stopping or moving one costs no search.
/// </summary>
internal sealed class TimerHeap
{
    private const int Arity = 4;

    private LoopTimer[] _heap = new LoopTimer[64];
    private LoopTimer[] _due = new LoopTimer[16];
    private long _sequence;

    public int Count { get; private set; }

    public MonotonicTime NextDeadline => Count == 0 ? MonotonicTime.Never : _heap[0].Deadline;

    public void Start(LoopTimer timer)
    {
        timer.Sequence = _sequence++;
        if (timer.HeapIndex < 0)
        {
            if (Count == _heap.Length)
            {
                Array.Resize(ref _heap, Count * 2);
            }

            timer.HeapIndex = Count++;
        }

        Place(timer, timer.HeapIndex);
    }

    public void Stop(LoopTimer timer)
    {
        var hole = timer.HeapIndex;
        timer.HeapIndex = -1;
        var last = _heap[--Count];
        _heap[Count] = null!;
        if (last != timer)
        {
            Place(last, hole);
        }
    }

    /// <summary>Takes the timers that are due at <paramref name="now"/> off the heap, in order. Valid until the next call.</summary>
    public ReadOnlySpan<LoopTimer> TakeDue(MonotonicTime now)
    {
        var count = 0;
        while (Count > 0 && _heap[0].Deadline <= now)
        {
            if (count == _due.Length)
            {
                Array.Resize(ref _due, count * 2);
            }

            var timer = _heap[0];
            Stop(timer);
            timer.IsDue = true;
            _due[count++] = timer;
        }

        return _due.AsSpan(0, count);
    }

    private static bool IsBefore(LoopTimer left, LoopTimer right) =>
        left.Deadline < right.Deadline || (left.Deadline == right.Deadline && left.Sequence < right.Sequence);

    private void Place(LoopTimer timer, int index)
    {
        index = MoveUp(timer, index);
        index = MoveDown(timer, index);
        _heap[index] = timer;
        timer.HeapIndex = index;
    }

    private int MoveUp(LoopTimer timer, int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) / Arity;
            if (!IsBefore(timer, _heap[parent]))
            {
                break;
            }

            Put(_heap[parent], index);
            index = parent;
        }

        return index;
    }

    private int MoveDown(LoopTimer timer, int index)
    {
        while (true)
        {
            var first = index * Arity + 1;
            if (first >= Count)
            {
                return index;
            }

            var least = first;
            for (var child = first + 1; child < Math.Min(first + Arity, Count); child++)
            {
                if (IsBefore(_heap[child], _heap[least]))
                {
                    least = child;
                }
            }

            if (!IsBefore(_heap[least], timer))
            {
                return index;
            }

            Put(_heap[least], index);
            index = least;
        }
    }

    private void Put(LoopTimer timer, int index)
    {
        _heap[index] = timer;
        timer.HeapIndex = index;
    }
}
