using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Requests;

/// <summary>What consume() refuses, with which error, and the small requests to a consumer.</summary>
public sealed class ConsumeTests
{
    public static TheoryData<string, RequestErrorKind, ConsumeRequest> BadRequests => new()
    {
        { "the id of another consumer", RequestErrorKind.Error, Consume("consumer", 9000) },
        { "the id of a producer", RequestErrorKind.Error, Consume("video", 9000) },
        { "an ssrc that is taken", RequestErrorKind.Error, Consume("second", 5000) },
        { "an rtx ssrc that is taken", RequestErrorKind.Error, Consume("second", 5001) },
        { "a producer that is not there", RequestErrorKind.NotFoundError, Consume("second", 9000) with { ProducerId = "nobody" } },
        {
            "no ssrc",
            RequestErrorKind.TypeError,
            With(parameters => parameters with { Encodings = [new RtpEncodingParameters()] })
        },
        {
            "rtx without an ssrc",
            RequestErrorKind.TypeError,
            With(parameters => parameters with { Encodings = [parameters.Encodings[0] with { Rtx = new RtxParameters() }] })
        },
        { "no encodings", RequestErrorKind.TypeError, With(parameters => parameters with { Encodings = [] }) },
        { "no codecs", RequestErrorKind.TypeError, With(parameters => parameters with { Codecs = [] }) },
        { "nothing consumable", RequestErrorKind.TypeError, Consume("second", 9000) with { ConsumableRtpEncodings = [] } },
        {
            "something consumable without an ssrc",
            RequestErrorKind.TypeError,
            Consume("second", 9000) with { ConsumableRtpEncodings = [new RtpEncodingParameters()] }
        },
    };

    [Theory]
    [MemberData(nameof(BadRequests), DisableDiscoveryEnumeration = true)]
    public void What_cannot_be_is_refused_and_leaves_nothing(string what, RequestErrorKind kind, ConsumeRequest request)
    {
        using var call = new Call(Media.Video());
        var handlers = call.World.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers;

        var refusal = Assert.Throws<RequestException>(() => call.ReceiverTransport.Consume(request));

        Assert.True(kind == refusal.Kind, $"{what}: {refusal.Kind} {refusal.Message}");
        Assert.Equal(handlers, call.World.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers);
        Assert.Equal(["consumer"], ((PlainTransportDump)call.ReceiverTransport.Dump()).Base.ConsumerIds);
        Assert.Single(call.Producer.Consumers);
        call.SendVideo(2);
        Assert.Equal(2, call.Received.Count);
    }

    [Fact]
    public void The_answer_tells_state_and_score()
    {
        using var call = new Call(Media.Video() with { Paused = true });

        var response = call.ReceiverTransport.Consume(Media.Consume(Media.Video(), "second", 9000) with { Paused = true });

        Assert.True(response is { Paused: true, ProducerPaused: true, PreferredLayers: null });
        Assert.Equal((10, 0), (response.Score.Score, response.Score.ProducerScore));
    }

    [Fact]
    public void Priority_is_at_least_1()
    {
        using var call = new Call(Media.Video());

        Assert.Equal(RequestErrorKind.TypeError, Assert.Throws<RequestException>(() => call.Consumer.SetPriority(0)).Kind);
        Assert.Equal(200, call.Consumer.SetPriority(200).Priority);
        Assert.Equal(200, call.Consumer.Dump().Priority);
    }

    [Fact]
    public void A_simple_consumer_has_no_layers()
    {
        using var call = new Call(Media.Video());

        Assert.Null(call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1 }).PreferredLayers);
    }

    [Fact]
    public void A_consumer_that_starts_paused_sends_from_resume_on()
    {
        using var call = new Call(Media.Audio(), consume => consume with { Paused = true });
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();
        Assert.Empty(call.Received);

        call.Consumer.Resume();
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        Assert.Single(call.Received);
    }

    private static ConsumeRequest Consume(string id, uint ssrc) => Media.Consume(Media.Video(), id, ssrc);

    private static ConsumeRequest With(Func<RtpParameters, RtpParameters> change)
    {
        var consume = Consume("second", 9000);
        return consume with { RtpParameters = change(consume.RtpParameters) };
    }
}
