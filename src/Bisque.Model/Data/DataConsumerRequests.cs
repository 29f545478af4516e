namespace Bisque.Model;

/// <summary>How much waits to be sent.</summary>
public sealed record GetBufferedAmountResponse
{
    /// <summary>Bytes waiting to be sent.</summary>
    public uint BufferedAmount { get; init; }
}

/// <summary>Sets where the buffered amount counts as low.</summary>
public sealed record SetBufferedAmountLowThresholdRequest
{
    /// <summary>Bytes.</summary>
    public uint Threshold { get; init; }
}

/// <summary>Sends a message to the data consumer's endpoint.</summary>
public sealed record DataConsumerSendRequest
{
    /// <summary>The payload protocol identifier (RFC 8831 section 8).</summary>
    public uint Ppid { get; init; }

    /// <summary>The message. Of one that was read: valid until the next one comes.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }
}

/// <summary>Answers <see cref="DataConsumerSendRequest"/>.</summary>
public sealed record DataConsumerSendResponse
{
    /// <summary>Bytes waiting to be sent.</summary>
    public uint BufferedAmount { get; init; }
}
