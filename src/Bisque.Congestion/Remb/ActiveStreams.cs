using Bisque.Primitives;

namespace Bisque.Congestion.Remb;

/// <summary>The streams of the last two seconds, which a REMB names.</summary>
internal sealed class ActiveStreams
{
    /// <summary>As many as a REMB can name (8-bit count). Further streams are estimated over, but not named.</summary>
    public const int Capacity = byte.MaxValue;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private Ssrc[] _ssrcs = new Ssrc[8];
    private MonotonicTime[] _lastPackets = new MonotonicTime[8];
    private int _count;

    public ReadOnlySpan<Ssrc> Ssrcs => _ssrcs.AsSpan(0, _count);

    public void Add(Ssrc ssrc, MonotonicTime now)
    {
        var index = Ssrcs.IndexOf(ssrc);
        if (index < 0)
        {
            if (_count == Capacity)
            {
                return;
            }

            if (_count == _ssrcs.Length)
            {
                Array.Resize(ref _ssrcs, _count * 2);
                Array.Resize(ref _lastPackets, _count * 2);
            }

            index = _count++;
            _ssrcs[index] = ssrc;
        }

        _lastPackets[index] = now;
    }

    /// <summary>Drops the streams that have been silent too long.</summary>
    public void Expire(MonotonicTime now)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (now - _lastPackets[i] >= Timeout)
            {
                _count--;
                _ssrcs[i] = _ssrcs[_count];
                _lastPackets[i] = _lastPackets[_count];
            }
        }
    }

    public void Clear() => _count = 0;
}
