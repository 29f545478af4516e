namespace Bisque.Rtp;

/// <summary>
/// Gathers packet statuses until they fill a chunk. What waits is either a run of equal symbols or at most 14 symbols that still fit
/// into one vector, so that each chunk written covers as many packets as its form allows.
/// </summary>
internal struct StatusPacker
{
    // The waiting symbols, two bits each, the oldest lowest; in a run longer than 14 only the first counts.
    private uint _symbols;
    private int _count;
    private bool _isRun;
    private bool _hasLarge;

    /// <summary>Whether symbols wait for their chunk.</summary>
    public readonly bool HasPending => _count > 0;

    private readonly int First => (int)(_symbols & 3);

    /// <summary>Takes a symbol; false when a chunk has to be taken out before it.</summary>
    public bool TryAdd(int symbol)
    {
        if (_count == 0)
        {
            _symbols = (uint)symbol;
            _count = 1;
            _isRun = true;
            _hasLarge = symbol == StatusChunk.LargeDelta;
            return true;
        }

        if (_isRun && symbol == First && _count < StatusChunk.LongestRun)
        {
            Append(symbol);
            return true;
        }

        var capacity = _hasLarge || symbol == StatusChunk.LargeDelta ? StatusChunk.TwoBitCapacity : StatusChunk.OneBitCapacity;
        if (_count >= capacity)
        {
            return false;
        }

        _isRun = _isRun && symbol == First;
        _hasLarge |= symbol == StatusChunk.LargeDelta;
        Append(symbol);
        return true;
    }

    /// <summary>
    /// Adds up to <paramref name="count"/> times the same symbol; returns how many were taken before a chunk has to be taken out.
    /// </summary>
    public int AddRun(int symbol, int count)
    {
        var taken = 0;
        while (taken < count && TryAdd(symbol))
        {
            taken++;
            if (_isRun && _count >= StatusChunk.OneBitCapacity)
            {
                var more = Math.Min(count - taken, StatusChunk.LongestRun - _count);
                _count += more;
                taken += more;
                break;
            }
        }

        return taken;
    }

    /// <summary>
    /// Takes out one chunk of what waits; at the end (<paramref name="isLast"/>) a vector may be filled up with symbols that the count of
    /// statuses cuts off.
    /// </summary>
    public StatusChunk Take(bool isLast)
    {
        if (_isRun)
        {
            var run = StatusChunk.Run(First, _count);
            this = default;
            return run;
        }

        if (!_hasLarge && (_count == StatusChunk.OneBitCapacity || isLast))
        {
            var bits = 0u;
            for (var i = 0; i < _count; i++)
            {
                bits |= ((_symbols >> (2 * i)) & 1) << (13 - i);
            }

            this = default;
            return StatusChunk.OneBitVector(bits);
        }

        return TakeTwoBitVector();
    }

    private StatusChunk TakeTwoBitVector()
    {
        var taken = Math.Min(_count, StatusChunk.TwoBitCapacity);
        var bits = 0u;
        for (var i = 0; i < taken; i++)
        {
            bits |= ((_symbols >> (2 * i)) & 3) << (12 - 2 * i);
        }

        var rest = _symbols >> (2 * taken);
        var restCount = _count - taken;
        this = default;
        for (var i = 0; i < restCount; i++)
        {
            TryAdd((int)(rest >> (2 * i)) & 3);
        }

        return StatusChunk.TwoBitVector(bits);
    }

    private void Append(int symbol)
    {
        if (_count < StatusChunk.OneBitCapacity)
        {
            _symbols |= (uint)symbol << (2 * _count);
        }

        _count++;
    }
}
