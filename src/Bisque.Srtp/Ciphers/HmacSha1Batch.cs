using System.Runtime.CompilerServices;

namespace Bisque.Srtp.Ciphers;

/// <summary>Collects messages to be authenticated until there are enough to do them side by side. Mutable: passed by reference.</summary>
internal struct HmacSha1Batch
{
    /// <summary>Below this, one after the other is faster.</summary>
    private const int WorthItFrom = 3;

    private Lanes _lanes;
    private int _count;

    /// <summary>Takes a message, which must stay as it is until its tag was written, at the latest by <see cref="Flush"/>.</summary>
    public void Add(in HmacSha1Lane lane)
    {
        if (!HmacSha1Lanes.IsSupported)
        {
            lane.Key.Compute(lane.Message, lane.Suffix, lane.Tag);
            return;
        }

        _lanes[_count++] = lane;
        if (_count == HmacSha1Lanes.Count)
        {
            Flush();
        }
    }

    /// <summary>Writes all tags that are still missing.</summary>
    public void Flush()
    {
        ReadOnlySpan<HmacSha1Lane> lanes = ((ReadOnlySpan<HmacSha1Lane>)_lanes)[.._count];
        _count = 0;
        if (lanes.Length >= WorthItFrom)
        {
            HmacSha1Lanes.Compute(lanes);
            return;
        }

        foreach (ref readonly var lane in lanes)
        {
            lane.Key.Compute(lane.Message, lane.Suffix, lane.Tag);
        }
    }

    [InlineArray(HmacSha1Lanes.Count)]
    private struct Lanes
    {
        private HmacSha1Lane _first;
    }
}
