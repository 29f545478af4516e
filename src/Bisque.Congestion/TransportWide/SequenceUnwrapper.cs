using Bisque.Primitives;

namespace Bisque.Congestion.TransportWide;

/// <summary>Turns wrapping 16-bit numbers into ones that do not wrap, each by the shorter way from the one before.</summary>
internal struct SequenceUnwrapper
{
    private long _last;
    private bool _hasLast;

    public long Unwrap(SequenceNumber number)
    {
        _last = _hasLast ? _last + new SequenceNumber((ushort)_last).DistanceTo(number) : number.Value;
        _hasLast = true;
        return _last;
    }
}
