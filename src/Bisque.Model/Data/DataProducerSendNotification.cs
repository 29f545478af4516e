namespace Bisque.Model;

/// <summary>A message that the controller sends into a direct data producer.</summary>
public sealed record DataProducerSendNotification
{
    /// <summary>The payload protocol identifier (RFC 8831 section 8).</summary>
    public uint Ppid { get; init; }

    /// <summary>The message. Of one that was read: valid until the next one comes.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The subchannels that it is for; null for all.</summary>
    public IReadOnlyList<ushort>? Subchannels { get; init; }

    /// <summary>A subchannel that a receiver must listen to.</summary>
    public ushort? RequiredSubchannel { get; init; }

    /// <summary>A subchannel whose listeners do not receive it.</summary>
    public ushort? IgnoredSubchannel { get; init; }
}
