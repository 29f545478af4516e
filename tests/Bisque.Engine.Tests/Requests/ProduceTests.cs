using Bisque.Engine.Parameters;
using Bisque.Engine.Streams;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Requests;

/// <summary>What produce() refuses, with which error; and that a refusal leaves nothing.</summary>
public sealed class ProduceTests
{
    public static TheoryData<string, RequestErrorKind, ProduceRequest> BadRequests => new()
    {
        { "the id of another producer", RequestErrorKind.Error, Media.Audio("first", 9000) },
        { "an ssrc that is taken", RequestErrorKind.Error, Media.Audio("second", 1000) },
        { "an rtx ssrc that is taken", RequestErrorKind.Error, Media.Audio("second", 1001) },
        { "an ssrc twice", RequestErrorKind.Error, WithEncodingTwice(Media.Video("second", 9000, rtx: false)) },
        { "a mid that is taken", RequestErrorKind.Error, Media.Audio("second", 9000, mid: "taken") },
        { "the id of the router", RequestErrorKind.Error, Media.Audio("router", 9000) },
        { "no codecs", RequestErrorKind.TypeError, With(parameters => parameters with { Codecs = [] }) },
        { "no encodings", RequestErrorKind.TypeError, With(parameters => parameters with { Encodings = [] }) },
        { "no cname", RequestErrorKind.TypeError, With(parameters => parameters with { Rtcp = new RtcpParameters() }) },
        {
            "an extension id of 0",
            RequestErrorKind.TypeError,
            With(parameters => parameters with { HeaderExtensions = [new RtpHeaderExtensionParameters { Uri = RtpHeaderExtensionUri.Mid }] })
        },
        {
            "an unknown codec",
            RequestErrorKind.TypeError,
            With(parameters => parameters with { Codecs = [parameters.Codecs[0] with { MimeType = "video/H261" }] })
        },
        { "a payload type twice", RequestErrorKind.TypeError, With(parameters => parameters with { Codecs = [parameters.Codecs[0], parameters.Codecs[0]] }) },
        { "only rtx", RequestErrorKind.TypeError, With(parameters => parameters with { Codecs = [parameters.Codecs[1]] }) },
        {
            "rtx of nothing",
            RequestErrorKind.TypeError,
            With(parameters => parameters with { Codecs = [parameters.Codecs[0], parameters.Codecs[1] with { Parameters = [] }] })
        },
        {
            "an encoding of a codec that is not there",
            RequestErrorKind.TypeError,
            With(parameters => parameters with { Encodings = [parameters.Encodings[0] with { CodecPayloadType = 77 }] })
        },
        {
            "an encoding of rtx",
            RequestErrorKind.TypeError,
            With(parameters => parameters with { Encodings = [parameters.Encodings[0] with { CodecPayloadType = Media.VideoRtxPayloadType }] })
        },
        { "an empty cname", RequestErrorKind.TypeError, With(parameters => parameters with { Rtcp = new RtcpParameters { Cname = "" } }) },
        { "rtx of a codec that is not there", RequestErrorKind.TypeError, WithRtxOf(77) },
        { "rtx of rtx", RequestErrorKind.TypeError, WithRtxOf(Media.VideoRtxPayloadType) },
        { "rtx of ulpfec", RequestErrorKind.TypeError, WithRtxOf("video/ulpfec") },
        { "rtx of flexfec", RequestErrorKind.TypeError, WithRtxOf("video/flexfec") },
        {
            "several encodings with spatial layers",
            RequestErrorKind.TypeError,
            WithEncodings("video/VP8", new() { Ssrc = 9000, ScalabilityMode = "L1T3" }, new() { Ssrc = 9002, ScalabilityMode = "L2T3" })
        },
        { "simulcast of VP9", RequestErrorKind.TypeError, WithEncodings("video/VP9", new() { Ssrc = 9000 }, new() { Ssrc = 9002 }) },
        { "simulcast of AV1", RequestErrorKind.TypeError, WithEncodings("video/AV1", new() { Ssrc = 9000 }, new() { Ssrc = 9002 }) },
        { "layers of Opus", RequestErrorKind.TypeError, WithEncodings("audio/opus", new RtpEncodingParameters { Ssrc = 9000, ScalabilityMode = "L1T2" }) },
        {
            "one of several mappings with neither ssrc nor rid",
            RequestErrorKind.TypeError,
            WithoutMappedSource(WithEncodings("video/VP8", new() { Ssrc = 9000 }, new() { Ssrc = 9002 }))
        },
        { "an rid that is taken, without mid", RequestErrorKind.Error, WithEncodings("video/VP8", new RtpEncodingParameters { Rid = "taken" }) },
        { "no mapping", RequestErrorKind.TypeError, WithMapping(mapping => mapping with { Encodings = [] }) },
        {
            "more mappings than encodings",
            RequestErrorKind.TypeError,
            WithMapping(mapping => mapping with { Encodings = [mapping.Encodings[0], mapping.Encodings[0]] })
        },
        {
            "a mapping to no ssrc",
            RequestErrorKind.TypeError,
            WithMapping(mapping => mapping with { Encodings = [mapping.Encodings[0] with { MappedSsrc = 0 }] })
        },
        {
            "a mapping of neither ssrc nor rid, without mid",
            RequestErrorKind.TypeError,
            WithMapping(mapping => mapping with { Encodings = [mapping.Encodings[0] with { Ssrc = null }] })
        },
    };

    [Theory]
    [MemberData(nameof(BadRequests), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_is_refused_and_leaves_nothing(string what, RequestErrorKind kind, ProduceRequest request)
    {
        using var world = new World();
        var transport = world.ConnectPlain("plain").Transport;
        transport.Produce(Media.Video("first", mid: "taken"));
        transport.Produce(WithEncodings("video/VP8", new RtpEncodingParameters { Rid = "taken" }) with { ProducerId = "with rid" });
        var before = ((PlainTransportDump)transport.Dump()).Base;
        var handlers = world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers;

        var refusal = Assert.Throws<RequestException>(() => transport.Produce(request));

        Assert.True(kind == refusal.Kind, $"{what}: {refusal.Kind} {refusal.Message}");
        var after = ((PlainTransportDump)transport.Dump()).Base;
        Assert.Equal(before.ProducerIds, after.ProducerIds);
        Assert.Equal(before.RtpListener.SsrcTable, after.RtpListener.SsrcTable);
        Assert.Equal(before.RtpListener.MidTable, after.RtpListener.MidTable);
        Assert.Equal(handlers, world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers);
        Assert.Equal(before.RtpListener.RidTable, after.RtpListener.RidTable);
        Assert.Equal(2, world.Router.Dump().MapProducerIdConsumerIds.Count);
        Assert.NotEmpty(refusal.Message);
    }

    [Fact]
    public void The_same_ssrc_may_be_used_on_another_transport()
    {
        using var world = new World();
        world.ConnectPlain("one").Transport.Produce(Media.Video("first", mid: "v"));

        var response = world.ConnectPlain("two").Transport.Produce(Media.Video("second", mid: "v"));

        Assert.Equal(RtpParametersType.Simple, response.Type);
    }

    [Fact]
    public void A_media_type_is_found_in_any_case_and_dumped_in_its_own()
    {
        using var call = new Call(Media.Video(mimeType: "VIDEO/vp8"));

        Assert.Equal("video/VP8", call.Producer.Dump().RtpParameters.Codecs[0].MimeType);
        Assert.Equal(Media.VideoPayloadType, call.Producer.Dump().RtpParameters.Encodings[0].CodecPayloadType);
    }

    [Fact]
    public void A_refused_producer_has_no_say_in_where_capture_times_come_from()
    {
        var video = Media.Video();
        using var call = new Call(video with
        {
            RtpParameters = video.RtpParameters with
            {
                HeaderExtensions = [new RtpHeaderExtensionParameters { Uri = RtpHeaderExtensionUri.AbsCaptureTime, Id = 7 }],
            },
        });
        Assert.Equal(CaptureTimeSource.AbsoluteCaptureTime, call.Producer.Clock.Source);

        Assert.Throws<RequestException>(() => call.SenderTransport.Produce(Media.Audio(ssrc: 1000)));
        Assert.Equal(CaptureTimeSource.AbsoluteCaptureTime, call.Producer.Clock.Source);

        call.SenderTransport.Produce(Media.Audio());
        Assert.Equal(CaptureTimeSource.SenderReport, call.Producer.Clock.Source);
    }

    [Theory]
    [InlineData("video/VP8", RtpParametersType.Simple, "")]
    [InlineData("video/AV1", RtpParametersType.Simple, "L1T1")]
    [InlineData("audio/PCMU", RtpParametersType.Simple, "")]
    [InlineData("video/VP8", RtpParametersType.Svc, "L1T3")]
    [InlineData("video/H264", RtpParametersType.Svc, "S2T1")]
    [InlineData("video/VP9", RtpParametersType.Svc, "L3T3_KEY")]
    [InlineData("video/AV1", RtpParametersType.Svc, "L10T2")]
    [InlineData("video/VP8", RtpParametersType.Simulcast, "L1T3", "L1T3", "L1T3")]
    [InlineData("video/H264", RtpParametersType.Simulcast, "", "")]
    public void The_type_comes_of_the_encodings(string mimeType, RtpParametersType type, params string[] modes)
    {
        using var world = new World();
        RtpEncodingParameters[] encodings = [.. modes.Select((mode, i) => new RtpEncodingParameters { Ssrc = 9000 + (uint)i, ScalabilityMode = mode })];

        Assert.Equal(type, world.ConnectPlain("plain").Transport.Produce(WithEncodings(mimeType, encodings)).Type);
    }

    [Theory]
    [InlineData("L1T3", 1, 3, false)]
    [InlineData("S3T3", 3, 3, false)]
    [InlineData("L3T2_KEY", 3, 2, true)]
    [InlineData("L3T2_KEY_SHIFT", 3, 2, true)]
    [InlineData("L2T3h", 2, 3, false)]
    [InlineData("L12T10", 12, 10, false)]
    public void A_scalability_mode_tells_the_layers(string text, byte spatial, byte temporal, bool isKeyFrameOnly)
    {
        Assert.True(ScalabilityMode.TryParse(text, out var mode));
        Assert.Equal(new ScalabilityMode(spatial, temporal, isKeyFrameOnly, text.StartsWith('S')), mode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("L1")]
    [InlineData("l1t3")]
    [InlineData("L0T1")]
    [InlineData("L01T1")]
    [InlineData("L123T1")]
    [InlineData("L1T")]
    [InlineData("L1T0")]
    [InlineData("X1T1")]
    [InlineData(" L1T1")]
    public void What_is_no_scalability_mode_means_no_layers_and_is_not_dumped(string? text)
    {
        Assert.False(ScalabilityMode.TryParse(text, out var mode));
        Assert.Equal(ScalabilityMode.Single, mode);

        using var world = new World();
        world.ConnectPlain("plain").Transport.Produce(WithEncodings("video/VP8", new RtpEncodingParameters { Ssrc = 9000, ScalabilityMode = text }));
        Assert.Null(((Producer)world.Worker.FindRequestHandler("second")!).Dump().RtpParameters.Encodings[0].ScalabilityMode);
    }

    [Fact]
    public void A_paused_producer_starts_paused()
    {
        using var call = new Call(Media.Audio() with { Paused = true });

        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        Assert.Empty(call.Received);
        Assert.True(call.Producer.Dump().Paused);
        Assert.Equal(1ul, call.Producer.GetStats().Stats[0].PacketCount);
    }

    private static ProduceRequest WithRtxOf(int payloadType) => With(parameters => parameters with
    {
        Codecs =
        [
            parameters.Codecs[0],
            parameters.Codecs[1] with
            {
                Parameters = [new CodecParameter { Name = "apt", Value = new CodecParameterValue.Integer32(payloadType) }],
            },
        ],
    });

    private static ProduceRequest WithRtxOf(string mimeType)
    {
        var request = WithRtxOf(90);
        return request with
        {
            RtpParameters = request.RtpParameters with
            {
                Codecs = [.. request.RtpParameters.Codecs, new RtpCodecParameters { MimeType = mimeType, PayloadType = 90, ClockRate = 90_000 }],
            },
        };
    }

    private static ProduceRequest WithEncodings(string mimeType, params RtpEncodingParameters[] encodings)
    {
        var video = Media.Video("second", 9000, mimeType, rtx: false);
        return video with
        {
            RtpParameters = video.RtpParameters with { Encodings = encodings },
            RtpMapping = video.RtpMapping with
            {
                Encodings = [.. encodings.Select((encoding, i) => new RtpEncodingMapping { Ssrc = encoding.Ssrc, Rid = encoding.Rid, MappedSsrc = 77_000 + (uint)i })],
            },
        };
    }

    private static ProduceRequest WithoutMappedSource(ProduceRequest request) => request with
    {
        RtpMapping = request.RtpMapping with
        {
            Encodings = [request.RtpMapping.Encodings[0], request.RtpMapping.Encodings[1] with { Ssrc = null }],
        },
    };

    private static ProduceRequest WithEncodingTwice(ProduceRequest request) => request with
    {
        RtpParameters = request.RtpParameters with
        {
            Encodings = [request.RtpParameters.Encodings[0], request.RtpParameters.Encodings[0]],
        },
        RtpMapping = request.RtpMapping with { Encodings = [request.RtpMapping.Encodings[0], request.RtpMapping.Encodings[0]] },
    };

    private static ProduceRequest With(Func<RtpParameters, RtpParameters> change)
    {
        var video = Media.Video("second", 9000);
        return video with { RtpParameters = change(video.RtpParameters) };
    }

    private static ProduceRequest WithMapping(Func<RtpMapping, RtpMapping> change)
    {
        var video = Media.Video("second", 9000);
        return video with { RtpMapping = change(video.RtpMapping) };
    }
}
