namespace Bisque.LoadTest;

/// <summary>A series of measurements of one thing.</summary>
internal sealed class Figures(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Median => Percentile(0.5);

    public double Minimum => _sorted[0];

    public double Maximum => _sorted[^1];

    /// <summary>The value below which the given part lies, interpolated.</summary>
    public double Percentile(double part)
    {
        var position = part * (_sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + (position - below) * (_sorted[above] - _sorted[below]);
    }
}
