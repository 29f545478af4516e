using System.Diagnostics;
using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// Items addressed by sequence number, over a range of at most <see cref="MaxSpan"/> numbers that moves forward. Grows only as far as
/// the range that is really used. Slots of the range may be empty (default).
/// </summary>
internal sealed class SequenceRing<T>
{
    /// <summary>Numbers from the oldest to the newest item, both included.</summary>
    public const int MaxSpan = RetransmissionLimits.MaxPackets;

    private const int InitialCapacity = 64;

    private T[] _slots = new T[InitialCapacity];

    /// <summary>Numbers in the range; 0 when there is none.</summary>
    public int Span { get; private set; }

    /// <summary>The oldest number of the range.</summary>
    public SequenceNumber Oldest { get; private set; }

    /// <summary>The newest number of the range.</summary>
    public SequenceNumber Newest => Oldest.Plus(Span - 1);

    /// <summary>The slot of a number within the range.</summary>
    public ref T this[SequenceNumber sequenceNumber]
    {
        get
        {
            Debug.Assert(Contains(sequenceNumber), "The number lies outside of the range.");
            return ref _slots[sequenceNumber.Value & (_slots.Length - 1)];
        }
    }

    /// <summary>Whether a number lies within the range.</summary>
    public bool Contains(SequenceNumber sequenceNumber) => (uint)Oldest.DistanceTo(sequenceNumber) < (uint)Span;

    /// <summary>Starts the range with one number.</summary>
    public void Start(SequenceNumber sequenceNumber)
    {
        Debug.Assert(Span == 0, "The range is already started.");
        Oldest = sequenceNumber;
        Span = 1;
    }

    /// <summary>Makes the range reach forward to a number at most <see cref="MaxSpan"/> - 1 after the oldest.</summary>
    public void ExtendForward(SequenceNumber sequenceNumber) => Grow(Oldest.DistanceTo(sequenceNumber) + 1, Oldest);

    /// <summary>Makes the range reach back to a number at most <see cref="MaxSpan"/> - 1 before the newest.</summary>
    public void ExtendBack(SequenceNumber sequenceNumber) => Grow(sequenceNumber.DistanceTo(Newest) + 1, sequenceNumber);

    /// <summary>Takes the oldest number out of the range and empties its slot.</summary>
    public T RemoveOldest()
    {
        ref var slot = ref this[Oldest];
        var item = slot;
        slot = default!;
        Oldest = Oldest.Next;
        Span--;
        return item;
    }

    /// <summary>Empties the ring.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Span = 0;
    }

    private void Grow(int span, SequenceNumber oldest)
    {
        Debug.Assert(span is > 0 and <= MaxSpan, "The range would become too long.");
        if (span > _slots.Length)
        {
            var larger = new T[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)span)];
            for (var i = 0; i < Span; i++)
            {
                var number = Oldest.Plus(i).Value;
                larger[number & (larger.Length - 1)] = _slots[number & (_slots.Length - 1)];
            }

            _slots = larger;
        }

        Oldest = oldest;
        Span = span;
    }
}
