namespace Bisque.Model;

/// <summary>Replaces the set of trace events that a producer reports.</summary>
public sealed record ProducerEnableTraceEventRequest
{
    /// <summary>The events to report.</summary>
    public required IReadOnlyList<ProducerTraceEventType> Events { get; init; }
}
