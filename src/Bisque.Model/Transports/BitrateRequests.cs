namespace Bisque.Model;

/// <summary>Limits what the remote side may send.</summary>
public sealed record SetMaxIncomingBitrateRequest
{
    /// <summary>Bits per second; 0 for no limit.</summary>
    public ulong MaxIncomingBitrate { get; init; }
}

/// <summary>Limits what is sent to the remote side.</summary>
public sealed record SetMaxOutgoingBitrateRequest
{
    /// <summary>Bits per second; 0 for no limit.</summary>
    public ulong MaxOutgoingBitrate { get; init; }
}

/// <summary>States the least that is sent to the remote side.</summary>
public sealed record SetMinOutgoingBitrateRequest
{
    /// <summary>Bits per second; 0 for no limit.</summary>
    public ulong MinOutgoingBitrate { get; init; }
}
