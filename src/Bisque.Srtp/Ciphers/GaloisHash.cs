using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bisque.Srtp.Ciphers;

/// <summary>
/// GHASH (SP 800-38D section 6.4) by carry-less multiplication. Bytes are reversed and the key is multiplied by x once, so that
/// GHASH becomes POLYVAL (RFC 8452 appendix A), whose reduction needs no shifts; 16 products are summed before each reduction.
/// </summary>
internal sealed class GaloisHash : IDisposable
{
    private const int BlockLength = CounterMode.BlockLength;
    private const int Stride = 16;

    /// <summary>The key's powers from the 16th down to the first, so that ascending blocks meet ascending entries.</summary>
    private readonly Vector128<ulong>[] _powers = new Vector128<ulong>[Stride];

    public GaloisHash(Vector128<byte> hashKey)
    {
        var key = MultiplyByX(Reverse(hashKey));
        _powers[Stride - 1] = key;
        for (var i = Stride - 2; i >= 0; i--)
        {
            _powers[i] = Reduce(Multiply(_powers[i + 1], key));
        }
    }

    public static bool IsSupported => Pclmulqdq.IsSupported && Ssse3.IsSupported;

    /// <summary>GHASH over both, each filled up with zeros to whole blocks, and the block of their lengths in bits.</summary>
    public Vector128<byte> Compute(ReadOnlySpan<byte> associated, ReadOnlySpan<byte> ciphertext)
    {
        var sum = Absorb(Vector128<ulong>.Zero, associated);
        sum = Absorb(sum, ciphertext);
        sum ^= Vector128.Create((ulong)ciphertext.Length * 8, (ulong)associated.Length * 8);
        return Reverse(Reduce(Multiply(sum, _powers[Stride - 1])).AsByte()).AsByte();
    }

    public void Dispose() => Array.Clear(_powers);

    private Vector128<ulong> Absorb(Vector128<ulong> sum, ReadOnlySpan<byte> data)
    {
        ref var bytes = ref MemoryMarshal.GetReference(data);
        var blocks = data.Length / BlockLength;
        var done = 0;
        while (done < blocks)
        {
            var count = Math.Min(Stride, blocks - done);
            sum = AbsorbBlocks(sum, ref Unsafe.Add(ref bytes, done * BlockLength), count);
            done += count;
        }

        var rest = data[(blocks * BlockLength)..];
        if (rest.Length > 0)
        {
            Span<byte> block = stackalloc byte[BlockLength];
            block.Clear();
            rest.CopyTo(block);
            sum = Reduce(Multiply(sum ^ Reverse(Vector128.Create<byte>(block)), _powers[Stride - 1]));
        }

        return sum;
    }

    /// <summary>Takes 1 to 16 whole blocks with a single reduction.</summary>
    private Vector128<ulong> AbsorbBlocks(Vector128<ulong> sum, ref byte bytes, int count)
    {
        ref var powers = ref _powers[Stride - count];
        var product = default(Product);
        var i = 0;
        if (Pclmulqdq.V512.IsSupported && Avx512BW.IsSupported && count >= 4)
        {
            var wide = default(WideProduct);
            for (; i <= count - 4; i += 4)
            {
                var data = Reverse(Vector512.LoadUnsafe(ref bytes, (nuint)(i * BlockLength)));
                data ^= Vector512.Create(Vector256.Create(sum, Vector128<ulong>.Zero), Vector256<ulong>.Zero);
                sum = Vector128<ulong>.Zero;
                wide.Add(data, Vector512.LoadUnsafe(ref Unsafe.As<Vector128<ulong>, ulong>(ref Unsafe.Add(ref powers, i))));
            }

            product = wide.Fold();
        }

        for (; i < count; i++)
        {
            var block = Reverse(Vector128.LoadUnsafe(ref bytes, (nuint)(i * BlockLength))) ^ sum;
            sum = Vector128<ulong>.Zero;
            product.Add(block, Unsafe.Add(ref powers, i));
        }

        return Reduce(product);
    }

    private static Vector128<ulong> Reverse(Vector128<byte> block) =>
        Ssse3.Shuffle(block, Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).AsUInt64();

    private static Vector512<ulong> Reverse(Vector512<byte> blocks)
    {
        var order = Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        return Avx512BW.Shuffle(blocks, Vector512.Create(Vector256.Create(order, order), Vector256.Create(order, order))).AsUInt64();
    }

    /// <summary>Doubling in the field of POLYVAL, x^128 + x^127 + x^126 + x^121 + 1, without a branch on the secret.</summary>
    private static Vector128<ulong> MultiplyByX(Vector128<ulong> value)
    {
        var low = value.GetElement(0);
        var high = value.GetElement(1);
        var carry = 0UL - (high >> 63);
        return Vector128.Create((low << 1) ^ (carry & 1), ((high << 1) | (low >> 63)) ^ (carry & Product.Polynomial));
    }

    private static Product Multiply(Vector128<ulong> left, Vector128<ulong> right)
    {
        var product = default(Product);
        product.Add(left, right);
        return product;
    }

    /// <summary>Montgomery reduction by x^128: two foldings of the lower half into the upper.</summary>
    private static Vector128<ulong> Reduce(in Product product)
    {
        var polynomial = Vector128.Create(Product.Polynomial, Product.Polynomial);
        var low = product.Low ^ Sse2.ShiftLeftLogical128BitLane(product.Middle, 8);
        var high = product.High ^ Sse2.ShiftRightLogical128BitLane(product.Middle, 8);
        low = Vector128.Shuffle(low, Vector128.Create(1UL, 0)) ^ Pclmulqdq.CarrylessMultiply(low, polynomial, 0x00);
        low = Vector128.Shuffle(low, Vector128.Create(1UL, 0)) ^ Pclmulqdq.CarrylessMultiply(low, polynomial, 0x00);
        return high ^ low;
    }

    /// <summary>A sum of unreduced products: low and high halves, and what straddles them.</summary>
    private struct Product
    {
        /// <summary>The upper word of the field polynomial without x^128; the lower word is 1.</summary>
        public const ulong Polynomial = 0xc200_0000_0000_0000;

        public Vector128<ulong> Low;
        public Vector128<ulong> Middle;
        public Vector128<ulong> High;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector128<ulong> left, Vector128<ulong> right)
        {
            Low ^= Pclmulqdq.CarrylessMultiply(left, right, 0x00);
            High ^= Pclmulqdq.CarrylessMultiply(left, right, 0x11);
            Middle ^= Pclmulqdq.CarrylessMultiply(left, right, 0x01) ^ Pclmulqdq.CarrylessMultiply(left, right, 0x10);
        }
    }

    /// <summary>Four sums of products side by side.</summary>
    private struct WideProduct
    {
        private Vector512<ulong> _low;
        private Vector512<ulong> _middle;
        private Vector512<ulong> _high;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector512<ulong> left, Vector512<ulong> right)
        {
            _low ^= Pclmulqdq.V512.CarrylessMultiply(left, right, 0x00);
            _high ^= Pclmulqdq.V512.CarrylessMultiply(left, right, 0x11);
            _middle ^= Pclmulqdq.V512.CarrylessMultiply(left, right, 0x01) ^ Pclmulqdq.V512.CarrylessMultiply(left, right, 0x10);
        }

        public readonly Product Fold() => new() { Low = Fold(_low), Middle = Fold(_middle), High = Fold(_high) };

        private static Vector128<ulong> Fold(Vector512<ulong> value)
        {
            var half = value.GetLower() ^ value.GetUpper();
            return half.GetLower() ^ half.GetUpper();
        }
    }
}
