using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bisque.Srtp.Ciphers;

/// <summary>The SHA-1 compression function (FIPS 180-4 section 6.1.2) over 16 independent states.</summary>
internal static class Sha1Compression
{
    // Truth tables of the three round functions for vpternlogd.
    private const byte Choose = 0xca;
    private const byte Parity = 0x96;
    private const byte Majority = 0xe8;

    /// <summary>
    /// Works one block of 16 words, which it overwrites, into the five words of state; lanes that are not
    /// <paramref name="active"/> keep theirs.
    /// </summary>
    public static void Compress(Span<Vector512<uint>> state, Span<Vector512<uint>> words, Vector512<uint> active)
    {
        ref var w = ref MemoryMarshal.GetReference(words[..16]);
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4]);
        for (var t = 0; t < 80; t += 5)
        {
            // Five rounds return the variables to their places, which saves moving them about.
            switch (t / 20)
            {
                case 0:
                    var constant = Vector512.Create(0x5a82_7999u);
                    Round(a, ref b, c, d, ref e, Choose, constant, Word(ref w, t));
                    Round(e, ref a, b, c, ref d, Choose, constant, Word(ref w, t + 1));
                    Round(d, ref e, a, b, ref c, Choose, constant, Word(ref w, t + 2));
                    Round(c, ref d, e, a, ref b, Choose, constant, Word(ref w, t + 3));
                    Round(b, ref c, d, e, ref a, Choose, constant, Word(ref w, t + 4));
                    break;
                case 2:
                    constant = Vector512.Create(0x8f1b_bcdcu);
                    Round(a, ref b, c, d, ref e, Majority, constant, Word(ref w, t));
                    Round(e, ref a, b, c, ref d, Majority, constant, Word(ref w, t + 1));
                    Round(d, ref e, a, b, ref c, Majority, constant, Word(ref w, t + 2));
                    Round(c, ref d, e, a, ref b, Majority, constant, Word(ref w, t + 3));
                    Round(b, ref c, d, e, ref a, Majority, constant, Word(ref w, t + 4));
                    break;
                default:
                    constant = Vector512.Create(t < 40 ? 0x6ed9_eba1u : 0xca62_c1d6u);
                    Round(a, ref b, c, d, ref e, Parity, constant, Word(ref w, t));
                    Round(e, ref a, b, c, ref d, Parity, constant, Word(ref w, t + 1));
                    Round(d, ref e, a, b, ref c, Parity, constant, Word(ref w, t + 2));
                    Round(c, ref d, e, a, ref b, Parity, constant, Word(ref w, t + 3));
                    Round(b, ref c, d, e, ref a, Parity, constant, Word(ref w, t + 4));
                    break;
            }
        }

        state[0] += a & active;
        state[1] += b & active;
        state[2] += c & active;
        state[3] += d & active;
        state[4] += e & active;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector512<uint> a,
        ref Vector512<uint> b,
        Vector512<uint> c,
        Vector512<uint> d,
        ref Vector512<uint> e,
        [ConstantExpected] byte function,
        Vector512<uint> constant,
        Vector512<uint> word)
    {
        e += Avx512F.RotateLeft(a, 5) + Avx512F.TernaryLogic(b, c, d, function) + (constant + word);
        b = Avx512F.RotateLeft(b, 30);
    }

    /// <summary>Word t of the schedule, kept in a ring of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Word(ref Vector512<uint> w, int t)
    {
        ref var slot = ref Unsafe.Add(ref w, t & 15);
        if (t >= 16)
        {
            slot = Avx512F.RotateLeft(Unsafe.Add(ref w, (t - 3) & 15) ^ Unsafe.Add(ref w, (t - 8) & 15) ^ Unsafe.Add(ref w, (t - 14) & 15) ^ slot, 1);
        }

        return slot;
    }
}
