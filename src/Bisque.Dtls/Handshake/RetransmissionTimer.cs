using Bisque.Primitives;

namespace Bisque.Dtls.Handshake;

/// <summary>When to send a flight again (RFC 6347 section 4.2.4.1, with mediasoup's faster schedule): 0.1, 0.2, 0.4 … 6.4, 4, 4 … seconds.</summary>
internal struct RetransmissionTimer()
{
    /// <summary>Silence after this many repetitions, about 37 seconds, is the end; OpenSSL's number.</summary>
    public const int MaximumRetransmissions = 12;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(4);

    private TimeSpan _interval;
    private int _retransmissions;

    /// <summary>When the flight is due again.</summary>
    public MonotonicTime Deadline { get; private set; } = MonotonicTime.Never;

    /// <summary>A new flight has been sent.</summary>
    public void Start(MonotonicTime now)
    {
        _interval = First;
        _retransmissions = 0;
        Deadline = now + _interval;
    }

    /// <summary>Counts one repetition and waits longer. False when there have been enough.</summary>
    public bool TryBackOff(MonotonicTime now)
    {
        if (_retransmissions == MaximumRetransmissions)
        {
            Deadline = MonotonicTime.Never;
            return false;
        }

        _retransmissions++;
        _interval = _interval < Ceiling ? 2 * _interval : Ceiling;
        Deadline = now + _interval;
        return true;
    }

    /// <summary>Nothing is waited for any more.</summary>
    public void Stop() => Deadline = MonotonicTime.Never;
}
