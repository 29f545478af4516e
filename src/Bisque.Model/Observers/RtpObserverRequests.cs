namespace Bisque.Model;

/// <summary>Adds a producer to what an observer watches.</summary>
public sealed record RtpObserverAddProducerRequest
{
    /// <summary>Which one.</summary>
    public required string ProducerId { get; init; }
}

/// <summary>Removes a producer from what an observer watches.</summary>
public sealed record RtpObserverRemoveProducerRequest
{
    /// <summary>Which one.</summary>
    public required string ProducerId { get; init; }
}
