namespace Bisque.Net;

/// <summary>The packet buffers of one loop, carved from pinned slabs and reused last in, first out while they are warm in the cache.</summary>
public sealed class PacketPool
{
    // 32 buffers: a slab of 64 KiB is small enough for an idle worker and rare enough for a busy one.
    private const int BuffersPerSlab = 32;

    private readonly int _mostFree;
    private PacketBuffer[] _free = new PacketBuffer[2 * BuffersPerSlab];
    private int _freeCount;

    /// <summary>An empty pool that keeps up to <paramref name="mostFree"/> unused buffers.</summary>
    public PacketPool(int mostFree)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mostFree);
        _mostFree = Math.Max(mostFree, BuffersPerSlab);
    }

    /// <summary>Buffers handed out and not yet released.</summary>
    public int Rented { get; private set; }

    /// <summary>Buffers that wait for reuse.</summary>
    public int Free => _freeCount;

    /// <summary>A buffer of length 0 with one reference, the caller's.</summary>
    public PacketBuffer Rent()
    {
        if (_freeCount == 0)
        {
            AddSlab();
        }

        var buffer = _free[--_freeCount];
        buffer.Reset();
        Rented++;
        return buffer;
    }

    internal void Return(PacketBuffer buffer)
    {
        Rented--;
        if (_freeCount >= _mostFree)
        {
            return;
        }

        if (_freeCount == _free.Length)
        {
            Array.Resize(ref _free, _free.Length * 2);
        }

        _free[_freeCount++] = buffer;
    }

    private void AddSlab()
    {
        var slab = GC.AllocateUninitializedArray<byte>(BuffersPerSlab * PacketBuffer.Capacity, pinned: true);
        for (var i = BuffersPerSlab - 1; i >= 0; i--)
        {
            _free[_freeCount++] = new PacketBuffer(this, slab, i * PacketBuffer.Capacity);
        }
    }
}
