using Bisque.Primitives;

namespace Bisque.Congestion.Tests;

/// <summary>A link that carries one packet after the other at its capacity, with a queue that drops at its end.</summary>
internal sealed class BottleneckLink(Bitrate capacity, TimeSpan propagation, TimeSpan longestQueue)
{
    private MonotonicTime _freeAt;

    public Bitrate Capacity { get; set; } = capacity;

    /// <summary>When a packet that is sent now arrives; null when the queue is full.</summary>
    public MonotonicTime? Send(MonotonicTime now, int bytes)
    {
        var begin = MonotonicTime.Max(now, _freeAt);
        if (begin - now > longestQueue)
        {
            return null;
        }

        _freeAt = begin + TimeSpan.FromSeconds(bytes * 8.0 / Capacity.BitsPerSecond);
        return _freeAt + propagation;
    }
}
