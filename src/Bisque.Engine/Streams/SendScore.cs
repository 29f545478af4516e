using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>The score of a sent stream, measured once per receiver report.</summary>
internal sealed class SendScore(MonotonicTime createdAt)
{
    private readonly ScoreHistory _history = new();
    private ulong _sentBefore;
    private int _lostBefore;
    private ulong _repairedBefore;
    private ulong _retransmittedBefore;
    private MonotonicTime? _measuredAt;

    /// <summary>0 to 10.</summary>
    public byte Score => _history.Score;

    /// <summary>When the score last rose from 0.</summary>
    public MonotonicTime ActiveSince { get; private set; } = createdAt;

    /// <summary>
    /// Ends an interval, unless it is shorter than <see cref="ScoreHistory.MinimumInterval"/>. The arguments are totals. Returns whether
    /// the score changed.
    /// </summary>
    public bool Measure(ulong sent, int lost, ulong repaired, ulong retransmitted, MonotonicTime now)
    {
        if (now - _measuredAt < ScoreHistory.MinimumInterval)
        {
            return false;
        }

        _measuredAt = now;
        var measured = ScoreHistory.Measure(
            sent - _sentBefore,
            (ulong)Math.Max((long)lost - _lostBefore, 0),
            repaired - _repairedBefore,
            retransmitted - _retransmittedBefore);
        _sentBefore = sent;
        _lostBefore = lost;
        _repairedBefore = repaired;
        _retransmittedBefore = retransmitted;
        var previous = Score;
        return NoteChange(previous, _history.Add(measured), now);
    }

    /// <summary>Sets the score at once and forgets earlier measurements. Returns whether the score changed.</summary>
    public bool Set(byte score, MonotonicTime now)
    {
        var previous = Score;
        _history.Reset(score);
        return NoteChange(previous, score, now);
    }

    private bool NoteChange(byte previous, byte score, MonotonicTime now)
    {
        if (previous == 0 && score > 0)
        {
            ActiveSince = now;
        }

        return previous != score;
    }
}
