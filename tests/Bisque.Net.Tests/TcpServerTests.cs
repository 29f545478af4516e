using System.Net.Sockets;
using Bisque.Testing;
using static Bisque.Net.Tests.LoopTesting;

namespace Bisque.Net.Tests;

public sealed class TcpServerTests
{
    public static TheoryData<NetBackend> Backends { get; } = [NetBackend.Linux, NetBackend.Portable];

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_connection_carries_bytes_both_ways(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var recorder = new Recorder();
        using var server = loop.OpenTcp(Loopback, TcpServerOptions.Default, recorder);
        using var client = Connect(server);

        loop.RunUntil(() => recorder.Connections.Count == 1);
        client.Send([1, 2, 3]);
        loop.RunUntil(() => recorder.Bytes.Count == 3);
        var connection = recorder.Connections[0];
        Assert.True(connection.Write([0, 2], [8, 9]));

        var answer = new byte[10];
        Assert.Equal(4, client.Receive(answer));
        Assert.Equal([0, 2, 8, 9], answer[..4]);
        Assert.Equal([1, 2, 3], recorder.Bytes);
        Assert.Equal(server.Local, connection.Local);
        Assert.Equal(client.LocalEndPoint, connection.Remote.ToIPEndPoint());
        connection.Close();
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_full_queue_drops_whole_frames_and_never_cuts_one(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var recorder = new Recorder();
        using var server = loop.OpenTcp(
            Loopback, new TcpServerOptions { QueueLimit = 20_000, SendBufferSize = 8192 }, recorder);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8192 };
        client.Connect(server.Local.ToIPEndPoint());
        loop.RunUntil(() => recorder.Connections.Count == 1);
        var connection = recorder.Connections[0];

        var accepted = new List<byte>();
        for (var i = 0; connection.FramesDropped < 10; i++)
        {
            Assert.True(i < 100_000);
            if (connection.Write([0xff, (byte)i], Frame(i)))
            {
                accepted.Add((byte)i);
            }
        }

        Assert.InRange(connection.QueuedBytes, 1, 20_000);
        var got = new List<byte>();
        var buffer = new byte[65_536];
        client.Blocking = false;
        loop.RunUntil(() =>
        {
            while (client.Available > 0)
            {
                got.AddRange(buffer.AsSpan(0, client.Receive(buffer)));
            }

            return got.Count == accepted.Count * 1002;
        });

        Assert.Equal(0, connection.QueuedBytes);
        Assert.Equal(accepted, got.Chunk(1002).Select(frame => frame[1]));
        Assert.All(got.Chunk(1002), frame => Assert.Equal(Frame(frame[1]), frame[2..]));
        connection.Close();

        static byte[] Frame(int number)
        {
            var frame = new byte[1000];
            frame.AsSpan().Fill((byte)number);
            return frame;
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void The_peers_end_is_told_once(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var recorder = new Recorder();
        using var server = loop.OpenTcp(Loopback, TcpServerOptions.Default, recorder);
        var client = Connect(server);
        loop.RunUntil(() => recorder.Connections.Count == 1);

        client.Dispose();
        loop.RunUntil(() => recorder.Closed.Count > 0);
        loop.RunUntilQuiet();

        Assert.Equal([null], recorder.Closed);
        Assert.True(recorder.Connections[0].IsClosed);
        Assert.False(recorder.Connections[0].Write([1]));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_handler_may_close_its_connection_and_the_server_within_a_call(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var recorder = new Recorder();
        var server = loop.OpenTcp(Loopback, TcpServerOptions.Default, recorder);
        recorder.OnBytes = connection =>
        {
            connection.Close();
            server.Dispose();
        };
        using var client = Connect(server);
        client.Send([1]);

        loop.RunUntil(() => recorder.Bytes.Count == 1);
        loop.RunUntilQuiet();

        Assert.Empty(recorder.Closed);
        Assert.Equal(0, client.Receive(new byte[1]));
        Assert.Throws<SocketException>(() => Connect(server));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_connection_that_nobody_takes_is_closed(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var recorder = new Recorder { Refuses = true };
        using var server = loop.OpenTcp(Loopback, TcpServerOptions.Default, recorder);
        using var client = Connect(server);

        loop.RunUntil(() => recorder.Connections.Count == 1);

        Assert.True(recorder.Connections[0].IsClosed);
        Assert.Equal(0, client.Receive(new byte[1]));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Many_connections_at_once_are_all_accepted(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var recorder = new Recorder();
        using var server = loop.OpenTcp(Loopback, TcpServerOptions.Default, recorder);

        Socket[] clients = [.. Enumerable.Range(0, 200).Select(_ => Connect(server))];
        loop.RunUntil(() => recorder.Connections.Count == 200);

        Array.ForEach(clients, client => client.Dispose());
        loop.RunUntil(() => recorder.Closed.Count == 200);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_second_listener_on_the_port_is_refused(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        using var server = loop.OpenTcp(Loopback, TcpServerOptions.Default, new Recorder());

        Assert.Equal(NetError.AddressInUse, Assert.Throws<NetException>(() =>
            loop.OpenTcp(server.Local, TcpServerOptions.Default, new Recorder())).Error);
        Assert.Equal(NetError.AddressNotAvailable, Assert.Throws<NetException>(() =>
            loop.OpenTcp(Parse("192.0.2.1"), TcpServerOptions.Default, new Recorder())).Error);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_dual_stack_server_sees_IPv4_peers_as_such(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var recorder = new Recorder();
        using var server = loop.OpenTcp(Parse("::"), TcpServerOptions.Default, recorder);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect((Loopback with { Port = server.Local.Port }).ToIPEndPoint());

        loop.RunUntil(() => recorder.Connections.Count == 1);

        Assert.Equal(client.LocalEndPoint, recorder.Connections[0].Remote.ToIPEndPoint());
        recorder.Connections[0].Close();
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_frame_costs_no_allocation_in_either_direction(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var echo = new Echo();
        using var server = loop.OpenTcp(Loopback, TcpServerOptions.Default, echo);
        using var client = Connect(server);
        var buffer = new byte[1000];

        var bytes = AllocationAssert.BytesAllocated(() =>
        {
            client.Send(buffer);
            for (var wanted = echo.Bytes + buffer.Length; echo.Bytes < wanted;)
            {
                loop.RunOnce(TimeSpan.FromSeconds(1));
            }

            for (var read = 0; read < buffer.Length;)
            {
                read += client.Receive(buffer);
            }
        });

        Assert.Equal(0, bytes);
    }

    private static Socket Connect(TcpServer server)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(server.Local.ToIPEndPoint());
        return client;
    }

    private sealed class Echo : ITcpServerHandler, ITcpConnectionHandler
    {
        public long Bytes { get; private set; }

        public ITcpConnectionHandler? OnAccepted(TcpServer server, TcpConnection connection) => this;

        public void OnData(TcpConnection connection, ReadOnlySpan<byte> data)
        {
            Bytes += data.Length;
            connection.Write(data[..1], data[1..]);
        }

        public void OnClosed(TcpConnection connection, NetError? error)
        {
        }
    }

    private sealed class Recorder : ITcpServerHandler, ITcpConnectionHandler
    {
        public List<TcpConnection> Connections { get; } = [];

        public List<byte> Bytes { get; } = [];

        public List<NetError?> Closed { get; } = [];

        public bool Refuses { get; init; }

        public Action<TcpConnection>? OnBytes { get; set; }

        public ITcpConnectionHandler? OnAccepted(TcpServer server, TcpConnection connection)
        {
            Connections.Add(connection);
            return Refuses ? null : this;
        }

        public void OnData(TcpConnection connection, ReadOnlySpan<byte> data)
        {
            Bytes.AddRange(data);
            OnBytes?.Invoke(connection);
        }

        public void OnClosed(TcpConnection connection, NetError? error) => Closed.Add(error);
    }
}
