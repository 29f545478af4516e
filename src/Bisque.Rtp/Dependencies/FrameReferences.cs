namespace Bisque.Rtp;

/// <summary>Which earlier frames a frame refers to, each as a distance back in frame (or picture) numbers: 1 to 65,535. Eight at most.</summary>
public readonly record struct FrameReferences
{
    /// <summary>The most references that a frame can have: AV1 has eight reference slots, VP9 names three.</summary>
    public const int Capacity = 8;

    private const int PerWord = 4;

    private readonly ulong _first;
    private readonly ulong _second;

    private FrameReferences(ulong first, ulong second, byte count)
    {
        _first = first;
        _second = second;
        Count = count;
    }

    /// <summary>How many there are.</summary>
    public byte Count { get; }

    /// <summary>A distance, by its position from 0 to <see cref="Count"/> - 1.</summary>
    public ushort this[int index] => (ushort)((index < PerWord ? _first : _second) >> (16 * (index % PerWord)));

    /// <summary>The same with one more; false when there is no room for it.</summary>
    public bool TryAdd(ushort distance, out FrameReferences added)
    {
        added = this;
        if (Count == Capacity)
        {
            return false;
        }

        var bits = (ulong)distance << (16 * (Count % PerWord));
        added = Count < PerWord
            ? new FrameReferences(_first | bits, _second, (byte)(Count + 1))
            : new FrameReferences(_first, _second | bits, (byte)(Count + 1));
        return true;
    }
}
