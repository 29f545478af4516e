using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;
using PortRange = Bisque.Model.PortRange;

namespace Bisque.Engine.Tests.Requests;

/// <summary>Requests about routers and transports that cannot be met, and what is left afterwards: nothing.</summary>
public sealed class TransportRequestTests
{
    [Fact]
    public void Ids_are_taken_once_in_the_whole_worker()
    {
        using var world = new World();
        world.CreatePlainTransport("plain");

        AssertRefused(RequestErrorKind.Error, () => world.CreatePlainTransport("plain"));
        AssertRefused(RequestErrorKind.Error, () => world.CreateWebRtcTransport("plain"));
        AssertRefused(RequestErrorKind.Error, () => world.CreateWebRtcTransport("router"));
        AssertRefused(RequestErrorKind.Error, () => world.Worker.CreateRouter("router"));
        Assert.Same(world.Router, world.Worker.FindRequestHandler("router"));
        Assert.Equal(1, world.Network.SocketCount);
    }

    [Fact]
    public void What_does_not_exist_cannot_be_closed()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain");

        AssertRefused(RequestErrorKind.NotFoundError, () => world.Worker.CloseRouter("nobody"));
        AssertRefused(RequestErrorKind.NotFoundError, () => world.Router.CloseTransport("nobody"));
        AssertRefused(RequestErrorKind.NotFoundError, () => transport.CloseProducer("nobody"));
        AssertRefused(RequestErrorKind.NotFoundError, () => transport.CloseConsumer("nobody"));
    }

    [Fact]
    public void A_taken_port_is_an_error_and_the_sockets_before_it_are_closed()
    {
        using var world = new World();
        world.Network.BindErrors[new TransportAddress(Address(World.WorkerIp), 5000)] = NetError.AddressInUse;

        AssertRefused(RequestErrorKind.Error, () => world.CreateWebRtcTransport(
            "browser", listenInfos: [World.Listen with { Port = 4000 }, World.Listen with { Port = 5000 }]));

        Assert.Equal(0, world.Network.SocketCount);
        Assert.Null(world.Worker.FindRequestHandler("browser"));
        world.CreateWebRtcTransport("browser", listenInfos: World.Listen with { Port = 4000 });
    }

    [Fact]
    public void A_range_is_walked_past_taken_ports_until_none_is_left()
    {
        using var world = new World();
        world.Network.BindErrors[new TransportAddress(Address(World.WorkerIp), 6001)] = NetError.AddressInUse;
        var listen = World.Listen with { PortRange = new PortRange { Min = 6000, Max = 6002 } };

        ushort[] ports =
        [
            .. Enumerable.Range(0, 2).Select(i =>
                ((WebRtcTransportDump)world.CreateWebRtcTransport($"browser{i}", listenInfos: listen).Dump()).IceCandidates[0].Port),
        ];
        Assert.Equal(new ushort[] { 6000, 6002 }, ports.Order());
        AssertRefused(RequestErrorKind.Error, () => world.CreateWebRtcTransport("browser2", listenInfos: listen));

        world.Router.CloseTransport("browser0");
        world.CreateWebRtcTransport("browser2", listenInfos: listen);
    }

    [Fact]
    public void Addresses_ranges_and_sizes_that_cannot_be_are_type_errors()
    {
        using var world = new World();
        ListenInfo[] bad =
        [
            World.Listen with { Ip = "not an address" },
            World.Listen with { PortRange = new PortRange { Min = 7000, Max = 6000 } },
            World.Listen with { SendBufferSize = uint.MaxValue },
        ];

        foreach (var listen in bad)
        {
            AssertRefused(RequestErrorKind.TypeError, () => world.CreateWebRtcTransport("browser", listenInfos: listen));
        }

        Assert.Equal(0, world.Network.SocketCount);
    }

    [Fact]
    public void Bitrate_limits_must_fit_each_other()
    {
        using var world = new World();
        var transport = world.CreatePlainTransport("plain");
        transport.SetMinOutgoingBitrate(100_000);

        AssertRefused(RequestErrorKind.TypeError, () => transport.SetMaxOutgoingBitrate(29_999));
        AssertRefused(RequestErrorKind.TypeError, () => transport.SetMaxOutgoingBitrate(99_999));
        AssertRefused(RequestErrorKind.TypeError, () => transport.SetMinOutgoingBitrate(29_999));
        AssertRefused(RequestErrorKind.TypeError, () => transport.SetMaxIncomingBitrate(ulong.MaxValue));
        transport.SetMaxOutgoingBitrate(200_000);
        AssertRefused(RequestErrorKind.TypeError, () => transport.SetMinOutgoingBitrate(200_001));
        transport.SetMaxOutgoingBitrate(0);
        transport.SetMinOutgoingBitrate(200_001);
    }

    [Fact]
    public void Log_settings_name_a_level()
    {
        using var world = new World();

        AssertRefused(RequestErrorKind.TypeError, () => world.Worker.UpdateSettings(new UpdateSettingsRequest { LogLevel = "loud" }));
        world.Worker.UpdateSettings(new UpdateSettingsRequest { LogLevel = "warn", LogTags = ["rtp"] });

        var peer = world.ConnectPlain("plain");
        for (var i = 0; i < 1000; i++)
        {
            peer.SendRtp(new RtpSource().DeltaFrame());
        }

        world.Settle();
        Assert.InRange(world.Events.Logs.Count, 1, 20);
        Assert.All(world.Events.Logs, log => Assert.Equal(LogLevel.Warn, log.Level));
    }

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address) ? address : default;

    private static void AssertRefused(RequestErrorKind kind, Action request) =>
        Assert.Equal(kind, Assert.Throws<RequestException>(request).Kind);
}
