using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;
using DtlsRole = Bisque.Dtls.DtlsRole;

namespace Bisque.Engine.Tests.WebRtc;

/// <summary>DTLS through a transport: roles, who checks whom, and what networks do to datagrams.</summary>
public sealed class HandshakeTests
{
    [Fact]
    public void The_peer_may_be_the_client()
    {
        using var world = new World();
        var peer = world.ConnectWebRtc("browser");

        Assert.Equal([DtlsState.Connecting, DtlsState.Connected], States(world));
        var certificate = world.Events.Of<WebRtcTransportDtlsStateChangeEvent>("browser").Last().RemoteCertificate;
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", certificate, StringComparison.Ordinal);
        AssertMediaPasses(world, peer);
    }

    [Theory]
    [InlineData(Model.DtlsRole.Server)]
    [InlineData(Model.DtlsRole.Auto)]
    public void The_peer_may_be_the_server(Model.DtlsRole told)
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"), DtlsRole.Server);
        World.TellFingerprint(peer);

        var response = peer.Transport.Connect(World.ConnectRequest(peer, told));
        peer.Connect();
        world.Run(500);

        Assert.Equal(Model.DtlsRole.Client, response.DtlsLocalRole);
        Assert.True(peer.Transport.IsConnected);
        AssertMediaPasses(world, peer);
    }

    [Fact]
    public void A_peer_that_is_quicker_than_the_controller_waits_for_its_fingerprint()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));
        World.TellFingerprint(peer);
        peer.Connect();
        world.Settle();
        Assert.Equal([DtlsState.Connecting], States(world));
        Assert.Equal(Model.DtlsRole.Server, ((WebRtcTransportDump)peer.Transport.Dump()).DtlsParameters.Role);

        var response = peer.Transport.Connect(World.ConnectRequest(peer));
        world.Settle();

        Assert.Equal(Model.DtlsRole.Server, response.DtlsLocalRole);
        Assert.Equal([DtlsState.Connecting, DtlsState.Connected], States(world));
        AssertMediaPasses(world, peer);
    }

    [Fact]
    public void A_role_told_late_starts_again_as_client()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"), DtlsRole.Server);
        World.TellFingerprint(peer);
        peer.Connect();
        world.Run(300);

        peer.Transport.Connect(World.ConnectRequest(peer, Model.DtlsRole.Server));
        world.Run(300);

        Assert.True(peer.Transport.IsConnected);
        Assert.Equal([DtlsState.Connecting, DtlsState.Connected], States(world));
        AssertMediaPasses(world, peer);
    }

    [Fact]
    public void The_wrong_certificate_fails()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));
        World.TellFingerprint(peer);
        var request = World.ConnectRequest(peer);
        var fingerprint = request.DtlsParameters.Fingerprints[0];
        var other = fingerprint with { Value = (fingerprint.Value[0] == '0' ? '1' : '0') + fingerprint.Value[1..] };

        peer.Transport.Connect(new WebRtcTransportConnectRequest { DtlsParameters = request.DtlsParameters with { Fingerprints = [other] } });
        peer.Connect();
        world.Settle();

        Assert.Equal([DtlsState.Connecting, DtlsState.Failed], States(world));
        Assert.False(peer.Transport.IsConnected);
    }

    [Fact]
    public void No_common_srtp_profile_fails()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"), srtpProfiles: [0x0008]);
        World.TellFingerprint(peer);
        peer.Intercept = datagram =>
        {
            // The use_srtp extension with its only profile (RFC 5764 section 4.1.1), made one that nobody knows.
            var extension = datagram.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x00, 0x0e, 0x00, 0x05, 0x00, 0x02, 0x00, 0x08, 0x00]);
            if (extension >= 0)
            {
                datagram[extension + 7] = 0x55;
            }

            peer.SendUnhindered(datagram);
        };

        peer.Transport.Connect(World.ConnectRequest(peer));
        peer.Connect();
        world.Settle();

        Assert.Equal([DtlsState.Connecting, DtlsState.Failed], States(world));
    }

    [Fact]
    public void Connect_may_be_called_once_and_needs_a_fingerprint()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));
        var request = World.ConnectRequest(peer);
        var empty = new WebRtcTransportConnectRequest { DtlsParameters = request.DtlsParameters with { Fingerprints = [] } };

        Assert.Equal(RequestErrorKind.TypeError, Assert.Throws<RequestException>(() => peer.Transport.Connect(empty)).Kind);
        peer.Transport.Connect(request);
        Assert.Equal(RequestErrorKind.Error, Assert.Throws<RequestException>(() => peer.Transport.Connect(request)).Kind);
    }

    [Fact]
    public void A_handshake_from_a_path_that_was_never_checked_is_not_heard()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"));
        peer.Transport.Connect(World.ConnectRequest(peer));
        peer.SendCheck();
        world.Settle();
        var answered = peer.DatagramsReceived;

        peer.MoveTo(30_000);
        peer.Dtls.Start(world.Now);
        world.Settle();

        Assert.Equal(answered, peer.DatagramsReceived);
        Assert.Equal(1, peer.Transport.Counters.UnexpectedPackets);
    }

    [Fact]
    public void Closing_the_transport_says_goodbye()
    {
        using var world = new World();
        var peer = world.ConnectWebRtc("browser");

        world.Router.CloseTransport("browser");
        world.Settle();

        Assert.Equal(Dtls.DtlsState.Closed, peer.DtlsStates[^1]);
        Assert.Equal([DtlsState.Connecting, DtlsState.Connected], States(world));
    }

    [Fact]
    public void A_peer_that_says_goodbye_closes_dtls_and_stops_media()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        sender.Transport.Produce(Media.Audio());
        var peer = world.ConnectWebRtc("browser");
        peer.Transport.Consume(Media.Consume(Media.Audio()));

        peer.Dtls.Close();
        world.Settle();
        sender.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Run(5000);

        Assert.Equal(DtlsState.Closed, States(world)[^1]);
        Assert.Empty(peer.Rtp);
        Assert.Empty(peer.Rtcp);
    }

    [Fact]
    public void Flights_that_are_lost_doubled_and_out_of_order_still_connect()
    {
        for (var seed = 1ul; seed <= 10; seed++)
        {
            using var world = new World(seed);
            var peer = world.PeerOf(world.CreateWebRtcTransport("browser"), mtu: 300);
            World.TellFingerprint(peer);
            peer.Transport.Connect(World.ConnectRequest(peer));
            peer.Connect();
            world.Settle();
            peer = world.PeerOf(world.CreateWebRtcTransport("lossy"), mtu: 300);
            World.TellFingerprint(peer);
            peer.Transport.Connect(World.ConnectRequest(peer));
            peer.Uplink = new VirtualLink(seed) { Jitter = TimeSpan.FromMilliseconds(30), Loss = 0.2, Duplication = 0.2 };
            peer.Downlink = new VirtualLink(seed + 100) { Jitter = TimeSpan.FromMilliseconds(30), Loss = 0.2, Duplication = 0.2 };

            for (var i = 0; i < 25 && !peer.Transport.IsConnected; i++)
            {
                peer.Connect();
                world.Run(1000);
            }

            Assert.True(peer.Transport.IsConnected, $"seed {seed}");
        }
    }

    [Fact]
    public void A_client_hello_in_fragments_out_of_order_and_twice_connects_without_a_timeout()
    {
        using var world = new World();
        var peer = world.PeerOf(world.CreateWebRtcTransport("browser"), mtu: 256);
        World.TellFingerprint(peer);
        peer.Transport.Connect(World.ConnectRequest(peer));
        var held = new List<byte[]>();
        peer.SendCheck();
        world.Settle();
        peer.Intercept = held.Add;
        peer.Dtls.Start(world.Now);
        while (held.Count > 0)
        {
            byte[][] flight = [.. held];
            held.Clear();
            foreach (var datagram in flight.Reverse().Concat(flight))
            {
                peer.SendUnhindered(datagram);
            }

            world.Settle();
        }

        Assert.True(peer.Transport.IsConnected);
        Assert.Equal(1_000_000, world.Now.Milliseconds);
    }

    [Fact]
    public void Many_that_stopped_in_the_middle_do_not_keep_an_honest_one_waiting()
    {
        const int Stalled = 300;
        using var world = new World();
        for (var i = 0; i < Stalled; i++)
        {
            var stalled = world.PeerOf(world.CreateWebRtcTransport($"stalled{i}"));
            stalled.Transport.Connect(World.ConnectRequest(stalled));
            var flights = 0;
            stalled.Intercept = datagram =>
            {
                if (flights++ < 2)
                {
                    stalled.SendUnhindered(datagram);
                }
            };
            stalled.Connect();
        }

        world.Settle();
        Assert.Equal(Stalled, world.Events.Of<WebRtcTransportDtlsStateChangeEvent>().Count(change => change.DtlsState == DtlsState.Connecting));
        var before = world.Now;

        var honest = world.ConnectWebRtc("honest");

        Assert.Equal(before, world.Now);
        AssertMediaPasses(world, honest);
        world.Run(60_000);
        Assert.Equal(Stalled, world.Events.Of<WebRtcTransportDtlsStateChangeEvent>().Count(change => change.DtlsState == DtlsState.Failed));
    }

    private static void AssertMediaPasses(World world, WebRtcPeer peer)
    {
        var audio = Media.Audio();
        peer.Transport.Produce(audio);
        peer.Transport.Consume(Media.Consume(audio));
        peer.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();
        Assert.Equal(Payloads.Opus(), Assert.Single(peer.Rtp).Payload);
    }

    private static List<DtlsState> States(World world) =>
        [.. world.Events.Of<WebRtcTransportDtlsStateChangeEvent>("browser").Select(change => change.DtlsState)];
}
