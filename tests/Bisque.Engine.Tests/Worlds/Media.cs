using Bisque.Model;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>
/// RTP parameters as a controller makes them. Producers use other payload types and extension ids than consumers, so that a forgotten
/// mapping shows.
/// </summary>
internal static class Media
{
    public const byte VideoPayloadType = 120;
    public const byte VideoRtxPayloadType = 121;
    public const byte AudioPayloadType = 111;
    public const byte ConsumedVideoPayloadType = 101;
    public const byte ConsumedVideoRtxPayloadType = 102;
    public const byte ConsumedAudioPayloadType = 100;

    /// <summary>How a producer's peer numbers header extensions.</summary>
    public static class Sent
    {
        public const byte Mid = 14;
        public const byte AbsSendTime = 13;
        public const byte TransportWide = 12;
        public const byte AudioLevel = 3;
        public const byte VideoOrientation = 2;
        public const byte PlayoutDelay = 1;
        public const byte TimeOffset = 5;
        public const byte DependencyDescriptor = 6;
    }

    /// <summary>How consumers number them: the ids that mediasoup prefers.</summary>
    public static class Consumed
    {
        public const byte Mid = 1;
        public const byte AbsSendTime = 4;
        public const byte TransportWide = 5;
        public const byte AudioLevel = 6;
        public const byte VideoOrientation = 8;
        public const byte TimeOffset = 9;
        public const byte PlayoutDelay = 11;
        public const byte DependencyDescriptor = 7;
    }

    public static ProduceRequest Video(
        string id = "video",
        uint ssrc = 1000,
        string mimeType = "video/VP8",
        string? mid = null,
        bool rtx = true,
        string? congestionControl = null) => new()
        {
            ProducerId = id,
            Kind = MediaKind.Video,
            RtpParameters = new RtpParameters
            {
                Mid = mid,
                Codecs =
                [
                    new RtpCodecParameters
                    {
                        MimeType = mimeType,
                        PayloadType = VideoPayloadType,
                        ClockRate = 90_000,
                        RtcpFeedback = VideoFeedback(congestionControl),
                    },
                    .. rtx ? [Rtx(VideoRtxPayloadType, VideoPayloadType)] : Array.Empty<RtpCodecParameters>(),
                ],
                HeaderExtensions =
                [
                    new() { Uri = RtpHeaderExtensionUri.Mid, Id = Sent.Mid },
                    new() { Uri = RtpHeaderExtensionUri.AbsSendTime, Id = Sent.AbsSendTime },
                    new() { Uri = RtpHeaderExtensionUri.TransportWideCcDraft01, Id = Sent.TransportWide },
                    new() { Uri = RtpHeaderExtensionUri.VideoOrientation, Id = Sent.VideoOrientation },
                    new() { Uri = RtpHeaderExtensionUri.PlayoutDelay, Id = Sent.PlayoutDelay },
                    new() { Uri = RtpHeaderExtensionUri.TimeOffset, Id = Sent.TimeOffset },
                    new() { Uri = RtpHeaderExtensionUri.DependencyDescriptor, Id = Sent.DependencyDescriptor },
                ],
                Encodings = [new RtpEncodingParameters { Ssrc = ssrc, Rtx = rtx ? new RtxParameters { Ssrc = ssrc + 1 } : null }],
                Rtcp = new RtcpParameters { Cname = "sender" },
            },
            RtpMapping = new RtpMapping
            {
                Codecs =
                [
                    new() { PayloadType = VideoPayloadType, MappedPayloadType = ConsumedVideoPayloadType },
                    new() { PayloadType = VideoRtxPayloadType, MappedPayloadType = ConsumedVideoRtxPayloadType },
                ],
                Encodings = [new RtpEncodingMapping { Ssrc = ssrc, MappedSsrc = Mapped(ssrc) }],
            },
        };

    public static ProduceRequest Audio(string id = "audio", uint ssrc = 3000, string? mid = null, bool nack = false) => new()
    {
        ProducerId = id,
        Kind = MediaKind.Audio,
        RtpParameters = new RtpParameters
        {
            Mid = mid,
            Codecs =
            [
                new RtpCodecParameters
                {
                    MimeType = "audio/opus",
                    PayloadType = AudioPayloadType,
                    ClockRate = 48_000,
                    Channels = 2,
                    RtcpFeedback = nack ? [new RtcpFeedback { Type = "nack" }] : [],
                },
            ],
            HeaderExtensions =
            [
                new() { Uri = RtpHeaderExtensionUri.Mid, Id = Sent.Mid },
                new() { Uri = RtpHeaderExtensionUri.AbsSendTime, Id = Sent.AbsSendTime },
                new() { Uri = RtpHeaderExtensionUri.TransportWideCcDraft01, Id = Sent.TransportWide },
                new() { Uri = RtpHeaderExtensionUri.SsrcAudioLevel, Id = Sent.AudioLevel },
            ],
            Encodings = [new RtpEncodingParameters { Ssrc = ssrc }],
            Rtcp = new RtcpParameters { Cname = "sender" },
        },
        RtpMapping = new RtpMapping
        {
            Codecs = [new() { PayloadType = AudioPayloadType, MappedPayloadType = ConsumedAudioPayloadType }],
            Encodings = [new RtpEncodingMapping { Ssrc = ssrc, MappedSsrc = Mapped(ssrc) }],
        },
    };

    /// <summary>A consumer of a producer. Its RTX SSRC is <paramref name="ssrc"/> plus 1.</summary>
    public static ConsumeRequest Consume(
        ProduceRequest producer, string id = "consumer", uint ssrc = 5000, string? mid = "c", bool rtx = true, bool nack = true)
    {
        var isVideo = producer.Kind == MediaKind.Video;
        var hasRtx = isVideo && rtx;
        return new ConsumeRequest
        {
            ConsumerId = id,
            ProducerId = producer.ProducerId,
            Kind = producer.Kind,
            Type = RtpParametersType.Simple,
            RtpParameters = new RtpParameters
            {
                Mid = mid,
                Codecs =
                [
                    new RtpCodecParameters
                    {
                        MimeType = producer.RtpParameters.Codecs[0].MimeType,
                        PayloadType = isVideo ? ConsumedVideoPayloadType : ConsumedAudioPayloadType,
                        ClockRate = producer.RtpParameters.Codecs[0].ClockRate,
                        Channels = producer.RtpParameters.Codecs[0].Channels,
                        RtcpFeedback = !isVideo ? [] : nack ? VideoFeedback(null) : [new RtcpFeedback { Type = "nack", Parameter = "pli" }],
                    },
                    .. hasRtx ? [Rtx(ConsumedVideoRtxPayloadType, ConsumedVideoPayloadType)] : Array.Empty<RtpCodecParameters>(),
                ],
                HeaderExtensions =
                [
                    new() { Uri = RtpHeaderExtensionUri.Mid, Id = Consumed.Mid },
                    new() { Uri = RtpHeaderExtensionUri.AbsSendTime, Id = Consumed.AbsSendTime },
                    new() { Uri = RtpHeaderExtensionUri.TransportWideCcDraft01, Id = Consumed.TransportWide },
                    new() { Uri = RtpHeaderExtensionUri.SsrcAudioLevel, Id = Consumed.AudioLevel },
                    new() { Uri = RtpHeaderExtensionUri.VideoOrientation, Id = Consumed.VideoOrientation },
                    new() { Uri = RtpHeaderExtensionUri.TimeOffset, Id = Consumed.TimeOffset },
                    new() { Uri = RtpHeaderExtensionUri.DependencyDescriptor, Id = Consumed.DependencyDescriptor },
                    new() { Uri = RtpHeaderExtensionUri.PlayoutDelay, Id = Consumed.PlayoutDelay },
                ],
                Encodings = [new RtpEncodingParameters { Ssrc = ssrc, Rtx = hasRtx ? new RtxParameters { Ssrc = ssrc + 1 } : null }],
                Rtcp = new RtcpParameters { Cname = "sender" },
            },
            ConsumableRtpEncodings = [new RtpEncodingParameters { Ssrc = producer.RtpMapping.Encodings[0].MappedSsrc }],
        };
    }

    /// <summary>The producer behind a pipe that takes what a consumer sends into it.</summary>
    public static ProduceRequest Piped(ConsumeRequest consume) => new()
    {
        ProducerId = consume.ProducerId,
        Kind = consume.Kind,
        RtpParameters = consume.RtpParameters,
        RtpMapping = new RtpMapping
        {
            Codecs =
            [
                .. consume.RtpParameters.Codecs.Select(codec =>
                    new RtpCodecMapping { PayloadType = codec.PayloadType, MappedPayloadType = codec.PayloadType }),
            ],
            Encodings =
            [
                .. consume.RtpParameters.Encodings.Select(encoding =>
                    new RtpEncodingMapping { Ssrc = encoding.Ssrc, MappedSsrc = Mapped(encoding.Ssrc!.Value) }),
            ],
        },
    };

    /// <summary>The SSRC under which the router knows a producer's stream.</summary>
    public static uint Mapped(uint ssrc) => ssrc + 900_000;

    private static RtpCodecParameters Rtx(byte payloadType, int associated) => new()
    {
        MimeType = "video/rtx",
        PayloadType = payloadType,
        ClockRate = 90_000,
        Parameters = [new CodecParameter { Name = "apt", Value = new CodecParameterValue.Integer32(associated) }],
    };

    private static RtcpFeedback[] VideoFeedback(string? congestionControl) =>
    [
        new() { Type = "nack" },
        new() { Type = "nack", Parameter = "pli" },
        new() { Type = "ccm", Parameter = "fir" },
        .. congestionControl is null ? [] : new RtcpFeedback[] { new() { Type = congestionControl } },
    ];
}
