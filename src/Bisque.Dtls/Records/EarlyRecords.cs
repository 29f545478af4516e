namespace Bisque.Dtls.Records;

/// <summary>
/// Keeps protected records that overtook the messages their keys come from, so that a reordered flight needs no retransmission.
/// A Finished and a few application records fit; what an attacker puts here costs at most <see cref="MaximumCount"/> failed openings.
/// </summary>
internal sealed class EarlyRecords
{
    /// <summary>A flight has one protected record; the others are room for data sent right behind it.</summary>
    public const int MaximumCount = 4;

    /// <summary>Larger ones are not worth keeping before the peer has proven anything.</summary>
    public const int MaximumRecordLength = 1500;

    private byte[][]? _records;
    private int _count;

    /// <summary>Keeps a copy of a whole record while there is room.</summary>
    public bool TryKeep(ReadOnlySpan<byte> record)
    {
        if (_count == MaximumCount || record.Length > MaximumRecordLength)
        {
            return false;
        }

        _records ??= new byte[MaximumCount][];
        _records[_count++] = record.ToArray();
        return true;
    }

    /// <summary>Gives back what was kept, once, in the order of arrival.</summary>
    public ReadOnlySpan<byte[]> TakeAll()
    {
        var taken = _records.AsSpan(0, _count);
        _records = null;
        _count = 0;
        return taken;
    }
}
