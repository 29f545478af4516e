using Bisque.Engine.Internal;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Faults;

/// <summary>
/// A fault at each catch boundary ends the transport whose object ran, and nobody else: its network is closed, its producers'
/// consumers are told, and it answers until it is closed.
/// </summary>
public sealed class FaultTests
{
    [Fact]
    public void A_datagram_whose_dispatch_throws_ends_its_transport()
    {
        using var world = new Room();
        world.FaultAt(FaultPoint.Datagram, "faulty");

        world.Faulty.SendRtp(world.FaultySource.DeltaFrame());
        world.Settle();

        world.AssertOnlyTheFaultyOneEnded();
    }

    [Fact]
    public void A_timer_that_throws_ends_its_transport()
    {
        using var world = new Room();
        world.FaultAt(FaultPoint.Timer, "faulty");

        world.Run(2000);

        world.AssertOnlyTheFaultyOneEnded();
    }

    [Fact]
    public void A_consumer_that_throws_ends_its_own_transport_not_the_senders()
    {
        using var world = new Room();
        world.FaultAt(FaultPoint.FanOut, "faulty");

        world.Honest.SendRtp(world.HonestSource.DeltaFrame());
        world.Settle();

        world.AssertOnlyTheFaultyOneEnded();
    }

    [Fact]
    public void A_batch_whose_sending_throws_ends_its_receivers_transport()
    {
        using var world = new Room();
        world.FaultAt(FaultPoint.Send, "faulty");

        world.Honest.SendRtp(world.HonestSource.DeltaFrame());
        world.Settle();

        world.AssertOnlyTheFaultyOneEnded();
    }

    [Fact]
    public void The_packet_that_found_the_fault_still_reaches_the_others()
    {
        using var world = new Room();
        world.FaultAt(FaultPoint.FanOut, "faulty");
        var before = world.Other.Rtp.Count;

        world.Honest.SendRtp(world.HonestSource.DeltaFrame());
        world.Settle();

        Assert.Equal(before + 1, world.Other.Rtp.Count);
    }

    [Fact]
    public void A_faulted_transport_refuses_new_producers_and_consumers()
    {
        using var world = new Room();
        world.FaultAt(FaultPoint.Datagram, "faulty");
        world.Faulty.SendRtp(world.FaultySource.DeltaFrame());
        world.Settle();

        Assert.Throws<RequestException>(() => world.Faulty.Transport.Produce(Media.Audio("late", 8000)));
        Assert.Throws<RequestException>(() => world.Faulty.Transport.Consume(Media.Consume(Media.Video("honest"), "late", 8000)));
    }

    [Fact]
    public void A_request_that_throws_leaves_everything_as_it_was()
    {
        using var world = new Room();
        var handlers = world.World.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers.Order().ToArray();
        var transport = world.Faulty.Transport;

        Assert.Throws<RequestException>(() => transport.Produce(Media.Video("faulty-video", 9000)));
        Assert.Throws<RequestException>(() => transport.Consume(Media.Consume(Media.Video("nobody"), "lost", 9000)));
        Assert.Throws<RequestException>(() => world.World.CreateWebRtcTransport("honest"));

        Assert.Equal(handlers, world.World.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers.Order());
        Assert.Equal(0, world.World.Worker.FaultCount);
        world.AssertHonestOnesGoOn();
    }

    /// <summary>A browser that is going to have a fault, and two endpoints that must not notice more of it than its absence.</summary>
    private sealed class Room : IDisposable
    {
        public Room()
        {
            Faulty = World.ConnectWebRtc("faulty");
            Honest = World.ConnectWebRtc("honest");
            Other = World.ConnectPlain("other");
            var faultyVideo = Media.Video("faulty-video", 2000);
            var honestVideo = Media.Video("honest-video", 1000);
            Faulty.Transport.Produce(faultyVideo);
            Honest.Transport.Produce(honestVideo);
            Faulty.Transport.Consume(Media.Consume(honestVideo, "at-faulty", 5000));
            Other.Transport.Consume(Media.Consume(honestVideo, "at-other", 5000));
            Other.Transport.Consume(Media.Consume(faultyVideo, "of-faulty", 6000));
            Faulty.SendRtp(FaultySource.KeyFrame());
            Honest.SendRtp(HonestSource.KeyFrame());
            Settle();
            Assert.Equal(2, Other.Rtp.Count);
            World.Events.All.Clear();
        }

        public World World { get; } = new();

        public WebRtcPeer Faulty { get; }

        public WebRtcPeer Honest { get; }

        public PlainPeer Other { get; }

        public RtpSource FaultySource { get; } = new(2000);

        public RtpSource HonestSource { get; } = new(1000);

        public void Settle() => World.Settle();

        public void Run(int milliseconds) => World.Run(milliseconds);

        public void FaultAt(FaultPoint point, string transportId) => World.Worker.Context.InjectFault = (where, transport) =>
        {
            if (where == point && transport.Id == transportId)
            {
                throw new InvalidOperationException("Injected.");
            }
        };

        public void AssertOnlyTheFaultyOneEnded()
        {
            World.Worker.Context.InjectFault = null;
            Assert.Equal(1, World.Worker.FaultCount);
            Assert.True(Faulty.Transport.IsFaulted);
            Assert.False(Honest.Transport.IsFaulted || Other.Transport.IsFaulted);
            Assert.Equal(DtlsState.Failed, Assert.Single(World.Events.Of<WebRtcTransportDtlsStateChangeEvent>()).DtlsState);
            Assert.Equal("of-faulty", Assert.Single(World.Events.Of<ConsumerProducerCloseEvent>()).HandlerId);
            Assert.Null(World.Worker.FindRequestHandler("of-faulty"));
            var log = Assert.Single(World.Events.Logs);
            Assert.Equal(LogLevel.Error, log.Level);
            Assert.Contains("faulty", log.Text, StringComparison.Ordinal);
            Assert.Equal(2, World.Network.SocketCount);

            Assert.Equal(DtlsState.Failed, ((WebRtcTransportDump)Faulty.Transport.Dump()).DtlsState);
            Assert.Equal("faulty", ((WebRtcTransportStats)Faulty.Transport.GetStats()).Base.TransportId);
            AssertHonestOnesGoOn();

            World.Run(10_000);
            World.Router.CloseTransport("faulty");
            Assert.Null(World.Worker.FindRequestHandler("faulty"));
            Assert.Null(World.Worker.FindRequestHandler("faulty-video"));
            Assert.Null(World.Worker.FindRequestHandler("at-faulty"));
            Assert.Equal(1, World.Worker.FaultCount);
        }

        public void AssertHonestOnesGoOn()
        {
            var before = Other.Rtp.Count(packet => packet.Ssrc == 5000);
            Honest.SendRtp(HonestSource.DeltaFrame());
            Honest.SendRtp(HonestSource.DeltaFrame());
            Settle();
            Assert.Equal(before + 2, Other.Rtp.Count(packet => packet.Ssrc == 5000));
        }

        public void Dispose() => World.Dispose();
    }
}
