using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>Interarrival jitter: how unevenly packets travel, smoothed (RFC 3550 section 6.4.1 and appendix A.8).</summary>
internal sealed class JitterEstimator(uint clockRate)
{
    private uint? _transit;
    private uint _jitterTimes16;

    /// <summary>The estimate in clock-rate units.</summary>
    public uint Jitter => _jitterTimes16 >> 4;

    /// <summary>Takes a packet into account.</summary>
    public void OnPacket(RtpTimestamp timestamp, MonotonicTime receivedAt)
    {
        var arrival = (uint)((Int128)receivedAt.Microseconds * clockRate / 1_000_000);
        var transit = arrival - timestamp.Value;
        if (_transit is { } before)
        {
            // The magnitude of a wrapping difference; a jump of the sender's timestamps is not jitter.
            var difference = Math.Abs((long)(int)(transit - before));
            if (difference <= (long)clockRate * MaxDifferenceSeconds)
            {
                _jitterTimes16 += (uint)difference - ((_jitterTimes16 + 8) >> 4);
            }
        }

        _transit = transit;
    }

    /// <summary>Forgets everything, as after a pause.</summary>
    public void Reset()
    {
        _transit = null;
        _jitterTimes16 = 0;
    }

    /// <summary>Differences past this come of a source that restarted, not of the network.</summary>
    private const int MaxDifferenceSeconds = 10;
}
