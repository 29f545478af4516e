namespace Bisque.Dtls.Records;

/// <summary>
/// Remembers which of the last 64 sequence numbers were received (RFC 6347 section 4.1.2.6, RFC 4303 section 3.4.3). To be
/// updated only with authentic records.
/// </summary>
internal struct ReplayWindow
{
    private const int Width = 64;

    private ulong _next;
    private ulong _seen;

    /// <summary>Whether <paramref name="sequence"/> may be new.</summary>
    public readonly bool Allows(ulong sequence)
    {
        if (sequence >= _next)
        {
            return true;
        }

        var age = _next - 1 - sequence;
        return age < Width && (_seen >> (int)age & 1) == 0;
    }

    /// <summary>Marks <paramref name="sequence"/>, which must be allowed, as received.</summary>
    public void Mark(ulong sequence)
    {
        if (sequence < _next)
        {
            _seen |= 1UL << (int)(_next - 1 - sequence);
            return;
        }

        var advance = sequence - _next + 1;
        _seen = advance >= Width ? 1 : _seen << (int)advance | 1;
        _next = sequence + 1;
    }
}
