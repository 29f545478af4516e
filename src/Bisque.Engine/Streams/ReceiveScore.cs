using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>The score of a received stream, measured once per sender report.</summary>
internal sealed class ReceiveScore(MonotonicTime createdAt)
{
    private readonly ScoreHistory _history = new();
    private uint _expectedBefore;
    private ulong _receivedBefore;
    private ulong _repairedBefore;
    private ulong _retransmittedBefore;
    private MonotonicTime? _measuredAt;

    /// <summary>0 to 10.</summary>
    public byte Score => _history.Score;

    /// <summary>When the score last rose from 0.</summary>
    public MonotonicTime ActiveSince { get; private set; } = createdAt;

    /// <summary>
    /// Ends an interval, unless it is shorter than <see cref="ScoreHistory.MinimumInterval"/>. The arguments are totals; while inactive
    /// the interval is passed over.
    /// </summary>
    public void Measure(uint expected, ulong received, ulong repaired, ulong retransmitted, bool isInactive, MonotonicTime now)
    {
        if (now - _measuredAt < ScoreHistory.MinimumInterval)
        {
            return;
        }

        _measuredAt = now;
        var expectedNow = expected - _expectedBefore;
        var receivedNow = received - _receivedBefore;
        var repairedNow = repaired - _repairedBefore;
        var retransmittedNow = retransmitted - _retransmittedBefore;
        _expectedBefore = expected;
        _receivedBefore = received;
        _repairedBefore = repaired;
        _retransmittedBefore = retransmitted;
        if (isInactive)
        {
            return;
        }

        var lost = expectedNow > receivedNow ? expectedNow - receivedNow : 0;
        var measured = expectedNow > 0 && receivedNow == 0 ? (byte)0
            : expectedNow == 0 ? ScoreHistory.Best
            : ScoreHistory.Measure(receivedNow, lost, repairedNow, retransmittedNow);
        var previous = Score;
        NoteActivity(previous, _history.Add(measured), now);
    }

    /// <summary>Sets the score at once and forgets earlier measurements.</summary>
    public void Set(byte score, MonotonicTime now)
    {
        var previous = Score;
        _history.Reset(score);
        NoteActivity(previous, score, now);
    }

    /// <summary>The sender's numbering started over, and with it the totals of expected and received packets.</summary>
    public void StartOver()
    {
        _expectedBefore = 0;
        _receivedBefore = 0;
    }

    private void NoteActivity(byte previous, byte score, MonotonicTime now)
    {
        if (previous == 0 && score > 0)
        {
            ActiveSince = now;
        }
    }
}
