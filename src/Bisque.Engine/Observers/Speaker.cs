using Bisque.Primitives;

namespace Bisque.Engine.Observers;

/// <summary>Somebody who may speak: what was heard, and how much like speech it was.</summary>
internal sealed class Speaker(MonotonicTime createdAt)
{
    /// <summary>Without a packet for longer than this it is silent now.</summary>
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromMilliseconds(40);

    /// <summary>Without a packet for longer than this it is out of the running.</summary>
    private static readonly TimeSpan AbsenceTimeout = TimeSpan.FromHours(1);

    private readonly LevelHistory _levels = new(createdAt);
    private readonly NoiseFloor _floor = new();
    private MonotonicTime _heardAt = createdAt;

    /// <summary>Whether it cannot speak now: its producer is paused.</summary>
    public bool IsMuted { get; set; }

    public double ImmediateScore { get; private set; } = SpeechScore.Lowest;

    public double MediumScore { get; private set; } = SpeechScore.Lowest;

    public double LongScore { get; private set; } = SpeechScore.Lowest;

    /// <summary>Takes a level: 0 is silence, 127 the loudest.</summary>
    public void OnLevel(byte level, MonotonicTime now)
    {
        _levels.Write(level, now);
        _floor.OnLevel(level);
        _heardAt = now;
    }

    /// <summary>Writes silence for the time in which nothing came.</summary>
    public void NoteSilence(MonotonicTime now)
    {
        if (now - _levels.WrittenUntil > SilenceTimeout)
        {
            _levels.Write(0, now);
        }
    }

    public bool IsAbsent(MonotonicTime now) => now - _heardAt > AbsenceTimeout;

    /// <summary>Works the three scores out.</summary>
    public void Evaluate()
    {
        var counts = SpeechCounts.Of(_levels, _floor);
        ImmediateScore = SpeechScore.Immediate.Of(counts.Immediate);
        MediumScore = SpeechScore.Medium.Of(counts.Medium);
        LongScore = SpeechScore.Long.Of(counts.Long);
    }

    /// <summary>
    /// By how much it speaks more than <paramref name="dominant"/> in the newest 100 ms; null unless it is ahead at all three scales by
    /// what each of them asks for.
    /// </summary>
    public double? LeadOver(Speaker dominant)
    {
        var immediate = Math.Log(ImmediateScore / dominant.ImmediateScore);
        var medium = Math.Log(MediumScore / dominant.MediumScore);
        var @long = Math.Log(LongScore / dominant.LongScore);
        return immediate > ImmediateLead && medium > MediumLead && @long > LongLead ? medium : null;
    }

    private const double ImmediateLead = 3;
    private const double MediumLead = 2;
    private const double LongLead = 0;
}
