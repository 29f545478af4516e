using Bisque.Primitives;

namespace Bisque.Net.Buffers;

/// <summary>
/// The buffers that one receive call of the loop fills, whichever socket it is for. After the handler ran, buffers that someone
/// kept are replaced from the pool; the others are filled again.
/// </summary>
internal sealed class ReceiveArena
{
    /// <summary>Datagrams per system call: beyond 64 a longer batch gains nothing measurable.</summary>
    public const int Size = 64;

    private readonly PacketPool _pool;
    private readonly PacketBuffer[] _slots = new PacketBuffer[Size];
    private readonly ReceivedDatagram[] _batch = new ReceivedDatagram[Size];
    private int _count;
    private int _used;

    public ReceiveArena(PacketPool pool)
    {
        _pool = pool;
        for (var i = 0; i < Size; i++)
        {
            _slots[i] = pool.Rent();
        }
    }

    public ReadOnlySpan<ReceivedDatagram> Batch => _batch.AsSpan(0, _count);

    /// <summary>The buffer of slot <paramref name="index"/>, empty.</summary>
    public PacketBuffer this[int index] => _slots[index];

    /// <summary>Slots are added in rising order; those of dropped datagrams are left out.</summary>
    public void Add(int slot, int length, in TransportAddress remote, MonotonicTime receivedAt)
    {
        var buffer = _slots[slot];
        buffer.Length = length;
        buffer.ReceivedAt = receivedAt;
        _batch[_count++] = new ReceivedDatagram(buffer, remote);
        _used = slot + 1;
    }

    /// <summary>Makes the arena ready for the next call. Only slots that were added can change.</summary>
    public void Recycle()
    {
        for (var i = 0; i < _used; i++)
        {
            if (_slots[i].References > 1)
            {
                _slots[i].Release();
                _slots[i] = _pool.Rent();
            }
        }

        Array.Clear(_batch, 0, _count);
        _count = 0;
        _used = 0;
    }
}
