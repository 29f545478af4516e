using Bisque.Primitives;
using Bisque.Testing;
using static Bisque.Net.Tests.LoopTesting;

namespace Bisque.Net.Tests;

public sealed class UdpSocketTests
{
    public static TheoryData<NetBackend> Backends { get; } = [NetBackend.Linux, NetBackend.Portable];

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_datagram_arrives_with_its_bytes_its_sender_and_its_time(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var received = new DatagramRecorder();
        using var receiver = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);
        using var sender = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());
        var before = EventLoop.ReadClock();

        sender.Send([1, 2, 3], receiver.Local);
        loop.RunUntil(() => received.Datagrams.Count == 1);

        Assert.Equal([1, 2, 3], received.Datagrams[0]);
        Assert.Equal(sender.Local, received.Senders[0]);
        Assert.InRange(received.Times[0].Microseconds, before.Microseconds - 1000, loop.Now.Microseconds);
        Assert.Equal(1, sender.Counters.DatagramsSent);
        Assert.Equal(3, sender.Counters.BytesSent);
        Assert.Equal(1, receiver.Counters.DatagramsReceived);
        Assert.Equal(3, receiver.Counters.BytesReceived);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_receive_time_is_never_later_than_the_turn(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var received = new DatagramRecorder();
        var late = 0;
        using var receiver = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);
        received.Then = _ => late += received.Times[^1] > loop.Now ? 1 : 0;
        for (var i = 0; i < 200; i++)
        {
            receiver.Send([(byte)i], receiver.Local);
            loop.RunUntil(() => received.Datagrams.Count == i + 1);
        }

        Assert.Equal(0, late);
        Assert.Equal(received.Times.Order(), received.Times);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_dual_stack_socket_talks_IPv6_and_IPv4(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var received = new DatagramRecorder();
        var answered4 = new DatagramRecorder();
        var answered6 = new DatagramRecorder();
        using var both = loop.OpenUdp(Parse("::"), UdpSocketOptions.Default, received);
        using var peer4 = loop.OpenUdp(Loopback, UdpSocketOptions.Default, answered4);
        using var peer6 = loop.OpenUdp(LoopbackIPv6, UdpSocketOptions.Default, answered6);

        peer4.Send([4], Loopback with { Port = both.Local.Port });
        peer6.Send([6], LoopbackIPv6 with { Port = both.Local.Port });
        loop.RunUntil(() => received.Datagrams.Count == 2);
        foreach (var sender in received.Senders)
        {
            both.Send([9], sender);
        }

        loop.RunUntil(() => answered4.Datagrams.Count == 1 && answered6.Datagrams.Count == 1);
        Assert.Equal([peer4.Local, peer6.Local], received.Senders.OrderBy(sender => !sender.Address.IsIPv4));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void An_IPv6_only_socket_leaves_the_port_to_an_IPv4_one(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        using var six = loop.OpenUdp(Parse("::"), new UdpSocketOptions { IPv6Only = true }, new DatagramRecorder());

        using var four = loop.OpenUdp(Parse("0.0.0.0", six.Local.Port), UdpSocketOptions.Default, new DatagramRecorder());

        Assert.Equal(six.Local.Port, four.Local.Port);
        Assert.Equal(NetError.AddressInUse, Assert.Throws<NetException>(() =>
            loop.OpenUdp(Parse("::", six.Local.Port), UdpSocketOptions.Default, new DatagramRecorder())).Error);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_datagram_of_the_buffers_size_arrives_and_a_larger_one_is_counted(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var received = new DatagramRecorder();
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);

        socket.Send([1], socket.Local);
        socket.Send(new byte[PacketBuffer.Capacity + 1], socket.Local);
        socket.Send(new byte[PacketBuffer.Capacity], socket.Local);
        socket.Send([], socket.Local);
        loop.RunUntil(() => received.Datagrams.Count == 3);

        Assert.Equal([1, PacketBuffer.Capacity, 0], received.Datagrams.Select(datagram => datagram.Length));
        Assert.Equal(1, socket.Counters.OversizeDropped);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_kept_buffer_stays_as_it_is_and_returns_to_the_pool_when_released(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var keeper = new Keeper();
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, keeper);
        var rented = loop.Packets.Rented;

        for (var i = 0; i < 200; i++)
        {
            socket.Send([(byte)i, 7], socket.Local);
            loop.RunUntil(() => keeper.Kept.Count == i + 1);
        }

        Assert.Equal(rented + 200, loop.Packets.Rented);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (byte)i), keeper.Kept.Select(buffer => buffer.Span[0]));
        Assert.All(keeper.Kept, buffer => Assert.Equal(2, buffer.Length));

        keeper.Kept.ForEach(buffer => buffer.Release());
        Assert.Equal(rented, loop.Packets.Rented);
        Assert.Throws<InvalidOperationException>(keeper.Kept[0].Release);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_socket_closed_by_another_ones_handler_gets_nothing_more(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var first = new DatagramRecorder();
        var second = new DatagramRecorder();
        using var one = loop.OpenUdp(Loopback, UdpSocketOptions.Default, first);
        using var other = loop.OpenUdp(Loopback, UdpSocketOptions.Default, second);
        first.Then = _ => other.Dispose();
        second.Then = _ => one.Dispose();

        one.Send([1], one.Local);
        one.Send([2], other.Local);
        loop.RunUntil(() => first.Datagrams.Count + second.Datagrams.Count > 0);
        loop.RunUntilQuiet();

        Assert.Equal(1, first.Datagrams.Count + second.Datagrams.Count);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_handler_may_close_its_own_socket_and_open_another_on_the_port(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var old = new DatagramRecorder();
        var fresh = new DatagramRecorder();
        UdpSocket? next = null;
        var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, old);
        old.Then = _ =>
        {
            socket.Dispose();
            next = loop.OpenUdp(socket.Local, UdpSocketOptions.Default, fresh);
        };

        socket.Send([1], socket.Local);
        loop.RunUntil(() => next is not null);
        socket.Send([2], socket.Local);
        next!.Send([3], next.Local);
        loop.RunUntil(() => fresh.Datagrams.Count == 1);

        Assert.Single(old.Datagrams);
        Assert.Equal([3], fresh.Datagrams[0]);
        next.Dispose();
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Failures_to_bind_are_told_apart(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());

        Assert.Equal(NetError.AddressInUse, Assert.Throws<NetException>(() =>
            loop.OpenUdp(socket.Local, UdpSocketOptions.Default, new DatagramRecorder())).Error);
        Assert.Equal(NetError.AddressNotAvailable, Assert.Throws<NetException>(() =>
            loop.OpenUdp(Parse("192.0.2.1"), UdpSocketOptions.Default, new DatagramRecorder())).Error);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Two_sockets_share_a_multicast_address_only_when_both_say_so(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var shared = new UdpSocketOptions { ReusePort = true };
        using var first = loop.OpenUdp(Parse("239.1.2.3"), shared, new DatagramRecorder());

        using var second = loop.OpenUdp(first.Local, shared, new DatagramRecorder());

        Assert.Equal(first.Local, second.Local);
        Assert.Equal(NetError.AddressInUse, Assert.Throws<NetException>(() =>
            loop.OpenUdp(first.Local, UdpSocketOptions.Default, new DatagramRecorder())).Error);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void What_cannot_be_sent_is_counted_and_never_thrown(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var received = new DatagramRecorder();
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);

        socket.Send([1], LoopbackIPv6 with { Port = 9 });
        socket.Send([1], Loopback);
        socket.Send(new byte[70_000], socket.Local);
        Commit(loop, socket, LoopbackIPv6 with { Port = 9 }, [1]);
        Commit(loop, socket, socket.Local, [2]);
        loop.RunUntil(() => received.Datagrams.Count == 1);

        Assert.Equal(4, socket.Counters.SendErrors);
        Assert.Equal(1, socket.Counters.DatagramsSent);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Sending_to_a_port_where_nobody_listens_leaves_the_socket_usable(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var received = new DatagramRecorder();
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);
        var gone = loop.OpenUdp(Loopback, UdpSocketOptions.Default, new DatagramRecorder());
        gone.Dispose();

        for (var i = 0; i < 10; i++)
        {
            socket.Send([1], gone.Local);
            loop.RunOnce(TimeSpan.Zero);
        }

        socket.Send([2], socket.Local);
        loop.RunUntil(() => received.Datagrams.Count == 1);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Buffer_sizes_do_not_stop_a_socket_from_working(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var received = new DatagramRecorder();
        using var socket = loop.OpenUdp(
            Loopback, new UdpSocketOptions { SendBufferSize = 1_000_000, ReceiveBufferSize = 1_000_000 }, received);

        for (var i = 0; i < 100; i++)
        {
            socket.Send(new byte[1200], socket.Local);
        }

        loop.RunUntil(() => received.Datagrams.Count == 100);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_datagram_costs_no_allocation_in_either_direction(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var counter = new Counter();
        using var receiver = loop.OpenUdp(Parse("::"), UdpSocketOptions.Default, counter);
        using var sender = loop.OpenUdp(Loopback, UdpSocketOptions.Default, counter);
        var to = Loopback with { Port = receiver.Local.Port };
        var datagram = new byte[1200];

        var bytes = AllocationAssert.BytesAllocated(() =>
        {
            sender.Send(datagram, to);
            loop.Outgoing.TryReserve(out var slot);
            loop.Outgoing.Commit(slot, sender, to, 900);
            loop.Outgoing.Flush();
            for (var wanted = counter.Count + 2; counter.Count < wanted;)
            {
                loop.RunOnce(TimeSpan.FromSeconds(1));
            }
        });

        Assert.Equal(0, bytes);
    }

    private static void Commit(EventLoop loop, UdpSocket socket, TransportAddress remote, ReadOnlySpan<byte> bytes)
    {
        Assert.True(loop.Outgoing.TryReserve(out var slot));
        bytes.CopyTo(slot.Span);
        loop.Outgoing.Commit(slot, socket, remote, bytes.Length);
    }

    private sealed class Keeper : IDatagramHandler
    {
        public List<PacketBuffer> Kept { get; } = [];

        public void OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch)
        {
            foreach (var datagram in batch)
            {
                datagram.Buffer.AddReference();
                Kept.Add(datagram.Buffer);
            }
        }
    }

    private sealed class Counter : IDatagramHandler
    {
        public int Count { get; private set; }

        public void OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch) => Count += batch.Length;
    }
}
