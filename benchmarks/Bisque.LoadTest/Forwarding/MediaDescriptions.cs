using Bisque.LoadTest.Media;
using Bisque.Model;

namespace Bisque.LoadTest.Forwarding;

/// <summary>The RTP parameters of producer and consumers, as the controller's library would work them out.</summary>
internal sealed class MediaDescriptions(bool isWebRtc)
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

    public ProduceRequest Produce(string producerId) => new()
    {
        ProducerId = producerId,
        Kind = MediaKind.Video,
        RtpParameters = new RtpParameters
        {
            Mid = MidText,
            Codecs = [Codec(StreamNames.ProducerPayloadType)],
            HeaderExtensions = isWebRtc ? [Mid] : [],
            Encodings = [new RtpEncodingParameters { Ssrc = StreamNames.ProducerSsrc }],
            Rtcp = new RtcpParameters { Cname = "load" },
        },
        RtpMapping = new RtpMapping
        {
            Codecs = [new RtpCodecMapping { PayloadType = StreamNames.ProducerPayloadType, MappedPayloadType = StreamNames.ConsumerPayloadType }],
            Encodings = [new RtpEncodingMapping { Ssrc = StreamNames.ProducerSsrc, MappedSsrc = StreamNames.MappedSsrc }],
        },
    };

    public ConsumeRequest Consume(string consumerId, string producerId, int consumer) => new()
    {
        ConsumerId = consumerId,
        ProducerId = producerId,
        Kind = MediaKind.Video,
        Type = RtpParametersType.Simple,
        RtpParameters = new RtpParameters
        {
            Mid = MidText,
            Codecs = isWebRtc ? [Codec(StreamNames.ConsumerPayloadType), Rtx()] : [Codec(StreamNames.ConsumerPayloadType)],
            HeaderExtensions = isWebRtc ? [Mid, AbsSendTime] : [],
            Encodings =
            [
                new RtpEncodingParameters
                {
                    Ssrc = StreamNames.ConsumerSsrc(consumer),
                    Rtx = isWebRtc ? new RtxParameters { Ssrc = StreamNames.ConsumerRtxSsrc(consumer) } : null,
                },
            ],
            Rtcp = new RtcpParameters { Cname = "load" },
        },
        ConsumableRtpEncodings = [new RtpEncodingParameters { Ssrc = StreamNames.MappedSsrc }],
    };

    private string? MidText => isWebRtc ? StreamNames.Mid : null;

    private static RtpCodecParameters Codec(byte payloadType) =>
        new() { MimeType = "video/VP8", PayloadType = payloadType, ClockRate = ClockRate, Parameters = [], RtcpFeedback = Feedback };

    private static RtpCodecParameters Rtx() => new()
    {
        MimeType = "video/rtx",
        PayloadType = StreamNames.ConsumerRtxPayloadType,
        ClockRate = ClockRate,
        Parameters = [new CodecParameter { Name = "apt", Value = new CodecParameterValue.Integer32(StreamNames.ConsumerPayloadType) }],
        RtcpFeedback = [],
    };
}
