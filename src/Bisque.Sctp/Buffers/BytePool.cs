using System.Buffers;
using System.Numerics;

namespace Bisque.Sctp.Buffers;

/// <summary>
/// Arrays for messages and fragments, kept for the next use. Sizes come in steps of a quarter of a power of two, so that at most a fifth of
/// an array is unused. Arrays above 64 KiB are the framework's shared pool's. Belongs to one thread.
/// </summary>
internal sealed class BytePool(int retainedLimit = BytePool.DefaultRetained)
{
    /// <summary>Bytes that one association keeps for reuse: what is in flight on a fast path, not what a full send buffer takes.</summary>
    public const int DefaultRetained = 1 << 20;

    private const int SmallestLog2 = 6;
    private const int Smallest = 1 << SmallestLog2;
    private const int Largest = 1 << 16;
    private const int ClassCount = 41;
    private readonly Stack<byte[]>?[] _free = new Stack<byte[]>?[ClassCount];
    private int _retained;

    /// <summary>An array of at least <paramref name="minimum"/> bytes of any content.</summary>
    public byte[] Rent(int minimum)
    {
        if (minimum > Largest)
        {
            return ArrayPool<byte>.Shared.Rent(minimum);
        }

        var (index, size) = ClassOf(minimum);
        if (_free[index] is { } stack && stack.TryPop(out var array))
        {
            _retained -= array.Length;
            return array;
        }

        return new byte[size];
    }

    /// <summary>Takes back an array that <see cref="Rent"/> gave.</summary>
    public void Return(byte[] array)
    {
        if (array.Length > Largest)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
        else if (_retained + array.Length <= retainedLimit)
        {
            _retained += array.Length;
            (_free[ClassOf(array.Length).Index] ??= new()).Push(array);
        }
    }

    private static (int Index, int Size) ClassOf(int minimum)
    {
        if (minimum <= Smallest)
        {
            return (0, Smallest);
        }

        var log2 = BitOperations.Log2((uint)(minimum - 1));
        var shift = log2 - 2;
        var quarter = (minimum - 1) >> shift;
        return ((log2 - SmallestLog2) * 4 + quarter - 3, (quarter + 1) << shift);
    }
}
