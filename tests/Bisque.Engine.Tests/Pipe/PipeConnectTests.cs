using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Pipe;

/// <summary>What a pipe transport is made of and connected with, and what it refuses.</summary>
public sealed class PipeConnectTests
{
    private static readonly SrtpParameters Key = Transports.SrtpKeys.Generate(SrtpCryptoSuite.AeadAes256Gcm, new SeededRandomSource(1));

    [Fact]
    public void It_is_connected_once()
    {
        using var world = new World();
        var pipe = world.CreatePipeTransport("pipe");
        Assert.False(pipe.IsConnected);

        var tuple = pipe.Connect(Request()).Tuple;

        Assert.Equal(("10.0.0.1", (ushort)4000, World.WorkerIp), (tuple.RemoteIp, tuple.RemotePort, tuple.LocalAddress));
        Assert.True(pipe.IsConnected);
        Assert.Equal(RequestErrorKind.Error, Assert.Throws<RequestException>(() => pipe.Connect(Request())).Kind);
    }

    public static TheoryData<string, bool, PipeTransportConnectRequest> BadRequests => new()
    {
        { "no port", false, Request() with { Port = null } },
        { "no address", false, Request() with { Ip = "nowhere" } },
        { "a key without SRTP", false, Request() with { SrtpParameters = Key } },
        { "SRTP without a key", true, Request() },
        { "another suite", true, Request() with { SrtpParameters = Key with { CryptoSuite = SrtpCryptoSuite.AeadAes128Gcm } } },
        {
            "another suite with a key of its own length",
            true,
            Request() with { SrtpParameters = Transports.SrtpKeys.Generate(SrtpCryptoSuite.AesCm128HmacSha1_80, new SeededRandomSource(1)) }
        },
        { "a short key", true, Request() with { SrtpParameters = Key with { KeyBase64 = Key.KeyBase64[4..] } } },
        { "a key that is no base64", true, Request() with { SrtpParameters = Key with { KeyBase64 = "!" + Key.KeyBase64[1..] } } },
        { "a key but no port", true, Request() with { Port = null, SrtpParameters = Key } },
    };

    [Theory]
    [MemberData(nameof(BadRequests), DisableDiscoveryEnumeration = true)]
    public void What_does_not_fit_is_refused_and_may_be_tried_again(string what, bool srtp, PipeTransportConnectRequest request)
    {
        using var world = new World();
        var pipe = world.CreatePipeTransport("pipe", options => options with { EnableSrtp = srtp });
        var before = ((PipeTransportDump)pipe.Dump()).SrtpParameters;

        Assert.True(Assert.Throws<RequestException>(() => pipe.Connect(request)).Kind == RequestErrorKind.TypeError, what);

        Assert.False(pipe.IsConnected);
        Assert.Equal(before, ((PipeTransportDump)pipe.Dump()).SrtpParameters);
        pipe.Connect(Request() with { SrtpParameters = srtp ? Key : null });
        Assert.True(pipe.IsConnected);
    }

    [Fact]
    public void Its_dump_tells_the_options_the_addresses_and_the_key()
    {
        using var world = new World();
        var pipe = world.CreatePipeTransport("pipe", options => options with
        {
            EnableRtx = true,
            EnableSrtp = true,
            ListenInfo = World.Listen with { AnnouncedAddress = "far.example" },
        });

        var dump = (PipeTransportDump)pipe.Dump();

        Assert.True(dump.Rtx);
        Assert.Equal(SrtpCryptoSuite.AeadAes256Gcm, dump.SrtpParameters!.CryptoSuite);
        Assert.Equal(60, dump.SrtpParameters.KeyBase64.Length);
        Assert.Matches("^[0-9a-z]{44}$", System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(dump.SrtpParameters.KeyBase64)));
        Assert.Equal(("far.example", null, (ushort)0), (dump.Tuple.LocalAddress, dump.Tuple.RemoteIp, dump.Tuple.RemotePort));
        Assert.Equal(dump.Tuple, ((PipeTransportStats)pipe.GetStats()).Tuple);
        Assert.Null(((PipeTransportDump)world.CreatePipeTransport("clear").Dump()).SrtpParameters);
    }

    [Fact]
    public void It_speaks_udp_only()
    {
        using var world = new World();

        var refusal = Assert.Throws<RequestException>(() => world.CreatePipeTransport(
            "pipe", options => options with { ListenInfo = World.Listen with { Protocol = TransportProtocol.Tcp } }));

        Assert.Equal(RequestErrorKind.TypeError, refusal.Kind);
        Assert.Equal(0, world.Network.SocketCount);
    }

    [Fact]
    public void Packets_from_elsewhere_are_dropped_and_so_are_all_before_it_is_connected()
    {
        using var world = new World();
        var pipe = world.CreatePipeTransport("pipe");
        var dump = (PipeTransportDump)pipe.Dump();
        var video = Media.Video();
        pipe.Produce(video);
        Assert.True(IpAddress.TryParse(dump.Tuple.LocalAddress, out var address));
        var local = new TransportAddress(address, dump.Tuple.LocalPort);
        var source = new RtpSource();

        world.Network.Deliver(source.KeyFrame(), VirtualPeer.At(4000), local);
        world.Settle();
        pipe.Connect(Request());
        world.Network.Deliver(source.KeyFrame(), VirtualPeer.At(4001), local);
        world.Network.Deliver(source.KeyFrame(), VirtualPeer.At(4000), local);
        world.Settle();

        Assert.Equal(2, pipe.Counters.UnexpectedPackets);
        Assert.Equal(1ul, world.Producer(video.ProducerId).GetStats().Stats[0].PacketCount);
    }

    private static PipeTransportConnectRequest Request() => new() { Ip = "10.0.0.1", Port = 4000 };
}
