using System.Numerics;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Streams;

/// <summary>Puts lost sequence numbers into NACK items of up to 17 and takes them out again (RFC 4585 section 6.2.1).</summary>
internal static class NackPacker
{
    /// <summary>Most packets that one item asks for.</summary>
    public const int MaxPerItem = 17;

    /// <summary>
    /// Packs numbers given oldest first; <paramref name="items"/> must have room for one item per number. Returns the count of items.
    /// </summary>
    public static int Pack(ReadOnlySpan<SequenceNumber> lost, Span<NackItem> items)
    {
        var count = 0;
        for (var i = 0; i < lost.Length;)
        {
            var first = lost[i++];
            ushort bitmask = 0;
            while (i < lost.Length && first.DistanceTo(lost[i]) is >= 1 and < MaxPerItem and var distance)
            {
                bitmask |= (ushort)(1 << (distance - 1));
                i++;
            }

            items[count++] = new NackItem(first, bitmask);
        }

        return count;
    }

    /// <summary>Writes the numbers of an item, oldest first; <paramref name="lost"/> must hold 17. Returns how many.</summary>
    public static int Unpack(NackItem item, Span<SequenceNumber> lost)
    {
        lost[0] = item.PacketId;
        var count = 1;
        for (uint rest = item.Bitmask; rest != 0; rest &= rest - 1)
        {
            lost[count++] = item.PacketId.Plus(BitOperations.TrailingZeroCount(rest) + 1);
        }

        return count;
    }

    /// <summary>How many packets an item asks for.</summary>
    public static int CountPackets(NackItem item) => 1 + BitOperations.PopCount(item.Bitmask);
}
