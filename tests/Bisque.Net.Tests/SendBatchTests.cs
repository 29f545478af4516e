using Bisque.Testing;
using static Bisque.Net.Tests.LoopTesting;

namespace Bisque.Net.Tests;

public sealed class SendBatchTests
{
    public static TheoryData<NetBackend, bool> Backends { get; } = new()
    {
        { NetBackend.Linux, true },
        { NetBackend.Linux, false },
        { NetBackend.Portable, true },
    };

    [Theory]
    [MemberData(nameof(Backends))]
    public void Every_datagram_arrives_whole_and_in_the_order_of_its_destination(NetBackend backend, bool segmentation)
    {
        using var loop = new EventLoop(new EventLoopOptions { Backend = backend, SegmentationOffload = segmentation });
        var received = new DatagramRecorder[] { new(), new() };
        using var sender = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());
        using var first = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received[0]);
        using var second = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received[1]);
        var random = new SeededRandomSource(7);
        var expected = new List<byte[]>[] { [], [] };

        for (var round = 0; round < 30; round++)
        {
            var size = random.NextInt32(1, 1200);
            for (var i = 0; i < 40; i++)
            {
                // Runs of one size, now and then another size or the other destination.
                var datagram = new byte[random.NextInt32(0, 5) == 0 ? random.NextInt32(0, 1200) : size];
                var to = random.NextInt32(0, 7) == 0 ? 1 : 0;
                random.Fill(datagram);
                expected[to].Add(datagram);
                Assert.True(loop.Outgoing.TryReserve(out var slot));
                datagram.CopyTo(slot.Span);
                loop.Outgoing.Commit(slot, sender, (to == 0 ? first : second).Local, datagram.Length);
            }

            loop.Outgoing.Flush();
            loop.RunUntil(() => received[0].Datagrams.Count == expected[0].Count && received[1].Datagrams.Count == expected[1].Count);
        }

        Assert.Equal(expected[0], received[0].Datagrams);
        Assert.Equal(expected[1], received[1].Datagrams);
        Assert.Equal(1200, sender.Counters.DatagramsSent);
        Assert.Equal(expected.Sum(list => list.Sum(datagram => (long)datagram.Length)), sender.Counters.BytesSent);
        Assert.Equal(backend == NetBackend.Linux && segmentation, sender.Counters.SegmentedSends > 0);
    }

    [Fact]
    public void A_run_of_one_size_with_a_shorter_end_leaves_as_one_segmented_send()
    {
        using var loop = NewLoop(NetBackend.Linux);
        var received = new DatagramRecorder();
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);

        CommitSizes(loop, socket, [1200, 1200, 1200, 500]);
        loop.RunUntil(() => received.Datagrams.Count == 4);

        Assert.Equal(1, socket.Counters.SegmentedSends);
        Assert.Equal([1200, 1200, 1200, 500], received.Datagrams.Select(datagram => datagram.Length));
    }

    [Fact]
    public void A_run_beyond_what_one_packet_can_count_is_split()
    {
        using var loop = NewLoop(NetBackend.Linux);
        var received = new DatagramRecorder();
        using var socket = loop.OpenUdp(Loopback, new UdpSocketOptions { ReceiveBufferSize = 4_000_000 }, received);

        CommitSizes(loop, socket, [.. Enumerable.Repeat(1200, 64), .. Enumerable.Repeat(10, 100)]);
        loop.RunUntil(() => received.Datagrams.Count == 164);

        Assert.Equal(0, socket.Counters.SendErrors);
        Assert.Equal(4, socket.Counters.SegmentedSends);
    }

    [Fact]
    public void Datagrams_that_the_route_cannot_take_as_segments_leave_one_by_one()
    {
        using var loop = NewLoop(NetBackend.Linux);
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());
        socket.Send([1], Loopback with { Port = 0 });
        Assert.Equal(1, socket.Counters.SendErrors);

        // Port 0 is refused with EINVAL, as a segment size above the path's MTU is.
        for (var i = 0; i < 3; i++)
        {
            Assert.True(loop.Outgoing.TryReserve(out var slot));
            loop.Outgoing.Commit(slot, socket, Loopback with { Port = 0 }, 100);
        }

        CommitSizes(loop, socket, [100, 100]);
        loop.Outgoing.Flush();

        Assert.Equal(4, socket.Counters.SendErrors);
        Assert.Equal(2, socket.Counters.DatagramsSent);
        Assert.Equal(1, socket.Counters.SegmentedSends);
    }

    [Fact]
    public void The_batch_holds_256_slots_until_it_is_flushed()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());
        for (var i = 0; i < SendBatch.Capacity; i++)
        {
            Assert.True(loop.Outgoing.TryReserve(out _));
        }

        Assert.False(loop.Outgoing.TryReserve(out _));
        Assert.Equal(0, loop.Outgoing.Count);

        loop.Outgoing.Flush();

        Assert.True(loop.Outgoing.TryReserve(out var slot));
        loop.Outgoing.Commit(slot, socket, socket.Local, 1);
        Assert.Equal(1, loop.Outgoing.Count);
    }

    [Fact]
    public void A_slot_of_an_earlier_flush_cannot_be_committed()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());
        Assert.True(loop.Outgoing.TryReserve(out var slot));

        loop.Outgoing.Flush();

        Assert.Throws<InvalidOperationException>(() => loop.Outgoing.Commit(slot, socket, socket.Local, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => loop.Outgoing.Commit(slot, socket, socket.Local, SendSlot.Capacity + 1));
    }

    [Fact]
    public void The_end_of_a_turn_sends_what_was_committed()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        var received = new DatagramRecorder();
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);
        loop.EndOfTurn = () =>
        {
            loop.EndOfTurn = null;
            CommitSizes(loop, socket, [5]);
        };

        loop.RunUntil(() => received.Datagrams.Count == 1);
    }

    [Fact]
    public void What_was_committed_for_a_socket_that_closed_is_dropped()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        var received = new DatagramRecorder();
        using var receiver = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);
        var closed = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());
        Assert.True(loop.Outgoing.TryReserve(out var slot));
        loop.Outgoing.Commit(slot, closed, receiver.Local, 3);
        closed.Dispose();

        loop.RunUntilQuiet();

        Assert.Empty(received.Datagrams);
    }

    private static void CommitSizes(EventLoop loop, UdpSocket socket, int[] sizes)
    {
        foreach (var size in sizes)
        {
            Assert.True(loop.Outgoing.TryReserve(out var slot));
            loop.Outgoing.Commit(slot, socket, socket.Local, size);
        }
    }
}
