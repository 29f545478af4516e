namespace Bisque.Congestion.Remb;

/// <summary>
/// Compares the trend of delay with a threshold that follows it slowly, so that competing TCP flows do not starve this one
/// (draft-ietf-rmcat-gcc-02 section 5.4).
/// </summary>
internal sealed class OveruseDetector
{
    private const double InitialThreshold = 12.5;
    private const double LowestThreshold = 6;
    private const double HighestThreshold = 600;

    /// <summary>Gains K_u and K_d: how fast the threshold rises towards a larger trend, and falls towards a smaller one.</summary>
    private const double GainUp = 0.0087;
    private const double GainDown = 0.039;

    /// <summary>A trend farther above the threshold is a sudden change of route, which the threshold shall not follow.</summary>
    private const double LargestAdaptation = 15;
    private const double LongestAdaptationInterval = 100;
    private const double OveruseTime = 10;
    private const double TrendGain = 4;
    private const int MostDeltas = 60;

    private double _threshold = InitialThreshold;
    private double _previousTrend;
    private double _timeOver;
    private int _timesOver;
    private double? _lastUpdate;

    public BandwidthUsage Usage { get; private set; }

    /// <summary>Takes a new slope; times in milliseconds.</summary>
    /// <param name="slope">Delay added per time.</param>
    /// <param name="count">Groups that were compared: the trend counts fully only after some.</param>
    /// <param name="sendDelta">Time between the departures of the two groups.</param>
    /// <param name="now">Arrival of the latest packet.</param>
    public BandwidthUsage Update(double slope, int count, double sendDelta, double now)
    {
        var trend = slope * Math.Min(count, MostDeltas) * TrendGain;
        if (trend > _threshold)
        {
            // At the first sight, delay has been growing for half the interval in the mean.
            _timeOver += _timesOver == 0 ? sendDelta / 2 : sendDelta;
            _timesOver++;
            if (_timeOver > OveruseTime && _timesOver > 1 && trend >= _previousTrend)
            {
                Usage = BandwidthUsage.Overusing;
                _timeOver = 0;
                _timesOver = 0;
            }
        }
        else
        {
            Usage = trend < -_threshold ? BandwidthUsage.Underusing : BandwidthUsage.Normal;
            _timeOver = 0;
            _timesOver = 0;
        }

        _previousTrend = trend;
        Adapt(Math.Abs(trend), now);
        return Usage;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _threshold = InitialThreshold;
        _previousTrend = _timeOver = 0;
        _timesOver = 0;
        _lastUpdate = null;
        Usage = BandwidthUsage.Normal;
    }

    private void Adapt(double trend, double now)
    {
        var elapsed = Math.Clamp(now - (_lastUpdate ?? now), 0, LongestAdaptationInterval);
        _lastUpdate = now;
        if (trend <= _threshold + LargestAdaptation)
        {
            var gain = trend < _threshold ? GainDown : GainUp;
            _threshold = Math.Clamp(_threshold + gain * (trend - _threshold) * elapsed, LowestThreshold, HighestThreshold);
        }
    }
}
