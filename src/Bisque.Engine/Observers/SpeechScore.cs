namespace Bisque.Engine.Observers;

/// <summary>
/// How likely it is that a count at one scale is speech (Volfin and Cohen, section III): the logarithm of the ratio between a binomial
/// distribution, which speech makes, and an exponential one, which noise makes. Every possible count is worked out beforehand.
/// </summary>
internal sealed class SpeechScore
{
    /// <summary>Scores are compared by their ratio, so none is 0 or less.</summary>
    public const double Lowest = 1e-10;

    /// <summary>The newest level.</summary>
    public static readonly SpeechScore Immediate = new(SpeechCounts.SubBands, 0.78);

    /// <summary>The newest 100 ms.</summary>
    public static readonly SpeechScore Medium = new(SpeechCounts.StretchLength, 24);

    /// <summary>The last second.</summary>
    public static readonly SpeechScore Long = new(SpeechCounts.Stretches, 47);

    private readonly double[] _byCount;

    private SpeechScore(int size, double lambda)
    {
        _byCount = new double[size + 1];
        var waysToChoose = 1.0;
        for (var count = 0; count <= size; count++)
        {
            // With a probability of one half the binomial's two powers are one.
            var speech = Math.Log(waysToChoose) + (size * Math.Log(0.5));
            var noise = Math.Log(lambda) - (lambda * count);
            _byCount[count] = Math.Max(speech - noise, Lowest);
            waysToChoose = waysToChoose * (size - count) / (count + 1);
        }
    }

    /// <summary>The score of a count.</summary>
    public double Of(int count) => _byCount[count];
}
