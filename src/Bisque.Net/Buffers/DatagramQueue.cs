using System.Buffers;
using Bisque.Primitives;

namespace Bisque.Net.Buffers;

/// <summary>Copies of datagrams that met a full kernel buffer. The oldest leave unsent when the queue is full: late media is worth least.</summary>
internal sealed class DatagramQueue
{
    /// <summary>A tenth of a second at 5,000 packets a second: what waits longer is too late for a conversation.</summary>
    public const int MostDatagrams = 512;

    /// <summary>512 datagrams of full size.</summary>
    public const int MostBytes = 1024 * 1024;

    // A power of two, so that positions wrap by a mask.
    private Entry[] _entries = [];
    private int _first;
    private int _bytes;

    public int Count { get; private set; }

    /// <summary>The datagram to send next.</summary>
    public ReadOnlySpan<byte> First(out TransportAddress remote)
    {
        ref var entry = ref _entries[_first];
        remote = entry.Remote;
        return entry.Bytes.AsSpan(0, entry.Length);
    }

    /// <summary>Adds a copy; returns how many had to leave for it.</summary>
    public int Add(ReadOnlySpan<byte> datagram, in TransportAddress remote)
    {
        if (_entries.Length == 0)
        {
            _entries = new Entry[MostDatagrams];
        }

        var dropped = 0;
        while (Count > 0 && (Count == MostDatagrams || _bytes + datagram.Length > MostBytes))
        {
            RemoveFirst();
            dropped++;
        }

        var copy = ArrayPool<byte>.Shared.Rent(Math.Max(datagram.Length, 1));
        datagram.CopyTo(copy);
        _entries[(_first + Count) & (MostDatagrams - 1)] = new Entry(copy, datagram.Length, remote);
        Count++;
        _bytes += datagram.Length;
        return dropped;
    }

    public void RemoveFirst()
    {
        ref var entry = ref _entries[_first];
        ArrayPool<byte>.Shared.Return(entry.Bytes);
        _bytes -= entry.Length;
        entry = default;
        _first = (_first + 1) & (MostDatagrams - 1);
        Count--;
    }

    public void Clear()
    {
        while (Count > 0)
        {
            RemoveFirst();
        }
    }

    private readonly record struct Entry(byte[] Bytes, int Length, TransportAddress Remote);
}
