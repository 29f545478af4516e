using Bisque.Primitives;

namespace Bisque.Congestion.Remb;

/// <summary>The rate at which bytes arrive, over the last half second (draft-ietf-rmcat-gcc-02 section 5.5 asks for 0.5 to 1 s).</summary>
internal sealed class IncomingRate
{
    private const int BucketMilliseconds = 10;
    private const int BucketCount = 50;
    private const int WindowMilliseconds = BucketMilliseconds * BucketCount;

    private readonly long[] _buckets = new long[BucketCount];
    private long _bytes;
    private long _newest = long.MinValue;
    private MonotonicTime _since;

    public void Add(int bytes, MonotonicTime now)
    {
        if (_newest == long.MinValue)
        {
            _newest = now.Milliseconds / BucketMilliseconds;
            _since = now;
        }

        MoveTo(now);
        _buckets[(int)(_newest % BucketCount)] += bytes;
        _bytes += bytes;
    }

    /// <summary>The rate, or null while less than half a second has been seen.</summary>
    public Bitrate? At(MonotonicTime now)
    {
        if (_newest == long.MinValue || (now - _since).TotalMilliseconds < WindowMilliseconds)
        {
            return null;
        }

        MoveTo(now);
        return new Bitrate(_bytes * 8 * 1000 / WindowMilliseconds);
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(_buckets);
        _bytes = 0;
        _newest = long.MinValue;
    }

    private void MoveTo(MonotonicTime now)
    {
        var bucket = now.Milliseconds / BucketMilliseconds;
        if (bucket - _newest >= BucketCount)
        {
            Array.Clear(_buckets);
            _bytes = 0;
            _newest = bucket;
        }

        while (_newest < bucket)
        {
            ref var oldest = ref _buckets[(int)(++_newest % BucketCount)];
            _bytes -= oldest;
            oldest = 0;
        }
    }
}
