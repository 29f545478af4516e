namespace Bisque.Engine.Streams;

/// <summary>A stream's score, 0 to 10: an average of the last measurements in which the newest weighs most.</summary>
internal sealed class ScoreHistory
{
    /// <summary>Measurements remembered, with weights 1 (oldest) to 24 (newest).</summary>
    public const int Length = 24;

    /// <summary>The score of a stream without a blemish, and of one that was not measured yet.</summary>
    public const byte Best = 10;

    /// <summary>
    /// Shortest time that is measured. Reports that come in quicker succession are part of the next measurement, which loses nothing: it
    /// is about all packets since the last one. So a peer that floods us with reports makes no more than ten score events a second.
    /// </summary>
    public static readonly TimeSpan MinimumInterval = TimeSpan.FromMilliseconds(100);

    private readonly byte[] _values = new byte[Length];
    private int _count;

    /// <summary>The current score.</summary>
    public byte Score { get; private set; } = Best;

    /// <summary>Takes a measurement in and returns the new score.</summary>
    public byte Add(byte value)
    {
        if (_count == Length)
        {
            Array.Copy(_values, 1, _values, 0, Length - 1);
            _count--;
        }

        _values[_count++] = value;
        var total = 0;
        for (var i = 0; i < _count; i++)
        {
            total += _values[i] * (i + 1);
        }

        var weights = _count * (_count + 1) / 2;
        return Score = (byte)Math.Round((double)total / weights, MidpointRounding.AwayFromZero);
    }

    /// <summary>Forgets the measurements and sets the score.</summary>
    public void Reset(byte score)
    {
        _count = 0;
        Score = score;
    }

    /// <summary>
    /// One measurement: the share of <paramref name="total"/> packets that arrived, to the fourth power, times ten. Losses that a
    /// retransmission made good count less, the less retransmission it took.
    /// </summary>
    public static byte Measure(ulong total, ulong lost, ulong repaired, ulong retransmitted)
    {
        if (total == 0)
        {
            return Best;
        }

        lost = Math.Min(lost, total);
        repaired = Math.Min(repaired, lost);
        var credit = Math.Pow(1 / (((double)repaired / total) + 1), 4);
        if (retransmitted > 0)
        {
            credit *= Math.Min((double)repaired / retransmitted, 1);
        }

        var missing = lost - (repaired * credit);
        return (byte)Math.Round(Math.Pow((total - missing) / total, 4) * Best, MidpointRounding.AwayFromZero);
    }
}
