using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AesInstructions = System.Runtime.Intrinsics.X86.Aes;

namespace Bisque.Srtp.Ciphers;

/// <summary>Counter mode on the x86 AES instructions, eight blocks at a time to hide their latency.</summary>
internal sealed class HardwareCounterMode(ReadOnlySpan<byte> key) : CounterMode
{
    private const int Lanes = 8;
    private const int StrideLength = Lanes * BlockLength;

    private readonly Vector128<byte>[] _roundKeys = AesKeySchedule.Expand(key);

    public static bool IsSupported => AesInstructions.IsSupported && Ssse3.IsSupported;

    private static Vector128<byte> SwapCounter => Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 14, 13, 12);

    public Vector128<byte> EncryptBlock(Vector128<byte> block)
    {
        block ^= _roundKeys[0];
        for (var i = 1; i < _roundKeys.Length - 1; i++)
        {
            block = AesInstructions.Encrypt(block, _roundKeys[i]);
        }

        return AesInstructions.EncryptLast(block, _roundKeys[^1]);
    }

    public override void Transform(Vector128<byte> counterBlock, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination[..source.Length]);

        // Kept with the counter in machine order, so that it can be added to.
        var counter = Ssse3.Shuffle(counterBlock, SwapCounter).AsUInt32();
        var done = 0;
        for (; done <= source.Length - StrideLength; done += StrideLength)
        {
            Stride(counter, ref Unsafe.Add(ref from, done), ref Unsafe.Add(ref to, done));
            counter += Vector128.Create(0u, 0, 0, Lanes);
        }

        if (done < source.Length)
        {
            Span<byte> rest = stackalloc byte[StrideLength];
            source[done..].CopyTo(rest);
            Stride(counter, ref MemoryMarshal.GetReference(rest), ref MemoryMarshal.GetReference(rest));
            rest[..(source.Length - done)].CopyTo(destination[done..]);
        }
    }

    public override void Dispose() => Array.Clear(_roundKeys);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Stride(Vector128<uint> counter, ref byte from, ref byte to)
    {
        var keys = _roundKeys;
        var one = Vector128.Create(0u, 0, 0, 1);
        var key = keys[0];
        var b0 = Ssse3.Shuffle(counter.AsByte(), SwapCounter) ^ key;
        counter += one;
        var b1 = Ssse3.Shuffle(counter.AsByte(), SwapCounter) ^ key;
        counter += one;
        var b2 = Ssse3.Shuffle(counter.AsByte(), SwapCounter) ^ key;
        counter += one;
        var b3 = Ssse3.Shuffle(counter.AsByte(), SwapCounter) ^ key;
        counter += one;
        var b4 = Ssse3.Shuffle(counter.AsByte(), SwapCounter) ^ key;
        counter += one;
        var b5 = Ssse3.Shuffle(counter.AsByte(), SwapCounter) ^ key;
        counter += one;
        var b6 = Ssse3.Shuffle(counter.AsByte(), SwapCounter) ^ key;
        counter += one;
        var b7 = Ssse3.Shuffle(counter.AsByte(), SwapCounter) ^ key;

        for (var i = 1; i < keys.Length - 1; i++)
        {
            key = keys[i];
            b0 = AesInstructions.Encrypt(b0, key);
            b1 = AesInstructions.Encrypt(b1, key);
            b2 = AesInstructions.Encrypt(b2, key);
            b3 = AesInstructions.Encrypt(b3, key);
            b4 = AesInstructions.Encrypt(b4, key);
            b5 = AesInstructions.Encrypt(b5, key);
            b6 = AesInstructions.Encrypt(b6, key);
            b7 = AesInstructions.Encrypt(b7, key);
        }

        key = keys[^1];
        (AesInstructions.EncryptLast(b0, key) ^ Vector128.LoadUnsafe(ref from)).StoreUnsafe(ref to);
        (AesInstructions.EncryptLast(b1, key) ^ Vector128.LoadUnsafe(ref from, 16)).StoreUnsafe(ref to, 16);
        (AesInstructions.EncryptLast(b2, key) ^ Vector128.LoadUnsafe(ref from, 32)).StoreUnsafe(ref to, 32);
        (AesInstructions.EncryptLast(b3, key) ^ Vector128.LoadUnsafe(ref from, 48)).StoreUnsafe(ref to, 48);
        (AesInstructions.EncryptLast(b4, key) ^ Vector128.LoadUnsafe(ref from, 64)).StoreUnsafe(ref to, 64);
        (AesInstructions.EncryptLast(b5, key) ^ Vector128.LoadUnsafe(ref from, 80)).StoreUnsafe(ref to, 80);
        (AesInstructions.EncryptLast(b6, key) ^ Vector128.LoadUnsafe(ref from, 96)).StoreUnsafe(ref to, 96);
        (AesInstructions.EncryptLast(b7, key) ^ Vector128.LoadUnsafe(ref from, 112)).StoreUnsafe(ref to, 112);
    }
}
