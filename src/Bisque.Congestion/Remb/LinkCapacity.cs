using Bisque.Primitives;

namespace Bisque.Congestion.Remb;

/// <summary>
/// Where earlier increases ended: the mean of incoming rates at decreases and how much they vary (draft-ietf-rmcat-gcc-02 section 5.5).
/// Near it the estimate rises carefully. Rates in kbit/s.
/// </summary>
internal sealed class LinkCapacity
{
    private const double Weight = 0.05;

    /// <summary>The variance is kept relative to the mean, and between these, so that neither one outlier nor a steady link spoils it.</summary>
    private const double LowestVariance = 0.4;
    private const double HighestVariance = 2.5;

    private double? _mean;
    private double _variance = LowestVariance;

    public bool IsKnown => _mean is not null;

    public void Add(Bitrate rate)
    {
        var sample = rate.BitsPerSecond / 1000.0;
        var mean = _mean is { } known ? (1 - Weight) * known + Weight * sample : sample;
        var deviation = mean - sample;
        _variance = Math.Clamp(
            (1 - Weight) * _variance + Weight * deviation * deviation / Math.Max(mean, 1), LowestVariance, HighestVariance);
        _mean = mean;
    }

    /// <summary>Whether <paramref name="rate"/> lies more than three standard deviations above.</summary>
    public bool IsBelow(Bitrate rate) => _mean is { } mean && rate.BitsPerSecond / 1000.0 > mean + 3 * Deviation(mean);

    /// <summary>Whether <paramref name="rate"/> lies more than three standard deviations below.</summary>
    public bool IsAbove(Bitrate rate) => _mean is { } mean && rate.BitsPerSecond / 1000.0 < mean - 3 * Deviation(mean);

    /// <summary>The path has changed: nothing is known.</summary>
    public void Forget()
    {
        _mean = null;
        _variance = LowestVariance;
    }

    private double Deviation(double mean) => Math.Sqrt(_variance * mean);
}
