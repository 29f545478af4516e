namespace Bisque.Sctp.Send;

/// <summary>How long to wait for an acknowledgement, from the round-trip times that were measured (RFC 9260 section 6.3.1).</summary>
internal sealed class RetransmissionTimeout(SctpOptions options)
{
    /// <summary>
    /// The least variation reckoned with: on a very even path a SACK that the peer delays would else look lost. Four times this is added.
    /// </summary>
    private static readonly TimeSpan MinimumVariation = TimeSpan.FromMilliseconds(220) / 8;

    private static readonly TimeSpan LongestSample = TimeSpan.FromSeconds(60);
    private TimeSpan _variation;

    /// <summary>RTO, before any doubling.</summary>
    public TimeSpan Value { get; private set; } = options.RtoInitial;

    /// <summary>SRTT; zero before the first sample.</summary>
    public TimeSpan SmoothedRoundTrip { get; private set; }

    /// <summary>Takes a sample. One that is not above zero, or above a minute, is ignored.</summary>
    public void Observe(TimeSpan roundTrip)
    {
        if (roundTrip <= TimeSpan.Zero || roundTrip > LongestSample)
        {
            return;
        }

        if (SmoothedRoundTrip == TimeSpan.Zero)
        {
            SmoothedRoundTrip = roundTrip;
            _variation = roundTrip / 2;
        }
        else
        {
            _variation += ((SmoothedRoundTrip - roundTrip).Duration() - _variation) / 4;
            SmoothedRoundTrip += (roundTrip - SmoothedRoundTrip) / 8;
        }

        _variation = _variation < MinimumVariation ? MinimumVariation : _variation;
        var timeout = SmoothedRoundTrip + 4 * _variation;
        Value = timeout < options.RtoMin ? options.RtoMin : timeout > options.RtoMax ? options.RtoMax : timeout;
    }
}
