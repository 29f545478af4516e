using System.Numerics;

namespace Bisque.Rtp;

/// <summary>
/// A packet status chunk of transport-wide feedback, 16 bits (draft-holmer-rmcat-transport-wide-cc-extensions-01 sections 3.1.3 and
/// 3.1.4): a run of equal symbols, 14 one-bit symbols or 7 two-bit symbols.
/// </summary>
internal readonly record struct StatusChunk(ushort Bits)
{
    /// <summary>The packet did not arrive.</summary>
    public const int NotReceived = 0;

    /// <summary>It arrived, its delta has one byte without sign.</summary>
    public const int SmallDelta = 1;

    /// <summary>It arrived, its delta has two bytes with sign.</summary>
    public const int LargeDelta = 2;

    /// <summary>The longest run that fits the 13 bits of its length.</summary>
    public const int LongestRun = 0x1fff;

    /// <summary>Symbols in a vector of one-bit symbols.</summary>
    public const int OneBitCapacity = 14;

    /// <summary>Symbols in a vector of two-bit symbols.</summary>
    public const int TwoBitCapacity = 7;

    private bool IsRun => (Bits & 0x8000) == 0;

    private bool IsTwoBit => (Bits & 0x4000) != 0;

    /// <summary>How many packets the chunk covers; the last chunk of a message may cover more than there are.</summary>
    public int Count => IsRun ? Bits & LongestRun : IsTwoBit ? TwoBitCapacity : OneBitCapacity;

    /// <summary>A run of <paramref name="count"/> equal symbols.</summary>
    public static StatusChunk Run(int symbol, int count) => new((ushort)((symbol << 13) | count));

    /// <summary>A vector of one-bit symbols: bit 13 of <paramref name="bits"/> is the first.</summary>
    public static StatusChunk OneBitVector(uint bits) => new((ushort)(0x8000 | bits));

    /// <summary>A vector of two-bit symbols: bits 13 and 12 of <paramref name="bits"/> are the first.</summary>
    public static StatusChunk TwoBitVector(uint bits) => new((ushort)(0xc000 | bits));

    /// <summary>The symbol of the packet at <paramref name="index"/> within the chunk.</summary>
    public int SymbolAt(int index)
    {
        if (IsRun)
        {
            return (Bits >> 13) & 3;
        }

        return IsTwoBit ? (Bits >> (12 - 2 * index)) & 3 : (Bits >> (13 - index)) & 1;
    }

    /// <summary>Bytes of delta that the first <paramref name="count"/> packets have; false when one has the reserved symbol 3.</summary>
    public bool TryMeasureDeltas(int count, out int length)
    {
        length = 0;
        if (IsRun)
        {
            var symbol = SymbolAt(0);
            length = symbol * count;
            return symbol <= LargeDelta;
        }

        if (!IsTwoBit)
        {
            length = BitOperations.PopCount((uint)(Bits & 0x3fff) >> (OneBitCapacity - count));
            return true;
        }

        for (var i = 0; i < count; i++)
        {
            length += SymbolAt(i);
            if (SymbolAt(i) > LargeDelta)
            {
                return false;
            }
        }

        return true;
    }
}
