using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Plain;

/// <summary>A transport that learns its peer's address from the first packet.</summary>
public sealed class ComediaTests
{
    [Fact]
    public void The_first_rtp_packet_tells_the_peers_address()
    {
        using var world = new World();
        var peer = Comedia(world);
        var before = ((PlainTransportDump)peer.Transport.Dump()).Tuple;
        Assert.Equal((null, (ushort)0), (before.RemoteIp, before.RemotePort));

        peer.SendRtp(new RtpSource().KeyFrame());
        world.Settle();

        var learned = Assert.Single(world.Events.Of<PlainTransportTupleEvent>("comedia")).Tuple;
        Assert.Equal((peer.Address.Address.ToString(), peer.Address.Port), (learned.RemoteIp, learned.RemotePort));
        Assert.True(peer.Transport.IsConnected);
    }

    [Fact]
    public void An_rtcp_packet_tells_it_too()
    {
        using var world = new World();
        var peer = Comedia(world);

        peer.SendPli(1);
        world.Settle();

        Assert.Single(world.Events.Of<PlainTransportTupleEvent>("comedia"));
    }

    [Fact]
    public void What_is_no_rtp_tells_nothing()
    {
        using var world = new World();
        var peer = Comedia(world);

        peer.SendDatagram([1, 2, 3]);
        peer.SendDatagram([.. new RtpSource().KeyFrame().Take(11)]);
        peer.SendDatagram([0x8f, .. new byte[12]]);
        world.Settle();

        Assert.Empty(world.Events.Of<PlainTransportTupleEvent>());
        Assert.False(peer.Transport.IsConnected);
    }

    [Fact]
    public void Once_it_is_known_others_are_not_heard()
    {
        using var world = new World();
        var peer = Comedia(world);
        var video = Media.Video();
        peer.Transport.Produce(video);
        var source = new RtpSource();
        peer.SendRtp(source.KeyFrame());
        world.Settle();

        peer.MoveTo(30_000);
        peer.SendRtp(source.DeltaFrame());
        world.Settle();

        var producer = (Producer)world.Worker.FindRequestHandler(video.ProducerId)!;
        Assert.Equal(1ul, producer.GetStats().Stats[0].PacketCount);
        Assert.Equal(1, peer.Transport.Counters.UnexpectedPackets);
    }

    [Fact]
    public void A_consumer_starts_and_asks_for_a_key_frame_when_the_address_is_known_even_after_connect()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var video = Media.Video();
        sender.Transport.Produce(video);
        var source = new RtpSource();
        var peer = Comedia(world);
        peer.Transport.Consume(Media.Consume(video));
        var response = peer.Transport.Connect(new PlainTransportConnectRequest());
        Assert.Equal(0, response.Tuple!.RemotePort);
        sender.SendRtp(source.KeyFrame());
        world.Run(3000);
        var asked = sender.PliCount(1000);

        peer.SendPli(1);
        world.Settle();
        Assert.Equal(asked + 1, sender.PliCount(1000));
        sender.SendRtp(source.DeltaFrame());
        sender.SendRtp(source.KeyFrame());
        world.Settle();

        Assert.Equal(Payloads.Vp8KeyFrame(), Assert.Single(peer.Rtp).Payload);
    }

    [Fact]
    public void With_srtp_an_sctp_packet_in_the_clear_tells_nothing()
    {
        using var world = new World { Base = DataWorld.Sctp };
        const SrtpCryptoSuite Suite = SrtpCryptoSuite.AeadAes256Gcm;
        var transport = world.CreatePlainTransport(
            "comedia", options => options with { Comedia = true, EnableSrtp = true, SrtpCryptoSuite = Suite });
        var peer = world.PeerOf(transport);
        var keys = Transports.SrtpKeys.Generate(Suite, new SeededRandomSource(1));
        var response = transport.Connect(new PlainTransportConnectRequest { SrtpParameters = keys });
        byte[] sctp = [0x13, 0x88, 0x13, 0x88, .. new byte[8]];

        peer.SendDatagram(sctp);
        world.Settle();
        Assert.False(transport.IsConnected);
        Assert.Equal(1, transport.Counters.UnexpectedPackets);

        peer.UseKeys(Transports.SrtpKeys.Profile(Suite), keys, response.SrtpParameters!);
        peer.SendRtp(new RtpSource().KeyFrame());
        peer.SendDatagram(sctp);
        world.Settle();
        Assert.True(transport.IsConnected);
        Assert.Equal(1, transport.Counters.UnexpectedPackets);
    }

    [Fact]
    public void With_srtp_nothing_is_learned_before_the_key_is_known()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("comedia", options => options with
        {
            Comedia = true,
            EnableSrtp = true,
            SrtpCryptoSuite = SrtpCryptoSuite.AeadAes256Gcm,
        });
        var peer = world.PeerOf(transport);
        peer.SendRtp(new RtpSource().KeyFrame());
        world.Settle();
        Assert.Empty(world.Events.Of<PlainTransportTupleEvent>());

        var keys = Transports.SrtpKeys.Generate(SrtpCryptoSuite.AeadAes128Gcm, new SeededRandomSource(3));
        var response = transport.Connect(new PlainTransportConnectRequest { SrtpParameters = keys });
        Assert.Null(response.Tuple);
        Assert.Equal(SrtpCryptoSuite.AeadAes128Gcm, response.SrtpParameters!.CryptoSuite);

        peer.SendRtp(new RtpSource().KeyFrame());
        world.Settle();
        Assert.Empty(world.Events.Of<PlainTransportTupleEvent>());

        peer.UseKeys(Srtp.SrtpProfile.AeadAes128Gcm, keys, response.SrtpParameters);
        peer.SendRtp(new RtpSource().KeyFrame());
        world.Settle();
        Assert.Single(world.Events.Of<PlainTransportTupleEvent>("comedia"));
    }

    [Fact]
    public void Rtcp_on_a_socket_of_its_own_is_learned_apart()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreatePlainTransport("comedia", options => options with { Comedia = true, RtcpMux = false }));

        peer.SendPli(1);
        world.Settle();
        Assert.Empty(world.Events.Of<PlainTransportTupleEvent>());
        Assert.Single(world.Events.Of<PlainTransportRtcpTupleEvent>("comedia"));

        peer.SendRtp(new RtpSource().KeyFrame());
        world.Settle();
        Assert.Single(world.Events.Of<PlainTransportTupleEvent>("comedia"));
    }

    [Fact]
    public void Rtcp_that_is_not_well_formed_tells_nothing()
    {
        using var world = new World();
        var peer = Comedia(world);

        peer.SendDatagram([0x81, 206, 0, 200, 0, 0, 0, 1]);
        world.Settle();

        Assert.Empty(world.Events.Of<PlainTransportTupleEvent>());
    }

    [Fact]
    public void Rtp_on_the_rtcp_socket_tells_nothing()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreatePlainTransport("comedia", options => options with { Comedia = true, RtcpMux = false }));
        var packet = new RtpSource().KeyFrame();

        world.Network.Deliver(packet, peer.Address, peer.RtcpWorker!.Value);
        world.Settle();

        Assert.Empty(world.Events.Of<PlainTransportTupleEvent>());
        Assert.Empty(world.Events.Of<PlainTransportRtcpTupleEvent>());
        Assert.Equal(1, peer.Transport.Counters.UnexpectedPackets);
    }

    [Fact]
    public void Connect_succeeds_once_and_ignores_the_address_that_it_is_given()
    {
        using var world = new World();
        var peer = Comedia(world);

        var tuple = peer.Transport.Connect(new PlainTransportConnectRequest { Ip = "10.0.0.77", Port = 777 }).Tuple!;

        Assert.Equal((null, (ushort)0), (tuple.RemoteIp, tuple.RemotePort));
        Assert.Equal(
            RequestErrorKind.Error,
            Assert.Throws<RequestException>(() => peer.Transport.Connect(new PlainTransportConnectRequest())).Kind);
        peer.SendRtp(new RtpSource().KeyFrame());
        world.Settle();
        Assert.Single(world.Events.Of<PlainTransportTupleEvent>("comedia"));
    }

    [Fact]
    public void Reports_begin_to_tick_with_connect_and_not_with_the_first_packet()
    {
        using var world = new World();
        var idle = Comedia(world);
        Assert.Equal(0, world.Loop.ActiveTimers);

        idle.Transport.Connect(new PlainTransportConnectRequest());

        Assert.Equal(1, world.Loop.ActiveTimers);
        Assert.False(idle.Transport.IsConnected);
        world.Run(5000);
        Assert.Empty(idle.Datagrams);
    }

    private static PlainPeer Comedia(World world) =>
        world.PeerOf(world.CreatePlainTransport("comedia", options => options with { Comedia = true }));
}
