using Bisque.Primitives;

namespace Bisque.Congestion.Remb;

/// <summary>
/// Holds senders that estimate by themselves to a maximum, by way of REMB: the value again and again while packets arrive, and after
/// its removal zero (no limit) a few times, since REMB may get lost.
/// </summary>
internal sealed class IncomingBitrateLimiter
{
    public const int RemovalReports = 4;

    /// <summary>A report follows the one before after more than that.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(1500);

    private MonotonicTime? _lastReport;
    private int _removalReportsLeft;

    /// <summary>The limit, zero for none.</summary>
    public Bitrate Maximum { get; private set; }

    /// <summary>Sets or removes the limit; returns whether to report now.</summary>
    public bool Set(Bitrate maximum, MonotonicTime now)
    {
        var isRemoved = Maximum > Bitrate.Zero && maximum == Bitrate.Zero;
        Maximum = maximum;
        _removalReportsLeft = isRemoved ? RemovalReports - 1 : maximum > Bitrate.Zero ? 0 : _removalReportsLeft;
        if (isRemoved)
        {
            _lastReport = now;
        }

        return isRemoved;
    }

    /// <summary>Whether the arrival of a packet at <paramref name="now"/> is followed by a report of <see cref="Maximum"/>.</summary>
    public bool TakeReport(MonotonicTime now)
    {
        if ((Maximum == Bitrate.Zero && _removalReportsLeft == 0) || (_lastReport is { } last && now - last <= Interval))
        {
            return false;
        }

        _lastReport = now;
        _removalReportsLeft = Math.Max(0, _removalReportsLeft - 1);
        return true;
    }
}
