using Bisque.Primitives;

namespace Bisque.Engine.Consumers.Layers;

/// <summary>Numbers of packets that wait for what tells their layer. The packets themselves are in the producer's store.</summary>
internal sealed class HeldPackets
{
    /// <summary>The most that wait; the oldest are given up for new ones.</summary>
    public const int Capacity = 128;

    private readonly SequenceNumber[] _numbers = new SequenceNumber[Capacity];
    private int _start;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    public void Add(SequenceNumber number)
    {
        if (Count == Capacity)
        {
            _start = (_start + 1) % Capacity;
            Count--;
        }

        _numbers[(_start + Count++) % Capacity] = number;
    }

    /// <summary>Takes the one that waits longest; only while <see cref="Count"/> is not 0.</summary>
    public SequenceNumber Take()
    {
        var number = _numbers[_start];
        _start = (_start + 1) % Capacity;
        Count--;
        return number;
    }

    public void Clear() => Count = 0;
}
