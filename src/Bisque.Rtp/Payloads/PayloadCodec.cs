namespace Bisque.Rtp;

/// <summary>The codecs whose payloads are looked into.</summary>
public enum PayloadCodec : byte
{
    /// <summary>Any other codec: forwarded as it is.</summary>
    Other,

    /// <summary>Opus (RFC 7587).</summary>
    Opus,

    /// <summary>VP8 (RFC 7741).</summary>
    Vp8,

    /// <summary>H.264 (RFC 6184).</summary>
    H264,

    /// <summary>VP9 (RFC 9628).</summary>
    Vp9,

    /// <summary>AV1 (RTP Payload Format For AV1, by the Alliance for Open Media).</summary>
    Av1,
}
