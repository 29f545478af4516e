using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bisque.Srtp.Ciphers;

/// <summary>
/// AES in counter mode under one key. The counter is the last 32 bits of the block, big-endian: as GCM has it, and enough for the
/// 16-bit block counter of RFC 3711 section 4.1.1.
/// </summary>
internal abstract class CounterMode : IDisposable
{
    public const int BlockLength = 16;

    /// <summary>The fastest implementation on this machine for a key of 16 or 32 bytes.</summary>
    public static CounterMode Create(ReadOnlySpan<byte> key) =>
        HardwareCounterMode.IsSupported ? new HardwareCounterMode(key) : new FrameworkCounterMode(key);

    /// <summary>The same block with its counter <paramref name="blocks"/> further.</summary>
    public static Vector128<byte> Advance(Vector128<byte> counterBlock, int blocks)
    {
        var words = counterBlock.AsUInt32();
        var counter = BinaryPrimitives.ReverseEndianness(words.GetElement(3));
        return words.WithElement(3, BinaryPrimitives.ReverseEndianness(counter + (uint)blocks)).AsByte();
    }

    /// <summary>
    /// Encrypts or decrypts <paramref name="source"/> to <paramref name="destination"/>, which is at least as long, and either the
    /// same bytes or apart from it.
    /// </summary>
    public abstract void Transform(Vector128<byte> counterBlock, ReadOnlySpan<byte> source, Span<byte> destination);

    /// <summary>Encrypts <paramref name="prefix"/> and <paramref name="body"/> as if they were one.</summary>
    public void Transform(Vector128<byte> counterBlock, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, Span<byte> destination)
    {
        if (prefix.Length > 0)
        {
            // The body's first bytes share the prefix's last block; from the next block on nothing needs to be copied first.
            var blocks = (prefix.Length + BlockLength - 1) / BlockLength;
            var joined = Math.Min(blocks * BlockLength, prefix.Length + body.Length);
            prefix.CopyTo(destination);
            body[..(joined - prefix.Length)].CopyTo(destination[prefix.Length..]);
            Transform(counterBlock, destination[..joined], destination);
            body = body[(joined - prefix.Length)..];
            destination = destination[joined..];
            counterBlock = Advance(counterBlock, blocks);
        }

        if (body.Length > 0)
        {
            Transform(counterBlock, body, destination);
        }
    }

    public abstract void Dispose();

    /// <summary>Combines data with key stream of at least its length.</summary>
    protected static void Xor(ReadOnlySpan<byte> source, ReadOnlySpan<byte> keyStream, Span<byte> destination)
    {
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var key = ref MemoryMarshal.GetReference(keyStream[..source.Length]);
        ref var to = ref MemoryMarshal.GetReference(destination[..source.Length]);
        var i = 0;
        for (; i <= source.Length - BlockLength; i += BlockLength)
        {
            (Vector128.LoadUnsafe(ref from, (nuint)i) ^ Vector128.LoadUnsafe(ref key, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = (byte)(source[i] ^ keyStream[i]);
        }
    }
}
