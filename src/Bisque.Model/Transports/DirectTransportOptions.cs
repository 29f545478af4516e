namespace Bisque.Model;

/// <summary>Options of a transport between the router and the controller.</summary>
public sealed record DirectTransportOptions
{
    /// <summary>What all transports have in common.</summary>
    public required TransportOptions Base { get; init; }
}
