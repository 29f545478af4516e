namespace Bisque.Engine.Data;

/// <summary>A message on its way from a data producer to its consumers. Valid as long as the bytes that it views.</summary>
internal readonly ref struct DataMessage
{
    /// <summary>The payload protocol identifier (RFC 8831 section 8), passed on as it came.</summary>
    public required uint Ppid { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>The subchannels that it is for; none: for everybody.</summary>
    public SubchannelList Subchannels { get; init; }

    /// <summary>A subchannel that a receiver must listen to.</summary>
    public ushort? RequiredSubchannel { get; init; }

    /// <summary>A subchannel whose listeners do not receive it.</summary>
    public ushort? IgnoredSubchannel { get; init; }
}
