namespace Bisque.Model;

/// <summary>A pipe transport as it stands.</summary>
public sealed record PipeTransportDump
{
    /// <summary>What all transports have in common.</summary>
    public required TransportDump Base { get; init; }

    /// <summary>The addresses.</summary>
    public required TransportTuple Tuple { get; init; }

    /// <summary>Whether retransmission is used.</summary>
    public bool Rtx { get; init; }

    /// <summary>The worker's SRTP key, with SRTP.</summary>
    public SrtpParameters? SrtpParameters { get; init; }
}
