using Bisque.Primitives;

namespace Bisque.Sctp.Association;

/// <summary>T1 and T2: a wait that doubles with each expiry, and ends after so many (RFC 9260 sections 5.1 and 9.2).</summary>
internal sealed class RetransmissionTimer(TimeSpan first, int? maxRestarts)
{
    private const int MaxDoublings = 20;
    private int _expirations;

    /// <summary>When the wait is over; never when the timer does not run.</summary>
    public MonotonicTime Deadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Begins the first wait.</summary>
    public void Start(MonotonicTime now)
    {
        _expirations = 0;
        Deadline = now + first;
    }

    /// <summary>Ends waiting.</summary>
    public void Stop() => Deadline = MonotonicTime.Never;

    /// <summary>Begins the next wait. False when there were enough.</summary>
    public bool TryRestart(MonotonicTime now)
    {
        _expirations++;
        if (_expirations > maxRestarts)
        {
            Stop();
            return false;
        }

        Deadline = now + first * (1 << Math.Min(_expirations, MaxDoublings));
        return true;
    }
}
