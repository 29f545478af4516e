using Bisque.Engine.Tests.Worlds;
using Bisque.Engine.Transports;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.WebRtc;

/// <summary>Strangers on TCP ports: what they can hold is bounded, in number and in time.</summary>
public sealed class HostileConnectionTests
{
    private static readonly IpAddress[] Strangers =
        [.. Enumerable.Range(1, 100).Select(i => IpAddress.FromBytes([10, 1, 0, (byte)i]))];

    [Fact]
    public void Thousands_of_silent_connections_hold_a_bounded_number_and_not_for_long()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var local = server.Listener.Sockets[1].Local;

        for (ushort i = 0; i < 5000; i++)
        {
            world.Network.Connect(new TransportAddress(Strangers[i % 100], i), local);
            if (i % 64 == 0)
            {
                world.Settle();
            }
        }

        world.Settle();
        Assert.Equal(IceListenerLimits.Server.MostUnproven, world.Network.StreamCount);
        Assert.Equal(IceListenerLimits.Server.MostUnproven, server.Listener.Connections.UnprovenCount);

        world.Run((int)IceListenerLimits.ProofTimeout.TotalMilliseconds + 1);
        Assert.Equal(0, world.Network.StreamCount);
        Assert.Equal(0, server.Listener.Connections.Count);
    }

    [Fact]
    public void One_stranger_pushes_nobody_else_out()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var peer = world.TcpPeerOf(world.CreateWebRtcTransport("browser", server));
        world.Settle();

        for (ushort i = 0; i < 2000; i++)
        {
            world.Network.Connect(new TransportAddress(Strangers[0], i), peer.Stream!.Local);
        }

        world.Settle();

        Assert.Equal(IceListenerLimits.Server.MostUnprovenOfOneAddress + 1, world.Network.StreamCount);
        world.Connect(peer);
    }

    [Fact]
    public void Connections_that_proved_themselves_are_not_evicted()
    {
        using var world = new World();
        var peer = world.ConnectTcp("browser");

        for (ushort i = 0; i < 1000; i++)
        {
            world.Network.Connect(new TransportAddress(Strangers[i % 100], i), peer.Worker);
        }

        world.Run(15_000);

        Assert.True(peer.Transport.IsConnected);
        Assert.Equal(1, world.Network.StreamCount);
    }

    [Fact]
    public void A_refused_check_proves_nothing()
    {
        using var world = new World();
        var peer = world.TcpPeerOf(world.CreateWebRtcTransport("browser", listenInfos: [World.ListenTcp]));

        peer.SendCheck(credentials: peer.Credentials with { Password = "wrong" });
        world.Run(9_000);
        Assert.False(peer.Stream!.IsClosed);
        peer.SendCheck(credentials: peer.Credentials with { Password = "wrong" });
        world.Run(1_001);

        Assert.Equal(2, peer.ChecksRefused);
        Assert.True(peer.Stream.IsClosed);
        Assert.Empty(world.Events.All);
    }

    [Fact]
    public void A_stranger_may_not_begin_a_frame_longer_than_any_check()
    {
        using var world = new World();
        var peer = world.TcpPeerOf(world.CreateWebRtcTransport("browser", listenInfos: [World.ListenTcp]));

        peer.Stream!.Send([0x80, 0x00, .. new byte[3000]]);
        world.Settle();

        Assert.True(peer.Stream.IsClosed);
    }

    [Fact]
    public void Streams_of_noise_and_of_damaged_frames_change_nothing()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var peer = world.Connect(world.TcpPeerOf(world.CreateWebRtcTransport("browser", server)));
        var audio = Media.Audio();
        peer.Transport.Produce(audio);
        peer.Transport.Consume(Media.Consume(audio));
        byte[][] corpus =
        [
            peer.Check(), .. peer.DtlsSent, peer.Protect(RtpSource.Audio().Next(Payloads.Opus())), [0xff, 0xff], [0, 0], [0, 1],
        ];
        var mutator = new Mutator(0x7c9);
        var rented = world.Loop.Packets.Rented;
        for (ushort i = 0; i < 20_000; i++)
        {
            var packet = mutator.Next(corpus);
            if (packet.AsSpan().SequenceEqual(corpus[0]))
            {
                continue;
            }

            var stream = world.Network.Connect(new TransportAddress(Strangers[i % 100], i), peer.Stream!.Local);
            if (i % 2 == 0)
            {
                stream.Send([(byte)(packet.Length >> 8), (byte)packet.Length]);
            }

            stream.Send(packet);
            peer.SendDatagram(packet);
            if (i % 3 == 0)
            {
                stream.End();
            }

            if (i % 32 == 0)
            {
                world.Loop.RunOnce(TimeSpan.FromMilliseconds(1));
                world.Loop.RunOnce(TimeSpan.FromMilliseconds(1));
            }
        }

        world.Run(11_000);
        peer.SendCheck();
        world.Settle();

        Assert.Equal(0, world.Worker.FaultCount);
        Assert.Equal(1, world.Network.StreamCount);
        Assert.Equal(1, server.TupleCount);
        Assert.InRange(world.Loop.Packets.Rented, 0, rented + 64);
        Assert.True(peer.Transport.IsConnected);
    }
}
