using Bisque.Engine.Tests.Worlds;
using Bisque.Ice;
using Bisque.Model;
using Bisque.Primitives;
using IceState = Bisque.Model.IceState;

namespace Bisque.Engine.Tests.WebRtc;

/// <summary>Peers that come over TCP, in frames of RFC 4571.</summary>
public sealed class TcpTests
{
    [Fact]
    public void A_call_over_tcp_carries_media_both_ways()
    {
        using var world = new World();
        var (left, right) = (world.ConnectTcp("left"), world.ConnectTcp("right"));
        var (fromLeft, fromRight) = (Media.Audio("a", 1000), Media.Audio("b", 2000));
        left.Transport.Produce(fromLeft);
        right.Transport.Produce(fromRight);
        left.Transport.Consume(Media.Consume(fromRight, "toLeft"));
        right.Transport.Consume(Media.Consume(fromLeft, "toRight"));

        left.SendRtp(RtpSource.Audio(1000).Next(Payloads.Opus()));
        right.SendRtp(RtpSource.Audio(2000).Next(Payloads.Opus()));
        world.Run(2000);

        Assert.Equal(Payloads.Opus(), Assert.Single(left.Rtp).Payload);
        Assert.Equal(Payloads.Opus(), Assert.Single(right.Rtp).Payload);
        Assert.NotEmpty(left.Rtcp);
        Assert.Same(left.Stream, left.LastStream);
        var tuple = world.Events.Of<WebRtcTransportIceSelectedTupleChangeEvent>("left").Single().Tuple;
        Assert.Equal(
            (TransportProtocol.Tcp, World.WorkerIp, left.Worker.Port, left.Address.Port),
            (tuple.Protocol, tuple.LocalAddress, tuple.LocalPort, tuple.RemotePort));
    }

    [Fact]
    public void Frames_in_pieces_of_one_byte_are_put_together()
    {
        using var call = TcpCall(out var sender, out var receiver);
        var stream = sender.Stream!;
        var pieces = new List<byte>();
        sender.Intercept = packet => pieces.AddRange([(byte)(packet.Length >> 8), (byte)packet.Length, .. packet]);
        sender.SendCheck();
        sender.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));

        foreach (var piece in pieces)
        {
            stream.Send([piece]);
            call.Loop.RunOnce(TimeSpan.Zero);
        }

        call.Settle();

        Assert.Equal(2, sender.ChecksAnswered);
        Assert.Single(receiver.Rtp);
    }

    [Fact]
    public void Many_frames_in_one_piece_all_arrive_in_order()
    {
        using var world = TcpCall(out var sender, out var receiver);
        var source = RtpSource.Audio();

        for (var i = 0; i < 200; i++)
        {
            sender.SendRtp(source.Next(Payloads.Opus()));
        }

        world.Settle();

        Assert.Equal(200, receiver.Rtp.Count);
        Assert.All(Enumerable.Range(1, 199), i => Assert.Equal(1, (ushort)(receiver.Rtp[i].SequenceNumber - receiver.Rtp[i - 1].SequenceNumber)));
    }

    [Fact]
    public void A_connection_that_ends_disconnects_and_the_next_one_brings_media_back()
    {
        using var world = TcpCall(out var sender, out var receiver);
        var source = RtpSource.Audio();

        receiver.Stream!.End();
        world.Settle();
        sender.SendRtp(source.Next(Payloads.Opus()));
        world.Settle();

        Assert.False(receiver.Transport.IsConnected);
        Assert.Equal([IceState.Completed, IceState.Disconnected], States(world, "receiver"));
        Assert.Null(((WebRtcTransportDump)receiver.Transport.Dump()).IceSelectedTuple);
        Assert.Empty(receiver.Rtp);

        receiver.ConnectTcp(receiver.Worker, port: 30_000);
        receiver.SendCheck();
        world.Settle();
        sender.SendRtp(source.Next(Payloads.Opus()));
        world.Settle();

        Assert.Equal([IceState.Completed, IceState.Disconnected, IceState.Completed], States(world, "receiver"));
        Assert.Equal(30_000, world.Events.Of<WebRtcTransportIceSelectedTupleChangeEvent>("receiver").Last().Tuple.RemotePort);
        Assert.Single(receiver.Rtp);
        Assert.Same(receiver.Stream, receiver.LastStream);
    }

    [Fact]
    public void When_the_selected_connection_ends_another_path_takes_over()
    {
        using var world = new World();
        var audio = Media.Audio();
        var sender = world.ConnectPlain("sender");
        sender.Transport.Produce(audio);
        var transport = world.CreateWebRtcTransport("browser", listenInfos: [World.Listen, World.ListenTcp]);
        var peer = world.PeerOf(transport);
        peer.SendCheck(useCandidate: false);
        world.Settle();
        peer.ConnectTcp(World.AddressOf(transport, TransportProtocol.Tcp));
        world.Connect(peer);
        transport.Consume(Media.Consume(audio));
        var source = RtpSource.Audio();
        sender.SendRtp(source.Next(Payloads.Opus()));
        world.Settle();
        Assert.Same(peer.Stream, peer.LastStream);

        peer.Stream!.End();
        world.Settle();
        sender.SendRtp(source.Next(Payloads.Opus()));
        world.Settle();

        Assert.True(transport.IsConnected);
        Assert.Equal(
            [TransportProtocol.Udp, TransportProtocol.Tcp, TransportProtocol.Udp],
            world.Events.Of<WebRtcTransportIceSelectedTupleChangeEvent>("browser").Select(change => change.Tuple.Protocol));
        Assert.Equal([IceState.Connected, IceState.Completed], States(world, "browser"));
        Assert.Equal(2, peer.Rtp.Count);
        Assert.Null(peer.LastStream);
    }

    [Fact]
    public void A_connection_that_ends_inside_a_frame_leaves_nothing()
    {
        using var world = new World();
        var peer = world.ConnectTcp("browser");
        var rented = world.Loop.Packets.Rented;

        peer.Stream!.Send([0x04, 0x00, 0x80, 111, 1, 2, 3]);
        world.Settle();
        peer.Stream.End();
        world.Settle();

        Assert.Equal(0, world.Network.StreamCount);
        Assert.Equal(rented, world.Loop.Packets.Rented);
        Assert.Equal(IceState.Disconnected, States(world, "browser").Last());
    }

    [Fact]
    public void A_frame_larger_than_any_buffer_ends_the_connection()
    {
        using var world = new World();
        var peer = world.ConnectTcp("browser");

        peer.Stream!.Send([0xff, 0xff, 1, 2, 3]);
        world.Settle();

        Assert.True(peer.Stream.IsClosed);
        Assert.Equal(IceState.Disconnected, States(world, "browser").Last());
    }

    [Fact]
    public void A_peer_that_is_silent_for_too_long_loses_its_connection()
    {
        using var world = new World();
        var peer = world.ConnectTcp("browser");

        world.Run(31_000);

        Assert.True(peer.Stream!.IsClosed);
        Assert.Equal(IceState.Disconnected, States(world, "browser").Last());
    }

    [Fact]
    public void The_ninth_connection_takes_the_place_of_the_oldest_that_is_not_selected()
    {
        using var world = new World();
        var peer = world.ConnectTcp("browser");
        var streams = new List<VirtualStream> { peer.Stream! };
        for (ushort port = 30_000; port < 30_008; port++)
        {
            streams.Add(peer.ConnectTcp(peer.Worker, port));
            peer.SendCheck(useCandidate: false);
            world.Settle();
        }

        Assert.Equal([1], Enumerable.Range(0, streams.Count).Where(i => streams[i].IsClosed));
        Assert.Equal(IceLiteAgent.MaximumTuples, world.Network.StreamCount);
    }

    [Fact]
    public void Media_over_a_second_connection_moves_the_selection_there()
    {
        using var world = TcpCall(out var sender, out _);
        var first = sender.Stream!;
        sender.ConnectTcp(sender.Worker, 30_000);
        sender.SendCheck(useCandidate: false);
        world.Settle();

        sender.SendRtp(RtpSource.Audio().Next(Payloads.Opus()));
        world.Settle();

        Assert.Equal(30_000, world.Events.Of<WebRtcTransportIceSelectedTupleChangeEvent>("sender").Last().Tuple.RemotePort);
        Assert.False(first.IsClosed);
    }

    [Fact]
    public void A_peer_that_reads_slowly_loses_whole_packets_and_gets_no_part_of_one()
    {
        using var world = TcpCall(out var sender, out var receiver);
        var source = RtpSource.Audio();
        var payload = new byte[1000];
        receiver.Stream!.Room = 2500;

        for (var i = 0; i < 3000; i++)
        {
            sender.SendRtp(source.Next(payload));
            if (i % 50 == 0)
            {
                world.Settle();
            }
        }

        receiver.Stream.Room = long.MaxValue;
        world.Settle();
        sender.SendRtp(source.Next(payload));
        world.Settle();

        Assert.InRange(receiver.Rtp.Count, 900, 1100);
        Assert.Equal(0, receiver.UndecryptableDatagrams);
        Assert.All(receiver.Rtp, packet => Assert.Equal(1000, packet.Payload.Length));
        Assert.Equal((ushort)(receiver.Rtp[0].SequenceNumber + 3000), receiver.Rtp[^1].SequenceNumber);
    }

    [Fact]
    public void Closing_the_transport_closes_its_connections_and_stops_listening()
    {
        using var world = new World();
        var peer = world.ConnectTcp("browser");
        world.Network.Connect(VirtualPeer.At(30_000), peer.Worker);
        world.Settle();
        Assert.Equal(2, world.Network.StreamCount);

        world.Router.CloseTransport("browser");
        world.Settle();

        Assert.Equal((0, 0), (world.Network.StreamCount, world.Network.ListenerCount));
        Assert.Equal(Dtls.DtlsState.Closed, peer.Dtls.State);
    }

    private static World TcpCall(out WebRtcPeer sender, out WebRtcPeer receiver)
    {
        var world = new World();
        var audio = Media.Audio();
        sender = world.ConnectTcp("sender");
        sender.Transport.Produce(audio);
        receiver = world.ConnectTcp("receiver");
        receiver.Transport.Consume(Media.Consume(audio));
        return world;
    }

    private static List<IceState> States(World world, string id) =>
        [.. world.Events.Of<WebRtcTransportIceStateChangeEvent>(id).Select(change => change.IceState)];
}
