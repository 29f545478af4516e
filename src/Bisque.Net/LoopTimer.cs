using Bisque.Net.Timers;
using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>
/// A timer of an <see cref="EventLoop"/>. It fires once for each <see cref="Start"/>, on the loop's thread, not before its deadline; starting and
/// stopping allocate nothing.
/// </summary>
public sealed class LoopTimer
{
    private readonly TimerHeap _timers;
    private readonly Action _onDue;

    internal LoopTimer(TimerHeap timers, Action onDue)
    {
        _timers = timers;
        _onDue = onDue;
    }

    /// <summary>Whether it is going to fire.</summary>
    public bool IsActive => HeapIndex >= 0 || IsDue;

    /// <summary>When it fires; <see cref="MonotonicTime.Never"/> while inactive.</summary>
    public MonotonicTime Deadline { get; private set; } = MonotonicTime.Never;

    internal int HeapIndex { get; set; } = -1;

    internal long Sequence { get; set; }

    /// <summary>Taken off the heap to fire in this turn.</summary>
    internal bool IsDue { get; set; }

    /// <summary>
    /// Fires at <paramref name="deadline"/> instead of any earlier choice. A deadline already past fires in the next turn;
    /// <see cref="MonotonicTime.Never"/> stops.
    /// </summary>
    public void Start(MonotonicTime deadline)
    {
        if (deadline == MonotonicTime.Never)
        {
            Stop();
            return;
        }

        IsDue = false;
        Deadline = deadline;
        _timers.Start(this);
    }

    /// <summary>Fires no more until started again. Harmless when inactive.</summary>
    public void Stop()
    {
        IsDue = false;
        if (HeapIndex >= 0)
        {
            _timers.Stop(this);
        }

        Deadline = MonotonicTime.Never;
    }

    internal void Fire()
    {
        IsDue = false;
        Deadline = MonotonicTime.Never;
        _onDue();
    }
}
