namespace Bisque.Model;

/// <summary>Statistics of a pipe transport.</summary>
public sealed record PipeTransportStats
{
    /// <summary>What all transports have in common.</summary>
    public required TransportStats Base { get; init; }

    /// <summary>The addresses.</summary>
    public required TransportTuple Tuple { get; init; }
}
