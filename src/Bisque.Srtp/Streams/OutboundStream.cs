namespace Bisque.Srtp.Streams;

/// <summary>
/// What is kept of an SSRC that is sent: the highest 48-bit packet index, rollover counter and sequence number, and which of those
/// before it were used. A mutable struct.
/// </summary>
internal struct OutboundStream
{
    private ReplayWindow _used;
    private ulong _first;

    /// <summary>Whether anything was sent.</summary>
    public readonly bool IsStarted => _used.IsStarted;

    /// <summary>The highest index used, 0 before the first.</summary>
    public readonly ulong Highest => _used.Highest;

    /// <summary>A stream that begins behind one of the same SSRC.</summary>
    public static OutboundStream After(ulong highestIndex)
    {
        var stream = new OutboundStream { _first = highestIndex + 1 };
        stream._used.Accept(highestIndex);
        return stream;
    }

    /// <summary>Whether the index lies where a stream before this one has sent.</summary>
    public readonly bool IsOfStreamBefore(ulong index) => index < _first;

    /// <summary>The index that a sequence number stands for; the rollover counter starts at 0.</summary>
    public readonly ulong Estimate(ushort sequenceNumber) =>
        _used.IsStarted ? RolloverCounter.Estimate(_used.Highest, sequenceNumber) : sequenceNumber;

    /// <summary>Whether nothing was sent under the index. One so old that it cannot be told counts as used.</summary>
    public readonly bool IsFresh(ulong index) => _used.Check(index) == SrtpStatus.Ok;

    /// <summary>Notes that a packet is sent under the index.</summary>
    public void Use(ulong index)
    {
        // What is older than the window must not be marked: its place belongs to a newer index.
        if (_used.Check(index) != SrtpStatus.TooOld)
        {
            _used.Accept(index);
        }
    }
}
