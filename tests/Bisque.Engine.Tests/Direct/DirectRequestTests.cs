using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Direct;

/// <summary>What a direct transport says of itself and what it refuses.</summary>
public sealed class DirectRequestTests
{
    [Fact]
    public void It_speaks_no_sctp()
    {
        using var world = new World();

        var refusal = Assert.Throws<RequestException>(() =>
            world.CreateDirectTransport("direct", new TransportOptions { Direct = true, EnableSctp = true }));

        Assert.Equal(RequestErrorKind.TypeError, refusal.Kind);
        Assert.Null(world.Worker.FindRequestHandler("direct"));
    }

    [Fact]
    public void It_has_no_socket_and_its_dump_says_that_it_is_direct()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport(
            "direct", new TransportOptions { Direct = true, MaxSendMessageSize = 1024, MaxReceiveMessageSize = 2048 });

        var dump = ((DirectTransportDump)direct.Transport.Dump()).Base;

        Assert.Equal(0, world.Network.SocketCount);
        Assert.Equal(("direct", true, 1024u, 2048u), (dump.Id, dump.Direct, dump.MaxSendMessageSize, dump.MaxReceiveMessageSize));
        Assert.Null(dump.SctpState);
        Assert.Equal(new TransportStats { TransportId = "direct", Timestamp = 1_000_000 }, ((DirectTransportStats)direct.Transport.GetStats()).Base);
        Assert.True(direct.Transport.IsConnected);
    }

    [Fact]
    public void Bitrates_can_be_limited()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct").Transport;

        direct.SetMaxIncomingBitrate(500_000);
        direct.SetMaxOutgoingBitrate(600_000);
        direct.SetMinOutgoingBitrate(40_000);

        var stats = ((DirectTransportStats)direct.GetStats()).Base;
        Assert.Equal((500_000ul, 600_000ul, 40_000ul), (stats.MaxIncomingBitrate, stats.MaxOutgoingBitrate, stats.MinOutgoingBitrate));
        Assert.Equal(RequestErrorKind.TypeError, Assert.Throws<RequestException>(() => direct.SetMaxOutgoingBitrate(30_000)).Kind);
    }

    [Fact]
    public void A_producer_elsewhere_takes_no_packets_from_the_owner()
    {
        using var world = new World();
        world.ConnectPlain("plain").Transport.Produce(Media.Audio());

        var refusal = Assert.Throws<RequestException>(() => world.Producer("audio").InjectRtp(RtpSource.Audio().Next(Payloads.Opus())));

        Assert.Equal(RequestErrorKind.Error, refusal.Kind);
        Assert.Empty(world.Producer("audio").GetStats().Stats);
    }

    [Fact]
    public void Closing_it_leaves_nothing_behind()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Produce(Media.Video());
        direct.Transport.Consume(Media.Consume(Media.Video()));
        var producer = world.Producer("video");
        producer.InjectRtp(new RtpSource().KeyFrame());
        world.Router.CloseTransport("direct");

        producer.InjectRtp(new RtpSource().KeyFrame());
        direct.Pli(5000);
        world.Run(2000);

        Assert.Equal(0, world.Loop.ActiveTimers);
        Assert.Equal(0, world.Loop.Packets.Rented - Rented(new World()));
        Assert.Empty(world.Router.Dump().TransportIds);

        static int Rented(World idle)
        {
            using (idle)
            {
                idle.Settle();
                return idle.Loop.Packets.Rented;
            }
        }
    }
}
