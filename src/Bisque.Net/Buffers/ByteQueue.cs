using System.Buffers;

namespace Bisque.Net.Buffers;

/// <summary>Bytes that wait to be written, first in first out, in one array that is given back whenever it runs empty.</summary>
internal sealed class ByteQueue
{
    private const int SmallestArray = 16 * 1024;

    private byte[] _bytes = [];
    private int _start;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_start, Count);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_start + Count));
        Count += bytes.Length;
    }

    public void Remove(int count)
    {
        _start += count;
        Count -= count;
        if (Count == 0)
        {
            Clear();
        }
    }

    public void Clear()
    {
        Count = 0;
        _start = 0;
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void MakeRoom(int more)
    {
        if (_start + Count + more <= _bytes.Length)
        {
            return;
        }

        if (Count + more <= _bytes.Length && _start >= Count)
        {
            Bytes.CopyTo(_bytes);
            _start = 0;
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestArray, checked((Count + more) * 2)));
        Bytes.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
        _start = 0;
    }
}
