using System.Buffers.Binary;
using System.Net.Sockets;
using static Bisque.Net.Tests.LoopTesting;

namespace Bisque.Net.Tests;

/// <summary>Runs of a batch to one TCP connection: frames of RFC 4571 in few writes.</summary>
public sealed class FrameBatchTests
{
    private const int PacketLength = 1000;
    private const int FrameLength = TcpConnection.LengthPrefix + PacketLength;

    public static TheoryData<NetBackend> Backends { get; } = [NetBackend.Linux, NetBackend.Portable];

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_run_that_meets_a_full_connection_is_cut_between_frames_only(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var acceptor = new Acceptor();
        using var server = loop.OpenTcp(Loopback, new TcpServerOptions { QueueLimit = 20_000, SendBufferSize = 8192 }, acceptor);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8192 };
        client.Connect(server.Local.ToIPEndPoint());
        loop.RunUntil(() => acceptor.Connection is not null);
        var connection = acceptor.Connection!;
        var committed = 0;
        while (connection.FramesDropped < 10)
        {
            Assert.True(committed < 100_000);
            for (var i = 0; i < 200; i++)
            {
                Assert.True(loop.Outgoing.TryReserve(out var slot));
                slot.Span[..PacketLength].Fill((byte)committed);
                BinaryPrimitives.WriteInt32BigEndian(slot.Span, committed++);
                loop.Outgoing.Commit(slot, connection, PacketLength);
            }

            loop.Outgoing.Flush();
        }

        Assert.InRange(connection.QueuedBytes, 1, 20_000 + FrameLength);
        var got = new List<byte>();
        var buffer = new byte[65_536];
        client.Blocking = false;
        var expected = committed - connection.FramesDropped;
        loop.RunUntil(() =>
        {
            while (client.Available > 0)
            {
                got.AddRange(buffer.AsSpan(0, client.Receive(buffer)));
            }

            return got.Count == expected * FrameLength;
        });

        var last = -1;
        foreach (var frame in got.Chunk(FrameLength))
        {
            Assert.Equal(PacketLength, BinaryPrimitives.ReadUInt16BigEndian(frame));
            var number = BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(TcpConnection.LengthPrefix));
            Assert.True(number > last);
            Assert.All(frame[(TcpConnection.LengthPrefix + 4)..], value => Assert.Equal((byte)number, value));
            last = number;
        }

        connection.Close();
    }

    [Fact]
    public void A_run_to_a_closed_connection_is_dropped_and_the_rest_of_the_batch_leaves()
    {
        using var loop = NewLoop(NetBackend.Linux);
        var acceptor = new Acceptor();
        using var server = loop.OpenTcp(Loopback, TcpServerOptions.Default, acceptor);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        first.Connect(server.Local.ToIPEndPoint());
        loop.RunUntil(() => acceptor.Connection is not null);
        var closed = acceptor.Connection!;
        closed.Close();
        acceptor.Connection = null;
        using var second = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        second.Connect(server.Local.ToIPEndPoint());
        loop.RunUntil(() => acceptor.Connection is not null);

        foreach (var connection in new[] { closed, closed, acceptor.Connection!, acceptor.Connection! })
        {
            Assert.True(loop.Outgoing.TryReserve(out var slot));
            slot.Span[0] = 7;
            loop.Outgoing.Commit(slot, connection, 1);
        }

        loop.Outgoing.Flush();

        var got = new byte[10];
        loop.RunUntil(() => second.Available == 6);
        Assert.Equal(6, second.Receive(got));
        Assert.Equal([0, 1, 7, 0, 1, 7], got[..6]);
        acceptor.Connection!.Close();
    }

    private sealed class Acceptor : ITcpServerHandler, ITcpConnectionHandler
    {
        public TcpConnection? Connection { get; set; }

        public ITcpConnectionHandler? OnAccepted(TcpServer server, TcpConnection connection)
        {
            Connection = connection;
            return this;
        }

        public void OnData(TcpConnection connection, ReadOnlySpan<byte> data)
        {
        }

        public void OnClosed(TcpConnection connection, NetError? error)
        {
        }
    }
}
