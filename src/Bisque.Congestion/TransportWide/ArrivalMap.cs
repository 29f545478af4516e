using Bisque.Primitives;

namespace Bisque.Congestion.TransportWide;

/// <summary>
/// When packets arrived, by their unwrapped transport-wide sequence number: a ring over a window of numbers, where a missing packet is
/// an empty place.
/// </summary>
internal sealed class ArrivalMap
{
    /// <summary>
    /// Most sequence numbers between the oldest and the newest: half a second of 32,000 packets per second. Bounds memory (128 KiB) when a
    /// peer makes its numbers jump.
    /// </summary>
    public const int MaximumSpan = 16384;

    private const int InitialSpan = 256;

    /// <summary>No packet arrives at that time, since the worker's clock has a later origin.</summary>
    private const long Missing = long.MinValue;

    private long[] _arrivals = NewRing(InitialSpan);

    /// <summary>The oldest number that is kept; equal to <see cref="End"/> when there is none.</summary>
    public long Begin { get; private set; }

    /// <summary>The number behind the newest one.</summary>
    public long End { get; private set; }

    public bool IsEmpty => Begin == End;

    /// <summary>Notes an arrival; false for a duplicate. Whatever is then more than the span behind the newest number is forgotten.</summary>
    public bool TryAdd(long number, MonotonicTime arrival)
    {
        if (IsEmpty)
        {
            Begin = number;
            End = number + 1;
        }
        else if (number < End - MaximumSpan || number >= End + MaximumSpan)
        {
            // So wide a jump is no loss or delay: numbering has begun anew.
            Array.Fill(_arrivals, Missing);
            Begin = number;
            End = number + 1;
        }
        else
        {
            Widen(Math.Min(Begin, number), Math.Max(End, number + 1));
        }

        ref var slot = ref SlotOf(number);
        if (slot != Missing)
        {
            return false;
        }

        slot = arrival.Microseconds;
        return true;
    }

    /// <summary>When the packet of a number between <see cref="Begin"/> and <see cref="End"/> arrived; false when it is missing.</summary>
    public bool TryGet(long number, out MonotonicTime arrival)
    {
        var slot = SlotOf(number);
        arrival = new MonotonicTime(slot);
        return slot != Missing;
    }

    /// <summary>Forgets numbers below <paramref name="number"/> from the oldest on, up to the first that arrived after <paramref name="time"/>.</summary>
    public void Expire(long number, MonotonicTime time)
    {
        while (Begin < number && Begin < End && SlotOf(Begin) <= time.Microseconds)
        {
            SlotOf(Begin++) = Missing;
        }
    }

    private static long[] NewRing(int length)
    {
        var ring = new long[length];
        Array.Fill(ring, Missing);
        return ring;
    }

    private ref long SlotOf(long number) => ref _arrivals[(int)(number & (_arrivals.Length - 1))];

    private void Widen(long begin, long end)
    {
        for (begin = Math.Max(begin, end - MaximumSpan); Begin < begin; Begin++)
        {
            SlotOf(Begin) = Missing;
        }

        if (end - begin > _arrivals.Length)
        {
            Grow((int)System.Numerics.BitOperations.RoundUpToPowerOf2((ulong)(end - begin)));
        }

        Begin = begin;
        End = end;
    }

    private void Grow(int length)
    {
        var old = _arrivals;
        _arrivals = NewRing(length);
        for (var number = Begin; number < End; number++)
        {
            SlotOf(number) = old[(int)(number & (old.Length - 1))];
        }
    }
}
