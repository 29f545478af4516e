using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>A set of sequence numbers that lie close together: one bit each, over a range that only the owner moves.</summary>
internal sealed class SequenceWindow
{
    /// <summary>
    /// Numbers that can be told apart. Above the sum of <see cref="SequenceTracker.MaxDropout"/> and
    /// <see cref="SequenceTracker.MaxMisorder"/>, so that nothing within the tracker's reach shares a bit.
    /// </summary>
    public const int Size = 8192;

    private readonly ulong[] _bits = new ulong[Size / 64];

    /// <summary>Whether the number was added and not removed since.</summary>
    public bool Contains(SequenceNumber sequenceNumber) => (_bits[Word(sequenceNumber)] & Bit(sequenceNumber)) != 0;

    /// <summary>Puts a number in.</summary>
    public void Add(SequenceNumber sequenceNumber) => _bits[Word(sequenceNumber)] |= Bit(sequenceNumber);

    /// <summary>Takes a number out.</summary>
    public void Remove(SequenceNumber sequenceNumber) => _bits[Word(sequenceNumber)] &= ~Bit(sequenceNumber);

    /// <summary>Takes all numbers out.</summary>
    public void Clear() => Array.Clear(_bits);

    private static int Word(SequenceNumber sequenceNumber) => sequenceNumber.Value % Size / 64;

    private static ulong Bit(SequenceNumber sequenceNumber) => 1UL << (sequenceNumber.Value % 64);
}
