using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>What may be asked of consumers with layers, and what they answer.</summary>
public sealed class LayerRequestTests
{
    public static TheoryData<string, ConsumeRequest> BadRequests
    {
        get
        {
            var simulcast = LayeredMedia.Consume(LayeredMedia.Simulcast());
            var svc = LayeredMedia.Consume(LayeredMedia.Svc());
            var pipe = LayeredMedia.Pipe(LayeredMedia.Simulcast());
            return new()
            {
                { "fewer layers than consumable encodings", WithMode(simulcast, "L2T1") },
                { "no layers for several consumable encodings", WithMode(simulcast, null) },
                { "svc without layers", WithMode(svc, "L1T1") },
                { "svc with two encodings", WithEncodings(svc, svc.RtpParameters.Encodings[0], svc.RtpParameters.Encodings[0] with { Ssrc = 6000, Rtx = null }) },
                { "simulcast of a codec that has none", WithCodec(simulcast, "video/AV1") },
                { "a pipe with too few encodings", WithEncodings(pipe, pipe.RtpParameters.Encodings[0]) },
                { "extension id 0", simulcast with { RtpParameters = simulcast.RtpParameters with { HeaderExtensions = [new() { Uri = RtpHeaderExtensionUri.Mid }] } } },
                { "several consumable encodings with spatial layers", simulcast with { ConsumableRtpEncodings = [.. simulcast.ConsumableRtpEncodings.Select(encoding => encoding with { ScalabilityMode = "L2T1" })] } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(BadRequests), DisableDiscoveryEnumeration = true)]
    public void What_makes_no_layered_stream_is_refused_and_leaves_nothing(string what, ConsumeRequest request)
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        sender.Transport.Produce(request.ConsumableRtpEncodings.Count > 1 ? LayeredMedia.Simulcast() : LayeredMedia.Svc());
        var receiver = world.ConnectPlain("receiver");

        var refusal = Assert.Throws<RequestException>(() => receiver.Transport.Consume(request));

        Assert.True(refusal.Kind == RequestErrorKind.TypeError, $"{what}: {refusal.Message}");
        Assert.Empty(((PlainTransportDump)receiver.Transport.Dump()).Base.ConsumerIds);
        Assert.Null(world.Worker.FindRequestHandler("consumer"));
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, null, 1, 2)]
    [InlineData(9, 9, 2, 2)]
    [InlineData(2, 1, 2, 1)]
    public void Preferred_layers_are_brought_into_range(int spatial, int? temporal, int expectedSpatial, int expectedTemporal)
    {
        var preferred = new ConsumerLayers { SpatialLayer = (byte)spatial, TemporalLayer = (byte?)temporal };
        var expected = new ConsumerLayers { SpatialLayer = (byte)expectedSpatial, TemporalLayer = (byte)expectedTemporal };
        var produce = LayeredMedia.Simulcast(mode: "L1T3");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: preferred, temporalLayers: 3));
        Assert.Equal(expected, call.Response.PreferredLayers);

        Assert.Equal(expected, call.Consumer.SetPreferredLayers(preferred).PreferredLayers);

        var dump = call.Consumer.Dump();
        Assert.Equal<(short?, short?)>(((short)expectedSpatial, (short)expectedTemporal), (dump.PreferredSpatialLayer, dump.PreferredTemporalLayer));
        Assert.Equal<(short?, short?, short?, short?)>((-1, -1, -1, -1), (dump.TargetSpatialLayer, dump.TargetTemporalLayer, dump.CurrentSpatialLayer, dump.CurrentTemporalLayer));
    }

    [Theory]
    [InlineData("video/VP8", "L1T3", 0, 2)]
    [InlineData("video/VP9", "L3T3_KEY", 2, 2)]
    [InlineData("video/H264", "L1T2", 0, 1)]
    [InlineData("video/AV1", "S3T1", 2, 0)]
    public void One_encoding_with_layers_is_an_svc_consumer(string mimeType, string mode, int spatial, int temporal)
    {
        var produce = LayeredMedia.Svc(mimeType, mode);
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));

        Assert.Equal(RtpParametersType.Svc, call.Consumer.Dump().Type);
        Assert.Equal(new ConsumerLayers { SpatialLayer = (byte)spatial, TemporalLayer = (byte)temporal }, call.Response.PreferredLayers);
    }

    [Fact]
    public void The_kind_of_a_consumer_is_that_of_what_is_consumed()
    {
        var produce = LayeredMedia.Simulcast();
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce) with { Type = RtpParametersType.Simple });

        Assert.Equal(RtpParametersType.Simulcast, call.Consumer.Dump().Type);
    }

    [Fact]
    public void Statistics_of_a_layered_producer_tell_the_bitrate_of_each_layer()
    {
        var produce = LayeredMedia.Svc(mode: "L2T2");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        for (var i = 0; i < 20; i++)
        {
            call.Sender.SendRtp(call.Layers[0].Next(SvcTests.Vp9(spatial: 0, temporal: i % 2, key: i == 0)));
            call.Sender.SendRtp(call.Layers[0].Next(SvcTests.Vp9(spatial: 1, temporal: i % 2, key: false)));
            call.Run(33);
        }

        var stats = Assert.IsType<RtpStreamRecvStats>(Assert.Single(call.Producer.GetStats().Stats));

        Assert.Equal(["0.0", "0.1", "1.0", "1.1"], stats.BitrateByLayer.Select(layer => layer.Layer));
        Assert.True(stats.BitrateByLayer[0].Bitrate > 0);
        Assert.True(stats.BitrateByLayer[1].Bitrate > stats.BitrateByLayer[0].Bitrate);
        Assert.Equal(stats.BitrateByLayer[3].Bitrate, stats.Bitrate);
    }

    private static ConsumeRequest WithMode(ConsumeRequest request, string? mode) =>
        WithEncodings(request, request.RtpParameters.Encodings[0] with { ScalabilityMode = mode });

    private static ConsumeRequest WithEncodings(ConsumeRequest request, params RtpEncodingParameters[] encodings) =>
        request with { RtpParameters = request.RtpParameters with { Encodings = encodings } };

    private static ConsumeRequest WithCodec(ConsumeRequest request, string mimeType) => request with
    {
        RtpParameters = request.RtpParameters with
        {
            Codecs = [request.RtpParameters.Codecs[0] with { MimeType = mimeType }, .. request.RtpParameters.Codecs.Skip(1)],
        },
    };
}
