using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// A rate over a sliding window, kept in a fixed number of slots. Time that goes backwards is tolerated: what is reported late counts
/// for the newest slot.
/// </summary>
internal sealed class RateCalculator
{
    /// <summary>Window for plain rates.</summary>
    public const int DefaultWindowMilliseconds = 1000;

    /// <summary>Slots per window: the window's edge is off by 1 % at most.</summary>
    public const int DefaultItems = 100;

    /// <summary>From bytes per millisecond to bits per second.</summary>
    public const double BitsPerSecond = 8000;

    private readonly long _windowMilliseconds;
    private readonly long _slotMilliseconds;
    private readonly double _scale;
    private readonly Slot[] _slots;
    private int _oldest;
    private int _count;
    private ulong _windowTotal;

    /// <summary>Makes a calculator that has seen nothing.</summary>
    /// <param name="windowMilliseconds">Length of the window, at least 1 ms.</param>
    /// <param name="scale">The rate is the window's total times this, divided by the window in milliseconds.</param>
    /// <param name="items">Number of slots, at least 1.</param>
    public RateCalculator(int windowMilliseconds = DefaultWindowMilliseconds, double scale = BitsPerSecond, int items = DefaultItems)
    {
        _windowMilliseconds = Math.Max(windowMilliseconds, 1);
        _slotMilliseconds = Math.Max(_windowMilliseconds / Math.Max(items, 1), 1);
        _scale = scale;
        _slots = new Slot[(int)((_windowMilliseconds + _slotMilliseconds - 1) / _slotMilliseconds)];
    }

    /// <summary>Everything counted since creation.</summary>
    public ulong TotalBytes { get; private set; }

    /// <summary>Counts <paramref name="bytes"/> at <paramref name="now"/>.</summary>
    public void Update(int bytes, MonotonicTime now)
    {
        var at = now.Milliseconds;
        Forget(at);
        if (_count == 0 || at - Newest.StartedAt >= _slotMilliseconds)
        {
            Begin(at);
        }

        Newest.Bytes += (ulong)bytes;
        _windowTotal += (ulong)bytes;
        TotalBytes += (ulong)bytes;
    }

    /// <summary>The rate over the window that ends at <paramref name="now"/>.</summary>
    public ulong GetRate(MonotonicTime now)
    {
        Forget(now.Milliseconds);
        return (ulong)Math.Round(_windowTotal * _scale / _windowMilliseconds, MidpointRounding.AwayFromZero);
    }

    /// <summary>Empties the window. The total since creation stays.</summary>
    public void Reset()
    {
        _count = 0;
        _windowTotal = 0;
    }

    private ref Slot Newest => ref _slots[(_oldest + _count - 1) % _slots.Length];

    private void Begin(long at)
    {
        if (_count == _slots.Length)
        {
            DropOldest();
        }

        _count++;
        Newest = new Slot { StartedAt = at };
    }

    private void Forget(long now)
    {
        while (_count > 0 && now - _slots[_oldest].StartedAt >= _windowMilliseconds)
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        _windowTotal -= _slots[_oldest].Bytes;
        _oldest = (_oldest + 1) % _slots.Length;
        _count--;
    }

    private struct Slot
    {
        public long StartedAt;
        public ulong Bytes;
    }
}
