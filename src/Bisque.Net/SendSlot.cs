namespace Bisque.Net;

/// <summary>Room for one outgoing datagram in a <see cref="SendBatch"/>.</summary>
public readonly struct SendSlot
{
    /// <summary>Bytes a slot holds.</summary>
    public const int Capacity = 2048;

    internal SendSlot(byte[] array, int index)
    {
        Array = array;
        Index = index;
    }

    /// <summary>The pinned array that the slot is a part of.</summary>
    public byte[] Array { get; }

    /// <summary>Where in <see cref="Array"/> the slot begins.</summary>
    public int Offset => Index * Capacity;

    /// <summary>The slot's bytes.</summary>
    public Span<byte> Span => Array.AsSpan(Offset, Capacity);

    internal int Index { get; }
}
