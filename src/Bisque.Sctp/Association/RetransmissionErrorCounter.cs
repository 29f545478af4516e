namespace Bisque.Sctp.Association;

/// <summary>How often in a row the peer has not answered (RFC 9260 section 8.1).</summary>
internal sealed class RetransmissionErrorCounter(int? limit)
{
    /// <summary>Errors since the peer last answered.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the peer is to be given up.</summary>
    public bool IsExhausted => Count > limit;

    /// <summary>Counts one; false when that was one too many.</summary>
    public bool Increment()
    {
        Count++;
        return !IsExhausted;
    }

    /// <summary>The peer has answered.</summary>
    public void Clear() => Count = 0;
}
