namespace Bisque.Model;

/// <summary>What is sent or received in one media description: codecs, header extensions, encodings and RTCP settings.</summary>
public sealed record RtpParameters
{
    /// <summary>The media identification of RFC 8843, if there is one.</summary>
    public string? Mid { get; init; }

    /// <summary>The codecs in use; RTX codecs stand beside the codec that they protect.</summary>
    public required IReadOnlyList<RtpCodecParameters> Codecs { get; init; }

    /// <summary>The negotiated RTP header extensions (RFC 8285).</summary>
    public required IReadOnlyList<RtpHeaderExtensionParameters> HeaderExtensions { get; init; }

    /// <summary>The streams: one when simple or SVC, several when simulcast.</summary>
    public required IReadOnlyList<RtpEncodingParameters> Encodings { get; init; }

    /// <summary>How RTCP is spoken.</summary>
    public required RtcpParameters Rtcp { get; init; }

    /// <summary>The media stream identification (RFC 8830), if there is one.</summary>
    public string? Msid { get; init; }
}
