using System.Diagnostics;
using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>
/// One datagram in a pinned buffer of the loop's pool, by reference count. Belongs to the loop's thread: the count is not atomic.
/// Whoever keeps a buffer past the call that brought it adds a reference and releases it once.
/// </summary>
public sealed class PacketBuffer
{
    /// <summary>Bytes a buffer holds. An RTP packet fits an Ethernet frame; what is larger is dropped and counted.</summary>
    public const int Capacity = 2048;

    private readonly PacketPool _pool;
    private int _references;
    private int _length;

    internal PacketBuffer(PacketPool pool, byte[] array, int offset)
    {
        _pool = pool;
        Array = array;
        Offset = offset;
    }

    /// <summary>The pinned array that the buffer is a part of; other parts belong to other packets.</summary>
    public byte[] Array { get; }

    /// <summary>Where in <see cref="Array"/> the buffer begins.</summary>
    public int Offset { get; }

    /// <summary>Bytes in use, from <see cref="Offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or above <see cref="Capacity"/>.</exception>
    public int Length
    {
        get => _length;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)Capacity, nameof(value));
            _length = value;
        }
    }

    /// <summary>The bytes in use.</summary>
    public Span<byte> Span => Array.AsSpan(Offset, _length);

    /// <summary>When the datagram reached this machine.</summary>
    public MonotonicTime ReceivedAt { get; set; }

    internal int References => _references;

    /// <summary>Keeps the buffer until one more <see cref="Release"/>.</summary>
    public void AddReference()
    {
        Debug.Assert(_references > 0, "A released buffer is not to be used.");
        _references++;
    }

    /// <summary>Gives one reference back; the last one returns the buffer to its pool.</summary>
    /// <exception cref="InvalidOperationException">It was released more often than it was referenced.</exception>
    public void Release()
    {
        if (_references <= 0)
        {
            throw new InvalidOperationException("A packet buffer was released twice.");
        }

        if (--_references == 0)
        {
            _pool.Return(this);
        }
    }

    internal void Reset()
    {
        _references = 1;
        _length = 0;
    }
}
