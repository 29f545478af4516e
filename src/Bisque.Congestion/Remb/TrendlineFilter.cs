namespace Bisque.Congestion.Remb;

/// <summary>
/// The slope of the queuing delay: a least-squares line through the smoothed delays of the latest groups, in place of the Kalman filter
/// of draft-ietf-rmcat-gcc-02 section 5.3, with the constants that libwebrtc came to use.
/// </summary>
internal sealed class TrendlineFilter
{
    private const int WindowLength = 20;
    private const double Smoothing = 0.9;

    private readonly double[] _arrivals = new double[WindowLength];
    private readonly double[] _delays = new double[WindowLength];
    private int _next;
    private double _delay;
    private double _smoothedDelay;

    /// <summary>Groups compared since the beginning.</summary>
    public int Count { get; private set; }

    /// <summary>Milliseconds of delay that are added per millisecond; 0 until the window is full.</summary>
    public double Slope { get; private set; }

    /// <summary>Takes the differences between two groups and the arrival of the later one, all in milliseconds.</summary>
    public void Add(double sendDelta, double arrivalDelta, double arrival)
    {
        _delay += arrivalDelta - sendDelta;
        _smoothedDelay = Smoothing * _smoothedDelay + (1 - Smoothing) * _delay;
        _arrivals[_next] = arrival;
        _delays[_next] = _smoothedDelay;
        _next = (_next + 1) % WindowLength;
        Count = Math.Min(Count + 1, int.MaxValue - 1);
        if (Count >= WindowLength)
        {
            Slope = Fit();
        }
    }

    /// <summary>Forgets all groups.</summary>
    public void Reset()
    {
        Count = _next = 0;
        _delay = _smoothedDelay = Slope = 0;
    }

    private double Fit()
    {
        double meanArrival = 0, meanDelay = 0;
        for (var i = 0; i < WindowLength; i++)
        {
            meanArrival += _arrivals[i] / WindowLength;
            meanDelay += _delays[i] / WindowLength;
        }

        double covariance = 0, variance = 0;
        for (var i = 0; i < WindowLength; i++)
        {
            covariance += (_arrivals[i] - meanArrival) * (_delays[i] - meanDelay);
            variance += (_arrivals[i] - meanArrival) * (_arrivals[i] - meanArrival);
        }

        // All groups at one instant have no line through them: the slope stays what it was.
        return variance > 0 ? covariance / variance : Slope;
    }
}
