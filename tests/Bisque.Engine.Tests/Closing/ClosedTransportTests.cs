using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Closing;

/// <summary>Whoever still holds a transport that is closed, or ended with a fault, cannot put anything into it that would stay.</summary>
public sealed class ClosedTransportTests
{
    [Fact]
    public void A_closed_transport_takes_nothing_any_more()
    {
        using var world = new World { Base = DataWorld.Sctp };
        var peer = world.ConnectWebRtc("browser");
        var handlers = world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers.Count;
        world.Router.CloseTransport("browser");

        AssertTakesNothing(peer);

        Assert.Equal(handlers - 1, world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers.Count);
        Assert.Equal(0, world.Loop.ActiveTimers);
    }

    [Fact]
    public void A_faulted_transport_takes_nothing_any_more()
    {
        using var world = new World { Base = DataWorld.Sctp };
        var server = world.CreateWebRtcServer();
        var peer = world.Connect(world.PeerOf(world.CreateWebRtcTransport("browser", server)));
        world.Worker.Context.InjectFault = (point, _) => throw new InvalidOperationException($"injected at {point}");
        peer.SendCheck();
        world.Settle();
        world.Worker.Context.InjectFault = null;
        Assert.True(peer.Transport.IsFaulted);

        AssertTakesNothing(peer);

        Assert.Empty(server.Dump().LocalIceUsernameFragments);
        Assert.Equal(0, world.Loop.ActiveTimers);
    }

    private static void AssertTakesNothing(WebRtcPeer peer)
    {
        var transport = peer.Transport;
        Assert.Throws<RequestException>(() => transport.Produce(Media.Video()));
        Assert.Throws<RequestException>(() => transport.Consume(Media.Consume(Media.Video())));
        Assert.Throws<RequestException>(() => transport.ProduceData(DataWorld.ProduceSctp("producer", 1)));
        Assert.Throws<RequestException>(() => transport.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 1)));
        Assert.Throws<RequestException>(() => transport.RestartIce());
        Assert.Throws<RequestException>(() => transport.Connect(World.ConnectRequest(peer)));
    }
}
