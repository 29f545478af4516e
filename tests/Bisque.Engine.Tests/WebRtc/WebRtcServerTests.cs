using Bisque.Engine.Internal;
using Bisque.Engine.Tests.Worlds;
using Bisque.Ice;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;
using IceState = Bisque.Model.IceState;

namespace Bisque.Engine.Tests.WebRtc;

/// <summary>Many transports on the ports of one server.</summary>
public sealed class WebRtcServerTests
{
    [Fact]
    public void Two_transports_on_one_port_forward_to_each_other()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var (left, right) = Pair(world, server);

        left.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.Equal(left.Worker, right.Worker);
        Assert.Equal(Payloads.Opus(), Assert.Single(right.Rtp).Payload);
        Assert.Empty(left.Rtp);
        Assert.Equal(1, world.Network.SocketCount);
        Assert.Equal(0, server.UnexpectedPackets);
    }

    [Fact]
    public void One_goes_over_udp_and_the_other_over_tcp()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var audio = Media.Audio();
        var sender = world.Connect(world.PeerOf(world.CreateWebRtcTransport("sender", server)));
        sender.Transport.Produce(audio);
        var receiver = world.Connect(world.TcpPeerOf(world.CreateWebRtcTransport("receiver", server)));
        receiver.Transport.Consume(Media.Consume(audio));

        sender.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.Single(receiver.Rtp);
        Assert.Same(receiver.Stream, receiver.LastStream);
    }

    [Fact]
    public void The_dump_tells_ports_transports_and_fragments()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer(listenInfos: [World.Listen with { Port = 1 }, World.ListenTcp with { Port = 2, AnnouncedAddress = "sfu.example" }]);
        var transport = world.CreateWebRtcTransport("browser", server);

        var dump = server.Dump();

        Assert.Equal("server", dump.Id);
        Assert.Equal(new IpPort { Ip = World.WorkerIp, Port = 1 }, Assert.Single(dump.UdpSockets));
        Assert.Equal(new IpPort { Ip = World.WorkerIp, Port = 2 }, Assert.Single(dump.TcpServers));
        Assert.Equal(["browser"], dump.WebRtcTransportIds);
        Assert.Equal([(Fragment(transport), "browser")], Fragments(server));
        Assert.Equal(["server"], world.Worker.Dump().WebRtcServerIds);
        Assert.Contains("server", world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers);
        Assert.DoesNotContain("server", world.Worker.Dump().ChannelMessageHandlers.ChannelNotificationHandlers);
    }

    [Fact]
    public void A_restart_adds_a_fragment_and_its_first_use_takes_the_old_one_away()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var peer = world.Connect(world.PeerOf(world.CreateWebRtcTransport("browser", server)));
        var old = peer.Credentials;

        var restart = peer.Transport.RestartIce();
        Assert.Equal([(old.UsernameFragment, "browser"), (restart.UsernameFragment, "browser")], Fragments(server));

        // From ports that are not known yet, so that the fragment decides.
        peer.MoveTo(30_000);
        peer.SendCheck(credentials: old);
        world.Settle();
        peer.MoveTo(30_001);
        peer.SendCheck(credentials: new IceCredentials(restart.UsernameFragment, restart.Password));
        world.Settle();
        Assert.Equal((3, 0), (peer.ChecksAnswered, peer.ChecksRefused));
        Assert.Equal([(restart.UsernameFragment, "browser")], Fragments(server));

        peer.MoveTo(30_002);
        peer.SendCheck(credentials: old);
        world.Settle();
        Assert.Equal((3, 0), (peer.ChecksAnswered, peer.ChecksRefused));
        Assert.Equal(1, server.UnexpectedPackets);
    }

    [Fact]
    public void A_third_restart_forgets_the_first_fragment()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var transport = world.CreateWebRtcTransport("browser", server);

        for (var i = 0; i < 100; i++)
        {
            transport.RestartIce();
        }

        Assert.Equal(2, server.Dump().LocalIceUsernameFragments.Count);
    }

    [Fact]
    public void A_port_of_a_peer_may_go_to_another_transport_when_the_first_is_closed()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var first = world.Connect(world.PeerOf(world.CreateWebRtcTransport("first", server)));
        var second = world.PeerOf(world.CreateWebRtcTransport("second", server));
        second.MoveTo(first.Address.Port);

        second.SendCheck();
        world.Settle();
        Assert.Equal(1, second.ChecksRefused);

        world.Router.CloseTransport("first");
        world.Connect(second);
        Assert.Equal(1, server.TupleCount);
    }

    [Fact]
    public void A_port_that_was_claimed_without_a_handshake_goes_to_the_peer_that_has_it()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var claimant = world.PeerOf(world.CreateWebRtcTransport("claimant", server));
        var peer = world.PeerOf(world.CreateWebRtcTransport("peer", server));
        var check = claimant.Check();

        // The check of somebody who may connect, sent from an address that is not his.
        world.Network.Deliver(check, peer.Address, peer.Worker);
        world.Settle();
        world.Connect(peer);

        Assert.Equal(1, server.TupleCount);
        Assert.Equal(IceState.Disconnected, ((WebRtcTransportDump)claimant.Transport.Dump()).IceState);
    }

    [Fact]
    public void A_port_of_a_peer_that_shook_hands_cannot_be_claimed()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var (left, right) = Pair(world, server);
        var claimant = world.PeerOf(world.CreateWebRtcTransport("claimant", server));

        world.Network.Deliver(claimant.Check(), left.Address, left.Worker);
        world.Network.Deliver(claimant.Check(), right.Address, right.Worker);
        left.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.Equal(2, server.TupleCount);
        Assert.Equal(Payloads.Opus(), Assert.Single(right.Rtp).Payload);
        Assert.Equal(IceState.New, ((WebRtcTransportDump)claimant.Transport.Dump()).IceState);
    }

    [Fact]
    public void A_port_to_which_a_peer_moved_is_its_own_once_media_came_from_it()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var (left, right) = Pair(world, server);
        var source = RtpSource.Audio();
        left.MoveTo(30_000);
        left.SendCheck();
        left.SendRtp(source.Next(Payloads.Opus()));
        world.Settle();
        var claimant = world.PeerOf(world.CreateWebRtcTransport("claimant", server));

        world.Network.Deliver(claimant.Check(), left.Address, left.Worker);
        left.SendRtp(source.Next(Payloads.Opus()));
        world.Settle();

        Assert.Equal(2, right.Rtp.Count);
        Assert.Equal(IceState.New, ((WebRtcTransportDump)claimant.Transport.Dump()).IceState);
    }

    [Fact]
    public void A_port_of_a_peer_may_go_to_another_transport_when_consent_is_over()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var first = world.Connect(world.PeerOf(world.CreateWebRtcTransport("first", server)));
        world.Run(31_000);
        Assert.Equal(0, server.TupleCount);

        var second = world.PeerOf(world.CreateWebRtcTransport("second", server));
        second.MoveTo(first.Address.Port);
        world.Connect(second);
    }

    [Fact]
    public void Who_claims_the_path_of_another_is_refused_and_the_other_goes_on()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var (left, right) = Pair(world, server);
        var attacker = world.Connect(world.PeerOf(world.CreateWebRtcTransport("attacker", server)));
        var check = attacker.Check();

        for (var i = 0; i < 100; i++)
        {
            world.Network.Deliver(check, right.Address, right.Worker);
        }

        left.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.Single(right.Rtp);
        Assert.Equal(100, right.ChecksRefused);
        Assert.Equal(3, server.TupleCount);
        Assert.Single(world.Events.Of<WebRtcTransportIceSelectedTupleChangeEvent>("attacker"));
    }

    [Fact]
    public void Packets_of_unknown_paths_are_dropped_and_leave_nothing()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser", server));
        var check = peer.Check(credentials: new IceCredentials("nobody", "password"));
        byte[][] packets = [check, [0x80, 111, .. new byte[30]], [0x80, 201, .. new byte[30]], [22, 0xfe, 0xfd, .. new byte[30]], [], [0]];

        for (var i = 0; i < 10_000; i++)
        {
            world.Network.Deliver(packets[i % packets.Length], VirtualPeer.At((ushort)i), peer.Worker);
        }

        world.Settle();

        Assert.Equal(10_000, server.UnexpectedPackets);
        Assert.Equal(0, server.TupleCount);
        Assert.Equal(0, peer.DatagramsReceived);
        world.Connect(peer);
    }

    [Fact]
    public void Tuples_of_one_transport_are_bounded()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var peer = world.Connect(world.PeerOf(world.CreateWebRtcTransport("browser", server)));

        for (ushort port = 30_000; port < 30_100; port++)
        {
            peer.MoveTo(port);
            peer.SendCheck(useCandidate: false);
            world.Settle();
        }

        Assert.Equal(IceLiteAgent.MaximumTuples, server.TupleCount);
        world.Router.CloseTransport("browser");
        Assert.Equal(0, server.TupleCount);
        Assert.Empty(server.Dump().LocalIceUsernameFragments);
        Assert.Empty(server.Dump().WebRtcTransportIds);
    }

    [Fact]
    public void A_fault_in_one_transport_leaves_the_shared_ports_to_the_others()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var (left, right) = Pair(world, server);
        var faulty = world.Connect(world.TcpPeerOf(world.CreateWebRtcTransport("faulty", server)));
        world.Worker.Context.InjectFault = (point, transport) =>
        {
            if (point == FaultPoint.Datagram && transport.Id == "faulty")
            {
                throw new InvalidOperationException("injected");
            }
        };

        faulty.SendCheck();
        world.Settle();
        left.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.True(faulty.Transport.IsFaulted);
        Assert.True(faulty.Stream!.IsClosed);
        Assert.Single(right.Rtp);
        Assert.Equal((1, 1), (world.Network.SocketCount, world.Network.ListenerCount));
        Assert.DoesNotContain(server.Dump().LocalIceUsernameFragments, pair => pair.WebRtcTransportId == "faulty");
        world.Router.CloseTransport("faulty");
        Assert.Equal(["left", "right"], server.Dump().WebRtcTransportIds);
    }

    [Fact]
    public void A_fault_while_sending_takes_no_packet_of_the_others()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var (left, right) = Pair(world, server);
        var faulty = world.Connect(world.PeerOf(world.CreateWebRtcTransport("faulty", server)));
        faulty.Transport.Consume(Media.Consume(Media.Audio(), "toFaulty"));
        world.Worker.Context.InjectFault = (point, transport) =>
        {
            if (point == FaultPoint.Send && transport.Id == "faulty")
            {
                throw new InvalidOperationException("injected");
            }
        };

        left.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.True(faulty.Transport.IsFaulted);
        Assert.Single(right.Rtp);
    }

    [Fact]
    public void One_packet_to_many_transports_leaves_in_one_run()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var audio = Media.Audio();
        var sender = world.Connect(world.PeerOf(world.CreateWebRtcTransport("sender", server)));
        sender.Transport.Produce(audio);
        var receivers = new List<WebRtcPeer>();
        for (var i = 0; i < 20; i++)
        {
            receivers.Add(world.Connect(world.PeerOf(world.CreateWebRtcTransport($"receiver{i}", server))));
            receivers[i].Transport.Consume(Media.Consume(audio, $"consumer{i}"));
        }

        world.Network.SendCalls = 0;
        sender.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.All(receivers, receiver => Assert.Single(receiver.Rtp));
        Assert.Equal(1, world.Network.SendCalls);
    }

    [Fact]
    public void Closing_the_server_closes_its_transports_without_a_word()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var (left, _) = Pair(world, server);
        world.TcpPeerOf(world.CreateWebRtcTransport("silent", server));
        world.CreateWebRtcTransport("other");
        world.Settle();
        var events = world.Events.All.Count;

        world.Worker.CloseWebRtcServer("server");
        world.Settle();

        Assert.Equal(["other"], world.Router.Dump().TransportIds);
        Assert.All(world.Events.All.Skip(events), told => Assert.IsType<ConsumerProducerCloseEvent>(told));
        Assert.Equal((1, 0, 0), (world.Network.SocketCount, world.Network.ListenerCount, world.Network.StreamCount));
        Assert.Equal(Dtls.DtlsState.Closed, left.Dtls.State);
        Assert.Empty(world.Worker.Dump().WebRtcServerIds);
        Assert.DoesNotContain("server", world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers);
        Assert.Equal(RequestErrorKind.NotFoundError, Assert.Throws<RequestException>(() => world.Worker.CloseWebRtcServer("server")).Kind);
    }

    [Fact]
    public void Closing_the_router_gives_the_server_back_everything()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        Pair(world, server);

        world.Worker.CloseRouter("router");

        Assert.Equal(0, server.TupleCount);
        Assert.Empty(server.Dump().WebRtcTransportIds);
        Assert.Empty(server.Dump().LocalIceUsernameFragments);
        Assert.Equal((1, 1), (world.Network.SocketCount, world.Network.ListenerCount));
    }

    [Fact]
    public void A_server_that_cannot_be_made_leaves_nothing()
    {
        using var world = new World();
        Assert.True(IpAddress.TryParse(World.WorkerIp, out var address));
        world.Network.BindErrors[new TransportAddress(address, 7)] = NetError.AddressInUse;
        var good = World.Listen with { Port = 5 };

        Assert.Equal(RequestErrorKind.TypeError, Fails(new CreateWebRtcServerRequest { WebRtcServerId = "a", ListenInfos = [] }));
        Assert.Equal(RequestErrorKind.Error, Fails(Request(good, World.Listen with { Port = 7 })));
        Assert.Equal(RequestErrorKind.Error, Fails(Request(good, good)));
        Assert.Equal(RequestErrorKind.TypeError, Fails(Request(good, World.Listen with { Ip = "nonsense" })));
        Assert.Equal((0, 0), (world.Network.SocketCount, world.Network.ListenerCount));
        Assert.Empty(world.Worker.Dump().WebRtcServerIds);

        world.Worker.CreateWebRtcServer(Request(good));
        Assert.Equal(RequestErrorKind.Error, Fails(Request(World.Listen)));
        Assert.Equal(1, world.Network.SocketCount);

        CreateWebRtcServerRequest Request(params ListenInfo[] listenInfos) => new() { WebRtcServerId = "server", ListenInfos = listenInfos };

        RequestErrorKind Fails(CreateWebRtcServerRequest request) =>
            Assert.Throws<RequestException>(() => world.Worker.CreateWebRtcServer(request)).Kind;
    }

    [Fact]
    public void Candidates_keep_their_place_when_a_protocol_is_left_out_and_the_preferred_one_ranks_higher()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer(
            listenInfos: [World.Listen with { Port = 1 }, World.ListenTcp with { Port = 2 }, World.Listen with { Port = 3 }]);

        Assert.Equal([(1, 10_000u), (2, 9900u), (3, 9800u)], Candidates("all", options => options));
        Assert.Equal([(2, 9900u)], Candidates("tcp", options => options with { EnableUdp = false }));
        Assert.Equal([(1, 10_000u), (3, 9800u)], Candidates("udp", options => options with { EnableTcp = false }));
        Assert.Equal([(1, 11_000u), (2, 9900u), (3, 10_800u)], Candidates("preferUdp", options => options with { PreferUdp = true }));
        Assert.Equal([(1, 10_000u), (2, 10_900u), (3, 9800u)], Candidates("preferTcp", options => options with { PreferTcp = true }));

        (int Port, uint LocalPreference)[] Candidates(string id, Func<WebRtcTransportOptions, WebRtcTransportOptions> change) =>
        [
            .. ((WebRtcTransportDump)world.CreateWebRtcTransport(id, server, change).Dump()).IceCandidates
                .Select(candidate => ((int)candidate.Port, (candidate.Priority >> 8) & 0xffff)),
        ];
    }

    [Fact]
    public void A_transport_without_any_candidate_or_server_is_refused_and_leaves_nothing()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer(listenInfos: [World.Listen]);

        var none = Assert.Throws<RequestException>(() => world.CreateWebRtcTransport("none", server, options => options with { EnableUdp = false }));
        var unknown = Assert.Throws<RequestException>(
            () => world.CreateWebRtcTransport("none", server, options => options with { Listen = new ListenServer("nobody") }));

        Assert.Equal((RequestErrorKind.TypeError, RequestErrorKind.Error), (none.Kind, unknown.Kind));
        Assert.Empty(server.Dump().WebRtcTransportIds);
        Assert.Empty(server.Dump().LocalIceUsernameFragments);
        Assert.Empty(world.Router.Dump().TransportIds);
    }

    [Fact]
    public void A_connection_that_ends_is_told_to_its_transport_alone()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var first = world.Connect(world.TcpPeerOf(world.CreateWebRtcTransport("first", server)));
        var second = world.Connect(world.TcpPeerOf(world.CreateWebRtcTransport("second", server)));

        first.Stream!.End();
        world.Settle();

        Assert.Equal(IceState.Disconnected, world.Events.Of<WebRtcTransportIceStateChangeEvent>("first").Last().IceState);
        Assert.True(second.Transport.IsConnected);
        Assert.Equal(1, server.TupleCount);
        Assert.Equal(1, world.Network.StreamCount);
    }

    private static (WebRtcPeer Left, WebRtcPeer Right) Pair(World world, WebRtcServer server)
    {
        var audio = Media.Audio();
        var left = world.Connect(world.PeerOf(world.CreateWebRtcTransport("left", server)));
        left.Transport.Produce(audio);
        var right = world.Connect(world.PeerOf(world.CreateWebRtcTransport("right", server)));
        right.Transport.Consume(Media.Consume(audio));
        return (left, right);
    }

    private static string Fragment(WebRtcTransport transport) => ((WebRtcTransportDump)transport.Dump()).IceParameters.UsernameFragment;

    private static (string, string)[] Fragments(WebRtcServer server) =>
        [.. server.Dump().LocalIceUsernameFragments.Select(pair => (pair.LocalIceUsernameFragment, pair.WebRtcTransportId))];
}
