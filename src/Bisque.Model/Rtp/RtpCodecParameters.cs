namespace Bisque.Model;

/// <summary>One codec with its payload type.</summary>
public sealed record RtpCodecParameters
{
    /// <summary>Kind and subtype, such as <c>video/VP8</c>.</summary>
    public required string MimeType { get; init; }

    /// <summary>The RTP payload type.</summary>
    public byte PayloadType { get; init; }

    /// <summary>Clock rate in hertz.</summary>
    public uint ClockRate { get; init; }

    /// <summary>Number of audio channels; null when it is not stated.</summary>
    public byte? Channels { get; init; }

    /// <summary>Format parameters (the SDP fmtp line); null when there are none.</summary>
    public IReadOnlyList<CodecParameter>? Parameters { get; init; }

    /// <summary>The RTCP feedback that the codec takes (RFC 4585); null when there is none.</summary>
    public IReadOnlyList<RtcpFeedback>? RtcpFeedback { get; init; }
}
