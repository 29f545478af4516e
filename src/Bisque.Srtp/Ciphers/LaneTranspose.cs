using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bisque.Srtp.Ciphers;

/// <summary>Turns a matrix of 16 by 16 words, one row a register, by its diagonal.</summary>
internal static class LaneTranspose
{
    /// <summary>Big-endian words to machine words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> SwapBytes(Vector512<byte> bytes)
    {
        var order = Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
        return Avx512BW.Shuffle(bytes, Vector512.Create(Vector256.Create(order, order), Vector256.Create(order, order))).AsUInt32();
    }

    /// <summary>Word j of register i becomes word i of register j. The scratch space, 16 registers too, saves clearing one each time.</summary>
    public static void Transpose(Span<Vector512<uint>> matrix, Span<Vector512<uint>> scratch)
    {
        ref var rows = ref MemoryMarshal.GetReference(matrix[..16]);
        ref var mixed = ref MemoryMarshal.GetReference(scratch[..16]);

        // Inside each quarter register: words of four rows that belong to one column come together.
        for (var i = 0; i < 16; i += 4)
        {
            var low = Avx512F.UnpackLow(Unsafe.Add(ref rows, i), Unsafe.Add(ref rows, i + 1)).AsUInt64();
            var high = Avx512F.UnpackHigh(Unsafe.Add(ref rows, i), Unsafe.Add(ref rows, i + 1)).AsUInt64();
            var nextLow = Avx512F.UnpackLow(Unsafe.Add(ref rows, i + 2), Unsafe.Add(ref rows, i + 3)).AsUInt64();
            var nextHigh = Avx512F.UnpackHigh(Unsafe.Add(ref rows, i + 2), Unsafe.Add(ref rows, i + 3)).AsUInt64();
            Unsafe.Add(ref mixed, i) = Avx512F.UnpackLow(low, nextLow).AsUInt32();
            Unsafe.Add(ref mixed, i + 1) = Avx512F.UnpackHigh(low, nextLow).AsUInt32();
            Unsafe.Add(ref mixed, i + 2) = Avx512F.UnpackLow(high, nextHigh).AsUInt32();
            Unsafe.Add(ref mixed, i + 3) = Avx512F.UnpackHigh(high, nextHigh).AsUInt32();
        }

        // Across registers: the four quarters of a column come together.
        for (var i = 0; i < 4; i++)
        {
            var even = Avx512F.Shuffle4x128(Unsafe.Add(ref mixed, i), Unsafe.Add(ref mixed, i + 4), 0x88);
            var odd = Avx512F.Shuffle4x128(Unsafe.Add(ref mixed, i), Unsafe.Add(ref mixed, i + 4), 0xdd);
            var nextEven = Avx512F.Shuffle4x128(Unsafe.Add(ref mixed, i + 8), Unsafe.Add(ref mixed, i + 12), 0x88);
            var nextOdd = Avx512F.Shuffle4x128(Unsafe.Add(ref mixed, i + 8), Unsafe.Add(ref mixed, i + 12), 0xdd);
            Unsafe.Add(ref rows, i) = Avx512F.Shuffle4x128(even, nextEven, 0x88);
            Unsafe.Add(ref rows, i + 4) = Avx512F.Shuffle4x128(odd, nextOdd, 0x88);
            Unsafe.Add(ref rows, i + 8) = Avx512F.Shuffle4x128(even, nextEven, 0xdd);
            Unsafe.Add(ref rows, i + 12) = Avx512F.Shuffle4x128(odd, nextOdd, 0xdd);
        }
    }
}
