namespace Bisque.Congestion.Remb;

/// <summary>Turns the 24-bit abs-send-time (6.18 fixed-point seconds, wrapping every 64 s) into microseconds that do not wrap.</summary>
internal struct AbsSendTimeUnwrapper
{
    private const int FractionBits = 18;

    private long _lastUnits;
    private bool _hasLast;

    public long UnwrapMicroseconds(uint absSendTime)
    {
        // Shifting the difference up to 32 bits and back extends the sign of the shorter way round.
        _lastUnits = _hasLast ? _lastUnits + ((int)((absSendTime - (uint)_lastUnits) << 8) >> 8) : absSendTime & 0xff_ffff;
        _hasLast = true;
        return (long)((Int128)_lastUnits * 1_000_000 >> FractionBits);
    }
}
