namespace Bisque.Model;

/// <summary>What an RTP stream is.</summary>
public sealed record RtpStreamParameters
{
    /// <summary>The index of the stream's encoding.</summary>
    public uint EncodingIndex { get; init; }

    /// <summary>The SSRC.</summary>
    public uint Ssrc { get; init; }

    /// <summary>The payload type.</summary>
    public byte PayloadType { get; init; }

    /// <summary>The codec's MIME type in its canonical case.</summary>
    public required string MimeType { get; init; }

    /// <summary>Clock rate in hertz.</summary>
    public uint ClockRate { get; init; }

    /// <summary>The RID; the empty string when there is none.</summary>
    public required string Rid { get; init; }

    /// <summary>The canonical name.</summary>
    public required string Cname { get; init; }

    /// <summary>The SSRC of the retransmission stream.</summary>
    public uint? RtxSsrc { get; init; }

    /// <summary>The payload type of the retransmission stream.</summary>
    public byte? RtxPayloadType { get; init; }

    /// <summary>Whether lost packets are asked for.</summary>
    public bool UseNack { get; init; }

    /// <summary>Whether picture loss is indicated.</summary>
    public bool UsePli { get; init; }

    /// <summary>Whether full intra requests are sent.</summary>
    public bool UseFir { get; init; }

    /// <summary>Whether the codec carries forward error correction.</summary>
    public bool UseInBandFec { get; init; }

    /// <summary>Whether the sender stops during silence.</summary>
    public bool UseDtx { get; init; }

    /// <summary>Number of spatial layers.</summary>
    public byte SpatialLayers { get; init; }

    /// <summary>Number of temporal layers.</summary>
    public byte TemporalLayers { get; init; }
}

/// <summary>What a retransmission stream is.</summary>
public sealed record RtxStreamParameters
{
    /// <summary>The SSRC.</summary>
    public uint Ssrc { get; init; }

    /// <summary>The payload type.</summary>
    public byte PayloadType { get; init; }

    /// <summary>The MIME type in its canonical case.</summary>
    public required string MimeType { get; init; }

    /// <summary>Clock rate in hertz.</summary>
    public uint ClockRate { get; init; }

    /// <summary>The repaired RID; the empty string when there is none.</summary>
    public required string Rrid { get; init; }

    /// <summary>The canonical name.</summary>
    public required string Cname { get; init; }
}
