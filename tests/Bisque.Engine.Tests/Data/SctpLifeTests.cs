using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Sctp;
using Bisque.Testing;
using SctpState = Bisque.Model.SctpState;

namespace Bisque.Engine.Tests.Data;

/// <summary>How a transport's association begins, and how it ends.</summary>
public sealed class SctpLifeTests : IDisposable
{
    private readonly World _world = new() { Base = DataWorld.Sctp };

    [Fact]
    public void Nothing_is_said_before_somebody_has_messages()
    {
        var peer = _world.ConnectPlain("plain");
        peer.OpenSctp();
        _world.Run(5000);

        Assert.DoesNotContain(peer.Datagrams, IsSctp);
        Assert.Equal(SctpState.New, StateOf(peer.Transport));

        peer.Transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
        _world.Settle();
        Assert.Equal(SctpState.Connected, StateOf(peer.Transport));
    }

    [Fact]
    public void Nothing_is_said_before_the_transport_is_connected()
    {
        var transport = _world.CreatePlainTransport("plain");
        var peer = _world.PeerOf(transport);
        transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
        _world.Run(5000);
        Assert.Equal(SctpState.New, StateOf(transport));

        peer.OpenSctp();
        transport.Connect(new PlainTransportConnectRequest { Ip = peer.Address.Address.ToString(), Port = peer.Address.Port });
        _world.Settle();

        Assert.Equal(SctpState.Connected, StateOf(transport));
    }

    [Fact]
    public void A_peer_that_begins_is_answered_also_when_nobody_has_messages()
    {
        var peer = _world.ConnectPlain("plain");
        peer.OpenSctp().Connect();
        _world.Settle();

        Assert.Equal(SctpState.Connected, StateOf(peer.Transport));
        Assert.Equal(Sctp.SctpState.Connected, peer.Sctp!.Association.State);
    }

    [Fact]
    public void A_browsers_association_begins_with_the_handshake_of_dtls()
    {
        var transport = _world.CreateWebRtcTransport("browser");
        transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
        var peer = _world.PeerOf(transport);
        peer.OpenSctp();
        World.TellFingerprint(peer);
        transport.Connect(World.ConnectRequest(peer));
        _world.Settle();
        Assert.Equal(SctpState.New, StateOf(transport));

        peer.Connect();
        _world.Settle();

        Assert.Equal(SctpState.Connected, StateOf(transport));
    }

    [Fact]
    public void The_controller_is_told_of_each_state_and_of_the_streams()
    {
        var peer = _world.ConnectPlain("plain");
        peer.OpenSctp(new SctpOptions { OutgoingStreams = 100, IncomingStreams = 200 });
        _world.Events.All.Clear();
        peer.Transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
        _world.Settle();

        var capabilities = new SctpNegotiatedCapabilities { NegotiatedMaxOutboundStreams = 200, NegotiatedMaxInboundStreams = 100 };
        Assert.Equal(
            [
                new TransportSctpStateChangeEvent("plain", SctpState.Connecting),
                new TransportSctpNegotiatedCapabilitiesEvent("plain", capabilities),
                new TransportSctpStateChangeEvent("plain", SctpState.Connected),
            ],
            _world.Events.All);
        Assert.Equal(capabilities, ((PlainTransportDump)peer.Transport.Dump()).Base.SctpNegotiatedCapabilities);
        Assert.Equal(SctpState.Connected, ((PlainTransportStats)peer.Transport.GetStats()).Base.SctpState);
    }

    [Fact]
    public void A_peer_that_never_answers_is_given_up_and_takes_no_messages()
    {
        var peer = _world.ConnectPlain("plain");
        peer.Transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
        peer.Transport.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 1));

        _world.Run(600_000);

        Assert.Equal(SctpState.Failed, _world.Events.Of<TransportSctpStateChangeEvent>().Last().SctpState);
        Assert.Equal("message send failed", Assert.Throws<RequestException>(() => _world.DataConsumer().Send(51, [1])).Message);
        Assert.Equal(0, _world.Loop.ActiveTimers - ActiveTimersWithoutSctp());
    }

    [Fact]
    public void Comedia_learns_its_peer_from_an_sctp_packet()
    {
        var transport = _world.CreatePlainTransport("plain", options => options with { Comedia = true });
        var peer = _world.PeerOf(transport);
        peer.SendDatagram([.. "not SCTP at all"u8, 0]);
        _world.Settle();
        Assert.Null(((PlainTransportDump)transport.Dump()).Tuple.RemoteIp);

        peer.OpenSctp().Connect();
        _world.Settle();

        Assert.Equal(peer.Address.Port, Assert.Single(_world.Events.Of<PlainTransportTupleEvent>()).Tuple.RemotePort);
        Assert.Equal(SctpState.Connected, StateOf(transport));
    }

    [Fact]
    public void Packets_of_a_stranger_are_not_taken()
    {
        var peer = Connected();
        var stranger = new PlainPeer(_world.Network, 33_333, peer.Transport, peer.Worker);
        stranger.OpenSctp().Connect();
        _world.Settle();

        Assert.Equal(Sctp.SctpState.Connecting, stranger.Sctp!.Association.State);
        Assert.Equal(SctpState.Connected, StateOf(peer.Transport));
    }

    [Fact]
    public void Closing_the_transport_aborts_the_association()
    {
        var peer = Connected();
        _world.Events.All.Clear();

        _world.Router.CloseTransport("plain");
        _world.Settle();

        Assert.Equal(Sctp.SctpState.Closed, peer.Sctp!.Association.State);
        Assert.Empty(_world.Events.Of<TransportSctpStateChangeEvent>());
        Assert.Equal(0, _world.Loop.ActiveTimers);
    }

    [Fact]
    public void A_browsers_transport_aborts_inside_of_dtls()
    {
        var peer = _world.ConnectWebRtc("browser");
        peer.OpenSctp().Connect();
        _world.Settle();
        Assert.Equal(Sctp.SctpState.Connected, peer.Sctp!.Association.State);

        _world.Router.CloseTransport("browser");
        _world.Settle();

        Assert.Equal(Sctp.SctpState.Closed, peer.Sctp.Association.State);
    }

    [Fact]
    public void A_peer_that_aborts_closes_the_association_and_no_more()
    {
        var peer = Connected();
        peer.Transport.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 1));

        peer.Sctp!.Association.Abort(_world.Now);
        _world.Settle();

        Assert.Equal(SctpState.Closed, _world.Events.Of<TransportSctpStateChangeEvent>().Last().SctpState);
        Assert.Throws<RequestException>(() => _world.DataConsumer().Send(51, [1]));
        Assert.False(peer.Transport.IsFaulted);
    }

    [Fact]
    public void A_fault_of_the_transport_ends_its_association()
    {
        var peer = Connected();
        _world.Worker.Context.InjectFault = (_, _) => throw new InvalidOperationException("Injected.");

        peer.Sctp!.Send(1, 51, [1]);
        _world.Settle();
        _world.Worker.Context.InjectFault = null;

        Assert.True(peer.Transport.IsFaulted);
        Assert.Equal(SctpState.Closed, _world.Events.Of<TransportSctpStateChangeEvent>().Last().SctpState);
        Assert.Equal(0, _world.Loop.ActiveTimers);
        _world.Run(10_000);
        Assert.Equal(1, _world.Worker.FaultCount);
    }

    [Fact]
    public void Junk_after_the_handshake_changes_nothing()
    {
        var peer = Connected();
        peer.Transport.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 1));
        var corpus = peer.Datagrams.Where(IsSctp).ToArray();
        var mutator = new Mutator(3);
        for (var i = 0; i < 5000; i++)
        {
            peer.SendDatagram(mutator.Next(corpus));
        }

        _world.Settle();
        Assert.Equal(0, _world.Worker.FaultCount);
        _world.DataConsumer().Send(51, [7]);
        peer.Sctp!.Send(1, 51, [8]);
        _world.Run(1000);
        Assert.Contains(peer.Sctp.Messages, message => message.Bytes[0] == 7);
        Assert.Contains(peer.Sctp.Messages, message => message.Bytes[0] == 8);
    }

    public void Dispose() => _world.Dispose();

    private static bool IsSctp(byte[] datagram) => datagram[0] == 0x13 && datagram[1] == 0x88;

    private static SctpState? StateOf(Transport transport) => transport switch
    {
        PlainTransport plain => ((PlainTransportDump)plain.Dump()).Base.SctpState,
        _ => ((WebRtcTransportDump)transport.Dump()).Base.SctpState,
    };

    private static int ActiveTimersWithoutSctp()
    {
        using var world = new World();
        world.ConnectPlain("plain");
        world.Settle();
        return world.Loop.ActiveTimers;
    }

    private PlainPeer Connected()
    {
        var peer = _world.ConnectPlain("plain");
        peer.OpenSctp();
        peer.Transport.ProduceData(DataWorld.ProduceSctp("producer", 1));
        _world.Settle();
        Assert.Equal(SctpState.Connected, StateOf(peer.Transport));
        return peer;
    }
}
