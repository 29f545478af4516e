using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>A MID goes into a header extension of each packet: what does not fit there is refused when it is asked for, not when media comes.</summary>
public sealed class LongMidTests
{
    private static readonly string TooLong = new('m', 256);

    [Fact]
    public void A_consumer_with_a_mid_that_fits_no_header_extension_is_refused()
    {
        using var call = new Call(Media.Audio());

        var refusal = Assert.Throws<RequestException>(() =>
            call.ReceiverTransport.Consume(Media.Consume(call.Produce, "other", ssrc: 7000, mid: TooLong)));

        Assert.Equal(RequestErrorKind.TypeError, refusal.Kind);
        Assert.Equal("consumer", Assert.Single(call.Producer.Consumers).Id);
    }

    [Fact]
    public void A_producer_with_one_is_refused()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");

        Assert.Throws<RequestException>(() => sender.Transport.Produce(Media.Audio(mid: TooLong)));
    }

    [Fact]
    public void The_longest_that_fits_arrives()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver");
        var longest = TooLong[1..];
        var audio = Media.Audio();
        sender.Transport.Produce(audio);
        receiver.Transport.Consume(Media.Consume(audio, mid: longest));

        sender.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.Equal(longest.Length, Assert.Single(receiver.Rtp).Extensions[Media.Consumed.Mid].Length);
        Assert.Equal(0, world.Worker.FaultCount);
    }
}
