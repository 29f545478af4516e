using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>Turns lost sequence numbers into NACK items and back (RFC 4585 section 6.2.1).</summary>
public static class NackItems
{
    /// <summary>The most packets that one item can name: the packet itself and the 16 that follow it.</summary>
    public const int PacketsPerItem = 17;

    /// <summary>
    /// Packs ascending sequence numbers into as few items as that takes. Stops when <paramref name="items"/> is full; returns how many
    /// items were written and through <paramref name="packed"/> how many numbers they hold.
    /// </summary>
    public static int Pack(ReadOnlySpan<SequenceNumber> lost, Span<NackItem> items, out int packed)
    {
        var count = 0;
        packed = 0;
        while (packed < lost.Length && count < items.Length)
        {
            var first = lost[packed++];
            var bitmask = 0;
            while (packed < lost.Length && first.DistanceTo(lost[packed]) is >= 1 and < PacketsPerItem and var distance)
            {
                bitmask |= 1 << (distance - 1);
                packed++;
            }

            items[count++] = new NackItem(first, (ushort)bitmask);
        }

        return count;
    }

    /// <summary>Writes the sequence numbers that an item names, in ascending order, to at least 17 places; returns how many.</summary>
    public static int Expand(NackItem item, Span<SequenceNumber> lost)
    {
        var count = 0;
        lost[count++] = item.PacketId;
        for (var i = 0; i < 16; i++)
        {
            if ((item.Bitmask >> i & 1) != 0)
            {
                lost[count++] = item.PacketId.Plus(i + 1);
            }
        }

        return count;
    }
}
