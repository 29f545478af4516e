using Bisque.LoadTest.Consumers;
using Bisque.LoadTest.Media;
using Bisque.Model;

namespace Bisque.LoadTest.Forwarding;

/// <summary>The RTP parameters of producer and consumers, as the controller's library would work them out.</summary>
internal sealed class MediaDescriptions(bool isWebRtc, ConsumerKind? kind = null)
{
    private const uint ClockRate = 90_000;

    private static readonly RtcpFeedback[] Feedback =
    [
        new() { Type = "nack" },
        new() { Type = "nack", Parameter = "pli" },
        new() { Type = "ccm", Parameter = "fir" },
    ];

    private static readonly RtpHeaderExtensionParameters Mid = new() { Uri = RtpHeaderExtensionUri.Mid, Id = StreamNames.MidExtensionId };

    private static readonly RtpHeaderExtensionParameters AbsSendTime =
        new() { Uri = RtpHeaderExtensionUri.AbsSendTime, Id = StreamNames.AbsSendTimeExtensionId };

    private static readonly RtpHeaderExtensionParameters DependencyDescriptor =
        new() { Uri = RtpHeaderExtensionUri.DependencyDescriptor, Id = StreamNames.DependencyDescriptorExtensionId };

    private readonly LayerShape? _shape = kind?.Shape;

    /// <summary>RTP streams that a consumer sends.</summary>
    public int ConsumerStreams => Type == RtpParametersType.Pipe ? ProducerStreams : 1;

    private int ProducerStreams => _shape?.Encodings ?? 1;

    private RtpParametersType Type => kind?.Type ?? RtpParametersType.Simple;

    private string MimeType => _shape?.MimeType ?? "video/VP8";

    private string? MidText => isWebRtc ? StreamNames.Mid : null;

    private IEnumerable<int> Streams => Enumerable.Range(0, ProducerStreams);

    private RtpHeaderExtensionParameters[] Dependencies => _shape is { HasDependencyDescriptor: true } ? [DependencyDescriptor] : [];

    public ProduceRequest Produce(string producerId) => new()
    {
        ProducerId = producerId,
        Kind = MediaKind.Video,
        RtpParameters = new RtpParameters
        {
            Mid = MidText,
            Codecs = [Codec(StreamNames.ProducerPayloadType)],
            HeaderExtensions = isWebRtc ? [Mid, .. Dependencies] : Dependencies,
            Encodings = [.. Streams.Select(stream => new RtpEncodingParameters { Ssrc = StreamNames.ProducerSsrc(stream), ScalabilityMode = _shape?.Mode })],
            Rtcp = new RtcpParameters { Cname = StreamNames.Cname },
        },
        RtpMapping = new RtpMapping
        {
            Codecs = [new RtpCodecMapping { PayloadType = StreamNames.ProducerPayloadType, MappedPayloadType = StreamNames.ConsumerPayloadType }],
            Encodings =
            [
                .. Streams.Select(stream => new RtpEncodingMapping
                {
                    Ssrc = StreamNames.ProducerSsrc(stream),
                    MappedSsrc = StreamNames.MappedSsrc(stream),
                }),
            ],
        },
    };

    public ConsumeRequest Consume(string consumerId, string producerId, int consumer) => new()
    {
        ConsumerId = consumerId,
        ProducerId = producerId,
        Kind = MediaKind.Video,
        Type = Type,
        RtpParameters = new RtpParameters
        {
            Mid = MidText,
            Codecs = isWebRtc ? [Codec(StreamNames.ConsumerPayloadType), Rtx()] : [Codec(StreamNames.ConsumerPayloadType)],
            HeaderExtensions = isWebRtc ? [Mid, AbsSendTime, .. Dependencies] : Dependencies,
            Encodings =
            [
                .. Enumerable.Range(0, ConsumerStreams).Select(stream => new RtpEncodingParameters
                {
                    Ssrc = StreamNames.ConsumerSsrc(consumer, stream),
                    Rtx = isWebRtc ? new RtxParameters { Ssrc = StreamNames.ConsumerRtxSsrc(consumer, stream) } : null,
                    ScalabilityMode = ConsumerMode,
                }),
            ],
            Rtcp = new RtcpParameters { Cname = StreamNames.Cname },
        },
        ConsumableRtpEncodings =
        [
            .. Streams.Select(stream => new RtpEncodingParameters { Ssrc = StreamNames.MappedSsrc(stream), ScalabilityMode = _shape?.Mode }),
        ],
        PreferredLayers = kind?.Preferred,
    };

    // The one stream of a simulcast consumer has the encodings for its spatial layers.
    private string? ConsumerMode => Type == RtpParametersType.Simulcast ? $"L{ProducerStreams}T{LayerShape.TemporalLayers}" : _shape?.Mode;

    private RtpCodecParameters Codec(byte payloadType) =>
        new() { MimeType = MimeType, PayloadType = payloadType, ClockRate = ClockRate, Parameters = [], RtcpFeedback = Feedback };

    private static RtpCodecParameters Rtx() => new()
    {
        MimeType = "video/rtx",
        PayloadType = StreamNames.ConsumerRtxPayloadType,
        ClockRate = ClockRate,
        Parameters = [new CodecParameter { Name = "apt", Value = new CodecParameterValue.Integer32(StreamNames.ConsumerPayloadType) }],
        RtcpFeedback = [],
    };
}
