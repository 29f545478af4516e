using Bisque.Primitives;

namespace Bisque.Congestion.Remb;

/// <summary>
/// Additive or multiplicative increase, multiplicative decrease (draft-ietf-rmcat-gcc-02 section 5.5). Until the first overuse the
/// estimate runs ahead at twice the incoming rate, since nothing is known of the path and a slow start would hold the sender back.
/// </summary>
internal sealed class RateController
{
    public static readonly Bitrate Minimum = new(30_000);

    /// <summary>Beyond that no sender of media wants to go; keeps hostile packet sizes from leading anywhere.</summary>
    public static readonly Bitrate Maximum = new(1_000_000_000);

    private const double DecreaseFactor = 0.85;
    private const double IncreasePerSecond = 1.08;
    private const double StartFactor = 2;

    /// <summary>The estimate is not proven by what arrives once it is that much above it (with the margin for small rates).</summary>
    private const double LargestAdvance = 1.5;
    private static readonly Bitrate AdvanceMargin = new(10_000);

    /// <summary>Nobody tells a receiver the round-trip time; that much is assumed.</summary>
    private static readonly TimeSpan RoundTripTime = TimeSpan.FromMilliseconds(200);

    /// <summary>Time in which a change shows: a round trip, and 100 ms for the sender and the detector.</summary>
    private static readonly TimeSpan ResponseTime = RoundTripTime + TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);

    private readonly LinkCapacity _capacity = new();
    private bool _isStarting = true;
    private bool _isHolding;
    private MonotonicTime? _lastDecrease;
    private MonotonicTime? _lastUpdate;

    /// <summary>The estimate; null until the incoming rate was known once.</summary>
    public Bitrate? Estimate { get; private set; }

    /// <summary>Takes the state of the path; returns whether the estimate was lowered.</summary>
    public bool Update(BandwidthUsage usage, Bitrate incoming, MonotonicTime now)
    {
        var elapsed = _lastUpdate is { } last ? Shorter(now - last, LongestStep) : TimeSpan.Zero;
        _lastUpdate = now;
        var estimate = Estimate ?? Bound(incoming * StartFactor);
        var before = estimate;
        switch (usage)
        {
            case BandwidthUsage.Overusing:
                estimate = MayDecrease(estimate, incoming, now) ? Decrease(estimate, incoming, now) : estimate;
                break;
            case BandwidthUsage.Underusing:
                // The queue is emptied first.
                _isHolding = true;
                break;
            case BandwidthUsage.Normal when _isHolding:
                _isHolding = false;
                break;
            default:
                estimate = Increase(estimate, incoming, elapsed);
                break;
        }

        Estimate = Bound(estimate);
        return Estimate < before;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Estimate = null;
        _isStarting = true;
        _isHolding = false;
        _lastDecrease = _lastUpdate = null;
        _capacity.Forget();
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static Bitrate Bound(Bitrate rate) => rate < Minimum ? Minimum : rate > Maximum ? Maximum : rate;

    /// <summary>One decrease takes a round trip to show, unless the path carries less than half of what was thought.</summary>
    private bool MayDecrease(Bitrate estimate, Bitrate incoming, MonotonicTime now) =>
        _lastDecrease is not { } last || now - last >= RoundTripTime || incoming < estimate * 0.5;

    private Bitrate Decrease(Bitrate estimate, Bitrate incoming, MonotonicTime now)
    {
        _isStarting = false;
        _isHolding = true;
        _lastDecrease = now;
        if (_capacity.IsAbove(incoming) || _capacity.IsBelow(incoming))
        {
            _capacity.Forget();
        }

        _capacity.Add(incoming);
        var lowered = incoming * DecreaseFactor;
        return lowered < estimate ? lowered : estimate;
    }

    private Bitrate Increase(Bitrate estimate, Bitrate incoming, TimeSpan elapsed)
    {
        if (_isStarting)
        {
            var ahead = incoming * StartFactor;
            return ahead > estimate ? ahead : estimate;
        }

        if (_capacity.IsBelow(incoming))
        {
            _capacity.Forget();
        }

        var raised = _capacity.IsKnown ? estimate + Additive(estimate, elapsed) : estimate * Math.Pow(IncreasePerSecond, elapsed.TotalSeconds);
        var limit = incoming * LargestAdvance + AdvanceMargin;

        // A sender that pauses does not lower the estimate, it only stops raising it.
        return raised <= limit ? raised : estimate > limit ? estimate : limit;
    }

    /// <summary>Half a packet of the size that the rate makes likely, at 30 frames per second and 1200 bytes, per response time.</summary>
    private static Bitrate Additive(Bitrate estimate, TimeSpan elapsed)
    {
        var bitsPerFrame = estimate.BitsPerSecond / 30.0;
        var packetsPerFrame = Math.Ceiling(bitsPerFrame / (1200 * 8));
        var packetBits = bitsPerFrame / Math.Max(packetsPerFrame, 1);
        var perSecond = Math.Max(4000, 0.5 * packetBits / ResponseTime.TotalSeconds);
        return new Bitrate((long)(perSecond * elapsed.TotalSeconds));
    }
}
