using System.Numerics;
using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// Items addressed by sequence number over a range that moves forward: at most <see cref="RetransmissionLimits.MaxPackets"/> numbers,
/// and no older than a limit in RTP time. Grows only as far as the range that is really used.
/// </summary>
/// <param name="maxAge">How far, in timestamp units, an item may be behind the newest.</param>
internal abstract class RetransmissionRing<T>(int maxAge)
{
    private const int InitialCapacity = 64;

    private Slot[] _slots = new Slot[InitialCapacity];
    private SequenceNumber _oldest;
    private int _span;

    /// <summary>Items kept.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Puts an item in. False for what is too old or there already. A jump too large for the range, or of timestamps into the past,
    /// means that numbering started over: everything older is dropped.
    /// </summary>
    protected bool TryAdd(SequenceNumber number, RtpTimestamp timestamp, in T item)
    {
        if (_span > 0 && !Admit(number, timestamp))
        {
            return false;
        }

        if (_span == 0)
        {
            _oldest = number;
            _span = 1;
        }

        At(number) = new Slot { IsUsed = true, Timestamp = timestamp, Item = item };
        Count++;
        DropOld();
        return true;
    }

    /// <summary>Whether an item has the given number; if so, it is read and changed through <see cref="ItemAt"/>.</summary>
    protected bool Has(SequenceNumber number) => IsInRange(number) && At(number).IsUsed;

    /// <summary>The item of a number for which <see cref="Has"/> is true.</summary>
    protected ref T ItemAt(SequenceNumber number) => ref At(number).Item;

    /// <summary>Drops the oldest item.</summary>
    protected void DropOldestItem()
    {
        while (_span > 0 && !At(_oldest).IsUsed)
        {
            DropOldest();
        }

        if (_span > 0)
        {
            DropOldest();
        }
    }

    /// <summary>Drops all items.</summary>
    protected void DropAll()
    {
        while (_span > 0)
        {
            DropOldest();
        }
    }

    /// <summary>Called for each item that leaves.</summary>
    protected virtual void OnDropped(in T item)
    {
    }

    private SequenceNumber Newest => _oldest.Plus(_span - 1);

    private ref Slot At(SequenceNumber number) => ref _slots[number.Value & (_slots.Length - 1)];

    private bool IsInRange(SequenceNumber number) => (uint)_oldest.DistanceTo(number) < (uint)_span;

    private bool Admit(SequenceNumber number, RtpTimestamp timestamp)
    {
        if (IsInRange(number))
        {
            return !At(number).IsUsed;
        }

        var ahead = Newest.DistanceTo(number);
        var isTooFar = Math.Abs(ahead) >= RetransmissionLimits.MaxPackets;
        var isTooOld = timestamp.DistanceTo(At(Newest).Timestamp) > maxAge;
        if (ahead < 0)
        {
            if (isTooFar || isTooOld)
            {
                return false;
            }

            Extend(number, _span + _oldest.DistanceTo(number) * -1);
            return true;
        }

        if (isTooFar || isTooOld)
        {
            DropAll();
            return true;
        }

        while (_span + ahead > RetransmissionLimits.MaxPackets)
        {
            DropOldest();
        }

        Extend(_oldest, _span + ahead);
        return true;
    }

    private void Extend(SequenceNumber oldest, int span)
    {
        if (span > _slots.Length)
        {
            var larger = new Slot[(int)BitOperations.RoundUpToPowerOf2((uint)span)];
            for (var i = 0; i < _span; i++)
            {
                var number = _oldest.Plus(i);
                larger[number.Value & (larger.Length - 1)] = At(number);
            }

            _slots = larger;
        }

        _oldest = oldest;
        _span = span;
    }

    private void DropOld()
    {
        var newest = At(Newest).Timestamp;
        while (!At(_oldest).IsUsed || At(_oldest).Timestamp.DistanceTo(newest) > maxAge)
        {
            DropOldest();
        }
    }

    private void DropOldest()
    {
        ref var slot = ref At(_oldest);
        var dropped = slot;
        slot = default;
        _oldest = _oldest.Next;
        _span--;
        if (dropped.IsUsed)
        {
            Count--;
            OnDropped(dropped.Item);
        }
    }

    private struct Slot
    {
        public bool IsUsed;
        public RtpTimestamp Timestamp;
        public T Item;
    }
}
