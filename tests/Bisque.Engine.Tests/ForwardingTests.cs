using Bisque.Engine.Tests.Worlds;

namespace Bisque.Engine.Tests;

public sealed class ForwardingTests
{
    [Fact]
    public void A_stream_reaches_its_consumer_under_the_consumers_own_numbers()
    {
        using var world = new World();
        var sender = world.ConnectWebRtc("sender");
        var receiver = world.ConnectWebRtc("receiver");
        var video = Media.Video();
        sender.Transport.Produce(video);
        receiver.Transport.Consume(Media.Consume(video));
        var source = new RtpSource();

        sender.SendRtp(source.KeyFrame());
        sender.SendRtp(source.DeltaFrame());
        world.Settle();

        Assert.Equal(2, receiver.Rtp.Count);
        Assert.All(receiver.Rtp, packet => Assert.Equal((5000u, Media.ConsumedVideoPayloadType), (packet.Ssrc, packet.PayloadType)));
        Assert.Equal(Payloads.Vp8KeyFrame(), receiver.Rtp[0].Payload);
        Assert.Equal(receiver.Rtp[0].SequenceNumber + 1, receiver.Rtp[1].SequenceNumber);
    }
}
