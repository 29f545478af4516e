using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>What was negotiated for one RTP stream, received or sent.</summary>
internal record RtpStreamOptions
{
    /// <summary>Position of the stream's encoding in the RTP parameters.</summary>
    public int EncodingIndex { get; init; }

    /// <summary>The media stream's source.</summary>
    public required Ssrc Ssrc { get; init; }

    /// <summary>Payload type of the media codec.</summary>
    public required byte PayloadType { get; init; }

    /// <summary>Codec as "video/VP8".</summary>
    public required string MimeType { get; init; }

    /// <summary>Timestamp units per second.</summary>
    public required uint ClockRate { get; init; }

    /// <summary>RTP stream id of the encoding (RFC 8852), empty when it has none.</summary>
    public string Rid { get; init; } = "";

    /// <summary>Canonical name of the sender (RFC 3550 section 6.5.1).</summary>
    public string Cname { get; init; } = "";

    /// <summary>Source of the retransmission stream (RFC 4588), null when there is none.</summary>
    public Ssrc? RtxSsrc { get; init; }

    /// <summary>Payload type of the retransmission codec, null when there is none.</summary>
    public byte? RtxPayloadType { get; init; }

    /// <summary>Generic NACK was negotiated (RFC 4585 section 6.2.1).</summary>
    public bool UseNack { get; init; }

    /// <summary>Picture loss indication was negotiated (RFC 4585 section 6.3.1).</summary>
    public bool UsePli { get; init; }

    /// <summary>Full intra request was negotiated (RFC 5104 section 4.3.1).</summary>
    public bool UseFir { get; init; }

    /// <summary>Opus repairs losses by itself (useinbandfec=1, RFC 7587 section 6.1).</summary>
    public bool UseInBandFec { get; init; }

    /// <summary>The sender may fall silent (usedtx=1, RFC 7587 section 6.1).</summary>
    public bool UseDtx { get; init; }

    /// <summary>Number of spatial layers in the stream, at least 1.</summary>
    public int SpatialLayers { get; init; } = 1;

    /// <summary>Number of temporal layers in the stream, at least 1.</summary>
    public int TemporalLayers { get; init; } = 1;

    /// <summary>Whether the stream carries video.</summary>
    public bool IsVideo => MimeType.StartsWith("video/", StringComparison.OrdinalIgnoreCase);
}
