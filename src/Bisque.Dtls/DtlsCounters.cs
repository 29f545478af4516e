namespace Bisque.Dtls;

/// <summary>What a <see cref="DtlsEndpoint"/> has seen and dropped. Dropping is silent (RFC 6347 section 4.1.2.7).</summary>
public struct DtlsCounters
{
    /// <summary>Records or datagram tails that were no well-formed DTLS 1.2 record, or not one that has a meaning now.</summary>
    public long InvalidRecords { get; internal set; }

    /// <summary>Protected records whose authentication failed.</summary>
    public long UnauthenticRecords { get; internal set; }

    /// <summary>Authentic records seen before, or too old for the replay window.</summary>
    public long ReplayedRecords { get; internal set; }

    /// <summary>Flights sent again, by the timer or because the peer repeated its own.</summary>
    public long Retransmissions { get; internal set; }
}
