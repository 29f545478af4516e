namespace Bisque.Model;

/// <summary>Chooses the layers that a consumer would like to receive.</summary>
public sealed record SetPreferredLayersRequest
{
    /// <summary>The layers.</summary>
    public required ConsumerLayers PreferredLayers { get; init; }
}

/// <summary>Answers <see cref="SetPreferredLayersRequest"/>.</summary>
public sealed record SetPreferredLayersResponse
{
    /// <summary>The layers after clamping; null where there are no layers.</summary>
    public ConsumerLayers? PreferredLayers { get; init; }
}

/// <summary>Ranks a consumer among those that share a transport's bandwidth.</summary>
public sealed record SetPriorityRequest
{
    /// <summary>From 1, the higher the sooner served.</summary>
    public byte Priority { get; init; }
}

/// <summary>Answers <see cref="SetPriorityRequest"/>.</summary>
public sealed record SetPriorityResponse
{
    /// <summary>The priority now.</summary>
    public byte Priority { get; init; }
}

/// <summary>Replaces the set of trace events that a consumer reports.</summary>
public sealed record ConsumerEnableTraceEventRequest
{
    /// <summary>The events to report.</summary>
    public required IReadOnlyList<ConsumerTraceEventType> Events { get; init; }
}
