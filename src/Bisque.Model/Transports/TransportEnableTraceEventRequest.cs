namespace Bisque.Model;

/// <summary>Replaces the set of trace events that a transport reports.</summary>
public sealed record TransportEnableTraceEventRequest
{
    /// <summary>The events to report.</summary>
    public required IReadOnlyList<TransportTraceEventType> Events { get; init; }
}
