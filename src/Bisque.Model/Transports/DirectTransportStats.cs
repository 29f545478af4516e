namespace Bisque.Model;

/// <summary>Statistics of a direct transport.</summary>
public sealed record DirectTransportStats
{
    /// <summary>What all transports have in common.</summary>
    public required TransportStats Base { get; init; }
}
