using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Plain;

/// <summary>What connect() of a plain transport takes and refuses, and whom the transport listens to.</summary>
public sealed class PlainConnectTests
{
    private static readonly SrtpParameters Key =
        Transports.SrtpKeys.Generate(SrtpCryptoSuite.AesCm128HmacSha1_80, new SeededRandomSource(1));

    [Fact]
    public void It_succeeds_once()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain");
        transport.Connect(Request());

        Assert.Equal(RequestErrorKind.Error, Assert.Throws<RequestException>(() => transport.Connect(Request())).Kind);
    }

    [Fact]
    public void After_a_failure_it_may_be_tried_again()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain");
        Assert.Throws<RequestException>(() => transport.Connect(Request() with { Port = null }));

        var tuple = transport.Connect(Request()).Tuple!;

        Assert.Equal(("10.0.0.1", (ushort)4000), (tuple.RemoteIp, tuple.RemotePort));
    }

    public static TheoryData<string, PlainTransportConnectRequest> BadRequests => new()
    {
        { "no ip", Request() with { Ip = null } },
        { "no port", Request() with { Port = null } },
        { "no address", Request() with { Ip = "nowhere" } },
        { "an rtcp port in spite of rtcp-mux", Request() with { RtcpPort = 4001 } },
        { "a key without SRTP", Request() with { SrtpParameters = Key } },
    };

    [Theory]
    [MemberData(nameof(BadRequests), DisableDiscoveryEnumeration = true)]
    public void It_refuses_what_does_not_fit(string what, PlainTransportConnectRequest request)
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain");

        var refusal = Assert.Throws<RequestException>(() => transport.Connect(request));

        Assert.True(refusal.Kind == RequestErrorKind.TypeError, what);
        Assert.False(transport.IsConnected);
    }

    [Fact]
    public void Without_rtcp_mux_it_needs_an_rtcp_port()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain", options => options with { RtcpMux = false });

        Assert.Equal(RequestErrorKind.TypeError, Assert.Throws<RequestException>(() => transport.Connect(Request())).Kind);
        Assert.Equal(4001, transport.Connect(Request() with { RtcpPort = 4001 }).RtcpTuple!.RemotePort);
    }

    [Fact]
    public void With_srtp_it_needs_a_key_of_the_right_length()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain", options => options with
        {
            EnableSrtp = true,
            SrtpCryptoSuite = SrtpCryptoSuite.AesCm128HmacSha1_80,
        });

        SrtpParameters?[] bad = [null, Key with { KeyBase64 = Key.KeyBase64[4..] }, Key with { KeyBase64 = "!" + Key.KeyBase64[1..] }];
        foreach (var parameters in bad)
        {
            var refusal = Assert.Throws<RequestException>(() => transport.Connect(Request() with { SrtpParameters = parameters }));
            Assert.Equal(RequestErrorKind.TypeError, refusal.Kind);
        }

        Assert.Equal(40, transport.Connect(Request() with { SrtpParameters = Key }).SrtpParameters!.KeyBase64.Length);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        using var world = new World();

        Func<PlainTransportOptions, PlainTransportOptions>[] bad =
        [
            options => options with { EnableSrtp = true },
            options => options with { ListenInfo = World.Listen with { Protocol = TransportProtocol.Tcp } },
            options => options with { ListenInfo = World.Listen with { Ip = "somewhere" } },
        ];
        foreach (var change in bad)
        {
            Assert.Equal(
                RequestErrorKind.TypeError, Assert.Throws<RequestException>(() => world.CreatePlainTransport("plain", change)).Kind);
        }

        Assert.Equal(0, world.Network.SocketCount);
    }

    [Fact]
    public void Packets_from_elsewhere_are_dropped()
    {
        using var call = new Call(Media.Audio());
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Sender.MoveTo(31_000);
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Settle();

        Assert.Single(call.Received);
        Assert.Equal(1, call.SenderTransport.Counters.UnexpectedPackets);
    }

    [Fact]
    public void Rtcp_goes_to_the_rtcp_port_when_it_is_not_multiplexed()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var audio = Media.Audio();
        sender.Transport.Produce(audio);
        var receiver = world.PeerOf(world.CreatePlainTransport("receiver", options => options with { RtcpMux = false }));
        var rtpPort = receiver.Address.Port;
        receiver.MoveTo(32_000);
        receiver.Transport.Connect(new PlainTransportConnectRequest { Ip = "10.0.0.1", Port = rtpPort, RtcpPort = 32_000 });
        receiver.Transport.Consume(Media.Consume(audio));

        sender.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();
        Assert.Equal(rtpPort, receiver.LastDestination.Port);
        Assert.Single(receiver.Rtp);

        world.Run(600);
        Assert.Equal(32_000, receiver.LastDestination.Port);
        Assert.Single(receiver.Rtcp);
    }

    [Theory]
    [InlineData(SrtpCryptoSuite.AeadAes256Gcm)]
    [InlineData(SrtpCryptoSuite.AeadAes128Gcm)]
    [InlineData(SrtpCryptoSuite.AesCm128HmacSha1_80)]
    [InlineData(SrtpCryptoSuite.AesCm128HmacSha1_32)]
    public void Media_and_reports_pass_with_every_suite(SrtpCryptoSuite suite)
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender", suite);
        var receiver = world.ConnectPlain("receiver", suite);
        var audio = Media.Audio();
        sender.Transport.Produce(audio);
        receiver.Transport.Consume(Media.Consume(audio));
        var source = RtpSource.Audio();

        for (var i = 0; i < 30; i++)
        {
            sender.SendRtp(source.Next(Payloads.Opus()));
            world.Run(20);
        }

        Assert.Equal(30, receiver.Rtp.Count);
        Assert.All(receiver.Rtp, packet => Assert.Equal(Payloads.Opus(), packet.Payload));
        Assert.NotEmpty(receiver.Rtcp);
        Assert.NotEmpty(sender.Rtcp);
        Assert.Equal(0, sender.UndecryptableDatagrams + receiver.UndecryptableDatagrams);
    }

    [Theory]
    [InlineData(SrtpCryptoSuite.AeadAes256Gcm, 44)]
    [InlineData(SrtpCryptoSuite.AeadAes128Gcm, 28)]
    [InlineData(SrtpCryptoSuite.AesCm128HmacSha1_80, 30)]
    [InlineData(SrtpCryptoSuite.AesCm128HmacSha1_32, 30)]
    public void Another_suite_of_the_peer_is_followed_with_a_new_key(SrtpCryptoSuite suite, int length)
    {
        foreach (var own in Enum.GetValues<SrtpCryptoSuite>())
        {
            using var world = new World();
            var transport = world.CreatePlainTransport("plain", options => options with { EnableSrtp = true, SrtpCryptoSuite = own });
            var before = ((PlainTransportDump)transport.Dump()).SrtpParameters!;
            Assert.Equal(own, before.CryptoSuite);

            var after = transport.Connect(Request() with
            {
                SrtpParameters = Transports.SrtpKeys.Generate(suite, new SeededRandomSource(9)),
            }).SrtpParameters!;

            Assert.Equal(suite, after.CryptoSuite);
            Assert.Equal(own == suite, before.KeyBase64 == after.KeyBase64);
            Assert.Matches($"^[0-9a-z]{{{length}}}$", System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(after.KeyBase64)));
            Assert.Equal(after, ((PlainTransportDump)transport.Dump()).SrtpParameters);
        }
    }

    [Fact]
    public void A_failed_connect_changes_nothing()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain", options => options with
        {
            EnableSrtp = true,
            SrtpCryptoSuite = SrtpCryptoSuite.AeadAes256Gcm,
            RtcpMux = false,
        });
        var before = (PlainTransportDump)transport.Dump();

        Assert.Throws<RequestException>(() => transport.Connect(Request() with { SrtpParameters = Key }));

        var after = (PlainTransportDump)transport.Dump();
        Assert.Equal((before.Tuple, before.RtcpTuple, before.SrtpParameters), (after.Tuple, after.RtcpTuple, after.SrtpParameters));
        Assert.False(transport.IsConnected);
    }

    [Fact]
    public void Tuples_tell_the_announced_address_of_each_socket()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain", options => options with
        {
            RtcpMux = false,
            ListenInfo = World.Listen with { AnnouncedAddress = "media.example", Port = 7000 },
            RtcpListenInfo = World.Listen with { AnnouncedAddress = "reports.example", Port = 7001 },
        });

        var dump = (PlainTransportDump)transport.Dump();

        Assert.Equal(("media.example", (ushort)7000), (dump.Tuple.LocalAddress, dump.Tuple.LocalPort));
        Assert.Equal(("reports.example", (ushort)7001), (dump.RtcpTuple!.LocalAddress, dump.RtcpTuple.LocalPort));
        Assert.Equal(2, world.Network.SocketCount);
    }

    [Fact]
    public void A_transport_that_ended_with_a_fault_is_not_connected_any_more()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain");
        transport.OnFault(new InvalidOperationException("injected"));

        Assert.Equal(RequestErrorKind.Error, Assert.Throws<RequestException>(() => transport.Connect(Request())).Kind);
        Assert.Equal(0, world.Loop.ActiveTimers);
    }

    private static PlainTransportConnectRequest Request() => new() { Ip = "10.0.0.1", Port = 4000 };
}
