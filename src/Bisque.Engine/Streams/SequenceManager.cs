using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// Renumbers a stream for one receiver: gaps of packets that were filtered out close, gaps of packets that were lost stay, and a switch
/// to another input goes on where the output stopped. For sequence numbers of 16 bits, and for the shorter counters of payload descriptors.
/// </summary>
internal sealed class SequenceManager
{
    /// <summary>Filtered packets remembered for packets that arrive late; older ones are final.</summary>
    public const int MaxDropped = 1024;

    /// <summary>How far behind the newest input a late packet is still mapped.</summary>
    public const int MaxHistory = 10_000;

    private readonly int _mask;
    private readonly int _half;
    private readonly int _maxHistory;
    private readonly ushort[] _dropped = new ushort[MaxDropped];
    private int _droppedStart;
    private int _droppedCount;

    // Output = input + offset - (dropped numbers before the input), all modulo 2^bits. Inputs at or before the floor are not mapped.
    private int _offset;
    private int _floor;
    private int _newestInput;
    private int _newestOutput;

    /// <summary>Makes a manager that needs <see cref="Sync(ushort)"/> before it maps anything.</summary>
    /// <param name="firstOutput">The first number given out.</param>
    /// <param name="bits">Width of the numbers, 2 to 16.</param>
    public SequenceManager(ushort firstOutput, int bits = 16)
    {
        _mask = (1 << bits) - 1;
        _half = 1 << (bits - 1);
        _maxHistory = Math.Min(MaxHistory, _half / 2);
        _newestOutput = (firstOutput - 1) & _mask;
    }

    /// <summary>The newest number given out; before the first, the one that precedes it.</summary>
    public ushort NewestOutput => (ushort)_newestOutput;

    /// <summary>The newest number mapped, dropped or synchronized to.</summary>
    public ushort NewestInput => (ushort)_newestInput;

    /// <summary>The newest number given out, as a sequence number.</summary>
    public SequenceNumber NewestOutputSequence => new(NewestOutput);

    /// <summary>Whether <see cref="Sync(ushort)"/> was called: nothing is mapped before.</summary>
    public bool IsSynchronized { get; private set; }

    /// <summary>Whether an input comes after all that were mapped, dropped or synchronized to. Never before the first synchronization.</summary>
    public bool IsNewer(ushort input) => IsSynchronized && Ahead(_newestInput, input) > 0;

    /// <summary>
    /// Starts over: input <paramref name="input"/> + 1 follows the newest output without a gap; older inputs are not mapped.
    /// </summary>
    public void Sync(ushort input)
    {
        IsSynchronized = true;
        _droppedCount = 0;
        _newestInput = input & _mask;
        _floor = _newestInput;
        _offset = (_newestOutput - _newestInput) & _mask;
    }

    /// <inheritdoc cref="Sync(ushort)"/>
    public void Sync(SequenceNumber input) => Sync(input.Value);

    /// <summary>Leaves the next output number out, so that the receiver sees a loss where something is really missing.</summary>
    public void Skip()
    {
        _newestOutput = (_newestOutput + 1) & _mask;
        _offset = (_offset + 1) & _mask;
    }

    /// <summary>
    /// A packet that the receiver does not get. The numbers after it move down by one. False, without effect, for a packet older than the
    /// newest: what follows it has its number already, so that one may be left open, which <see cref="TryMap(ushort, out ushort)"/> tells.
    /// </summary>
    public bool Drop(ushort input)
    {
        if (!IsSynchronized || Ahead(_newestInput, input) <= 0)
        {
            return false;
        }

        Advance(input);
        if (_droppedCount == MaxDropped)
        {
            FinishOldestDrop();
        }

        _dropped[(_droppedStart + _droppedCount++) % MaxDropped] = (ushort)(input & _mask);
        return true;
    }

    /// <inheritdoc cref="Drop(ushort)"/>
    public bool Drop(SequenceNumber input) => Drop(input.Value);

    /// <summary>
    /// The output number of an input. False for what has none: dropped before, from before the last synchronization, or too old.
    /// </summary>
    public bool TryMap(ushort input, out ushort output)
    {
        output = 0;
        if (!IsSynchronized || Ahead(_floor, input) <= 0)
        {
            return false;
        }

        var isNewest = Ahead(_newestInput, input) > 0;
        var dropped = _droppedCount;
        if (isNewest)
        {
            Advance(input);
            dropped = _droppedCount;
        }
        else if (_droppedCount > 0)
        {
            dropped = DroppedBefore(input);
            if (dropped < _droppedCount && DroppedAt(dropped) == (input & _mask))
            {
                return false;
            }
        }

        var mapped = (input + _offset - dropped) & _mask;
        if (Ahead(_newestOutput, mapped) > 0)
        {
            _newestOutput = mapped;
        }

        output = (ushort)mapped;
        return true;
    }

    /// <summary>The output number of a sequence number; see <see cref="TryMap(ushort, out ushort)"/>.</summary>
    public bool TryMap(SequenceNumber input, out SequenceNumber output)
    {
        var isMapped = TryMap(input.Value, out var value);
        output = new SequenceNumber(value);
        return isMapped;
    }

    /// <summary>How far <paramref name="other"/> lies ahead of <paramref name="number"/>, negative when behind.</summary>
    private int Ahead(int number, int other)
    {
        var distance = (other - number) & _mask;
        return distance >= _half ? distance - _mask - 1 : distance;
    }

    private void Advance(ushort input)
    {
        _newestInput = input & _mask;
        if (Ahead(_floor, _newestInput) is var reach && (reach > _maxHistory || reach < 0))
        {
            _floor = (_newestInput - _maxHistory) & _mask;
            while (_droppedCount > 0 && Ahead(_floor, DroppedAt(0)) <= 0)
            {
                FinishOldestDrop();
            }
        }
    }

    private int DroppedAt(int index) => _dropped[(_droppedStart + index) % MaxDropped];

    private int DroppedBefore(ushort input)
    {
        var low = 0;
        var high = _droppedCount;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Ahead(DroppedAt(middle), input) > 0)
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

    /// <summary>Makes the oldest drop part of the offset. What came before it can no longer be mapped.</summary>
    private void FinishOldestDrop()
    {
        var oldest = DroppedAt(0);
        _offset = (_offset - 1) & _mask;
        if (Ahead(_floor, oldest) > 0)
        {
            _floor = oldest;
        }

        _droppedStart = (_droppedStart + 1) % MaxDropped;
        _droppedCount--;
    }
}
