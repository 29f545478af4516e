namespace Bisque.Model;

/// <summary>Closes a producer.</summary>
public sealed record CloseProducerRequest
{
    /// <summary>Which one.</summary>
    public required string ProducerId { get; init; }
}

/// <summary>Closes a consumer.</summary>
public sealed record CloseConsumerRequest
{
    /// <summary>Which one.</summary>
    public required string ConsumerId { get; init; }
}

/// <summary>Closes a data producer.</summary>
public sealed record CloseDataProducerRequest
{
    /// <summary>Which one.</summary>
    public required string DataProducerId { get; init; }
}

/// <summary>Closes a data consumer.</summary>
public sealed record CloseDataConsumerRequest
{
    /// <summary>Which one.</summary>
    public required string DataConsumerId { get; init; }
}
