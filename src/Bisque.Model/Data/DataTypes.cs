namespace Bisque.Model;

/// <summary>Where a data producer's messages come from.</summary>
public enum DataProducerType : byte
{
    /// <summary>An SCTP stream.</summary>
    Sctp,

    /// <summary>The controller.</summary>
    Direct,
}

/// <summary>Where a data consumer's messages go.</summary>
public enum DataConsumerType : byte
{
    /// <summary>An SCTP stream.</summary>
    Sctp,

    /// <summary>The controller.</summary>
    Direct,
}
