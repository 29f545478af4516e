using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bisque.Srtp.Ciphers;

/// <summary>
/// HMAC-SHA1 of up to 16 messages at once, each in its own lane of AVX-512 registers. SHA-1 cannot be sped up inside one message,
/// but a router sends the same packet to many receivers.
/// </summary>
internal static class HmacSha1Lanes
{
    /// <summary>Messages that fit side by side.</summary>
    public const int Count = 16;

    private const int BlockLength = 64;
    private const int TailLength = 2 * BlockLength;
    private const int SuffixLength = 4;
    private const int StateWords = 5;

    public static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported;

    /// <summary>Writes the tag of 1 to 16 messages.</summary>
    public static void Compute(ReadOnlySpan<HmacSha1Lane> lanes)
    {
        Debug.Assert(lanes.Length is > 0 and <= Count, "There are 16 lanes.");
        Span<byte> tails = stackalloc byte[Count * TailLength];
        Span<uint> blocks = stackalloc uint[Count];
        Span<uint> outer = stackalloc uint[StateWords * Count];
        Span<Vector512<uint>> state = stackalloc Vector512<uint>[StateWords];
        Span<Vector512<uint>> words = stackalloc Vector512<uint>[16];
        Span<Vector512<uint>> scratch = stackalloc Vector512<uint>[16];
        blocks.Clear();
        LoadStates(lanes, MemoryMarshal.Cast<Vector512<uint>, uint>(state), outer);
        var most = 0u;
        for (var i = 0; i < lanes.Length; i++)
        {
            blocks[i] = (uint)((lanes[i].Length / BlockLength) + WriteTail(lanes[i], tails.Slice(i * TailLength, TailLength)));
            most = Math.Max(most, blocks[i]);
        }

        var ends = Vector512.Create<uint>(blocks);
        for (var block = 0u; block < most; block++)
        {
            LoadWords(lanes, tails, (int)block, words, scratch);
            Sha1Compression.Compress(state, words, Vector512.GreaterThan(ends, Vector512.Create(block)));
        }

        // The outer hash is one block: the inner digest, the end mark, and the length of padded key and digest in bits.
        state.CopyTo(words);
        words[StateWords] = Vector512.Create(0x8000_0000u);
        words[(StateWords + 1)..15].Clear();
        words[15] = Vector512.Create(8u * (BlockLength + HmacSha1.TagLength));
        MemoryMarshal.Cast<uint, Vector512<uint>>(outer).CopyTo(state);
        Sha1Compression.Compress(state, words, Vector512<uint>.AllBitsSet);
        WriteTags(lanes, MemoryMarshal.Cast<Vector512<uint>, uint>(state));
    }

    private static void LoadStates(ReadOnlySpan<HmacSha1Lane> lanes, Span<uint> inner, Span<uint> outer)
    {
        inner.Clear();
        outer.Clear();
        for (var i = 0; i < lanes.Length; i++)
        {
            for (var word = 0; word < StateWords; word++)
            {
                inner[(word * Count) + i] = lanes[i].Key.Inner[word];
                outer[(word * Count) + i] = lanes[i].Key.Outer[word];
            }
        }
    }

    /// <summary>What follows the last whole block: remaining bytes, suffix, end mark and bit length. Returns its blocks, 1 or 2.</summary>
    private static int WriteTail(in HmacSha1Lane lane, Span<byte> tail)
    {
        var rest = lane.Message[(lane.Length / BlockLength * BlockLength)..];
        var content = rest.Length + SuffixLength;
        var tailBlocks = content + 1 + sizeof(ulong) <= BlockLength ? 1 : 2;
        tail.Clear();
        rest.CopyTo(tail);
        BinaryPrimitives.WriteUInt32BigEndian(tail[rest.Length..], lane.Suffix);
        tail[content] = 0x80;
        var bits = 8UL * (ulong)(BlockLength + lane.Length + SuffixLength);
        BinaryPrimitives.WriteUInt64BigEndian(tail[((tailBlocks * BlockLength) - sizeof(ulong))..], bits);
        return tailBlocks;
    }

    /// <summary>Reads one block of every lane and turns rows into columns: word t of all lanes in register t.</summary>
    private static void LoadWords(
        ReadOnlySpan<HmacSha1Lane> lanes,
        ReadOnlySpan<byte> tails,
        int block,
        Span<Vector512<uint>> words,
        Span<Vector512<uint>> scratch)
    {
        for (var i = 0; i < lanes.Length; i++)
        {
            ref readonly var lane = ref lanes[i];
            var wholeBlocks = lane.Length / BlockLength;
            var bytes = block < wholeBlocks
                ? lane.Message.Slice(block * BlockLength, BlockLength)

                // A lane that is past its end computes something that is not kept.
                : tails.Slice((i * TailLength) + (Math.Min(block - wholeBlocks, 1) * BlockLength), BlockLength);
            words[i] = LaneTranspose.SwapBytes(Vector512.Create(bytes));
        }

        words[lanes.Length..].Clear();
        LaneTranspose.Transpose(words, scratch);
    }

    private static void WriteTags(ReadOnlySpan<HmacSha1Lane> lanes, ReadOnlySpan<uint> state)
    {
        Span<byte> tag = stackalloc byte[HmacSha1.TagLength];
        for (var i = 0; i < lanes.Length; i++)
        {
            for (var word = 0; word < StateWords; word++)
            {
                BinaryPrimitives.WriteUInt32BigEndian(tag[(4 * word)..], state[(word * Count) + i]);
            }

            tag[..lanes[i].TagLength].CopyTo(lanes[i].Tag);
        }
    }
}
