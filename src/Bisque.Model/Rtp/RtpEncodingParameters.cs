namespace Bisque.Model;

/// <summary>The retransmission stream of an encoding (RFC 4588).</summary>
public sealed record RtxParameters
{
    /// <summary>The SSRC of the retransmission stream.</summary>
    public uint Ssrc { get; init; }
}

/// <summary>One encoding: a stream of its own SSRC or RID.</summary>
public sealed record RtpEncodingParameters
{
    /// <summary>The stream's SSRC; null when only the RID names it.</summary>
    public uint? Ssrc { get; init; }

    /// <summary>The stream's RID (RFC 8851).</summary>
    public string? Rid { get; init; }

    /// <summary>The payload type of the codec in use; null for the first codec.</summary>
    public byte? CodecPayloadType { get; init; }

    /// <summary>The stream's retransmission stream, if there is one.</summary>
    public RtxParameters? Rtx { get; init; }

    /// <summary>Whether the sender stops during silence.</summary>
    public bool Dtx { get; init; }

    /// <summary>The scalability mode, such as <c>L1T3</c>.</summary>
    public string? ScalabilityMode { get; init; }

    /// <summary>The most that the sender may use, in bits per second.</summary>
    public ulong? MaxBitrate { get; init; }
}
