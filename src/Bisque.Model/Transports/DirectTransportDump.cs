namespace Bisque.Model;

/// <summary>A direct transport as it stands.</summary>
public sealed record DirectTransportDump
{
    /// <summary>What all transports have in common.</summary>
    public required TransportDump Base { get; init; }
}
