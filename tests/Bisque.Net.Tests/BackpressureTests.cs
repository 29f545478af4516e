using Bisque.Net.Backends;
using Bisque.Net.Buffers;
using Bisque.Net.Linux;
using Bisque.Primitives;
using static Bisque.Net.Tests.LoopTesting;

namespace Bisque.Net.Tests;

/// <summary>A kernel whose buffer is full, which loopback does not show: a scripted descriptor stands in.</summary>
public sealed class BackpressureTests
{
    [Fact]
    public void Datagrams_wait_while_the_kernel_is_full_and_leave_in_order()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        var kernel = new Kernel { IsFull = true };
        using var socket = Open(loop, kernel);

        socket.Send([1], Loopback);
        CommitAll(loop, socket, 2, 3);
        Assert.Equal(3, socket.QueuedDatagrams);
        Assert.True(kernel.WatchesWriting);

        kernel.IsFull = false;
        socket.Send([4], Loopback);
        CommitAll(loop, socket, 5);
        Assert.Empty(kernel.Sent);

        kernel.Events!.OnWritable();
        Assert.Equal([1, 2, 3, 4, 5], kernel.Sent);
        Assert.False(kernel.WatchesWriting);
        Assert.Equal(5, socket.Counters.DatagramsSent);
    }

    [Fact]
    public void The_oldest_leave_unsent_when_the_queue_is_full()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        var kernel = new Kernel { IsFull = true };
        using var socket = Open(loop, kernel);

        for (var i = 0; i < DatagramQueue.MostDatagrams + 3; i++)
        {
            socket.Send([(byte)(i % 50)], Loopback);
        }

        kernel.IsFull = false;
        kernel.Events!.OnWritable();

        Assert.Equal(3, socket.Counters.QueueDropped);
        Assert.Equal(DatagramQueue.MostDatagrams, kernel.Sent.Count);
        Assert.Equal(3, kernel.Sent[0]);
    }

    [Fact]
    public void Large_datagrams_are_bounded_in_bytes()
    {
        var queue = new DatagramQueue();

        var dropped = 0;
        for (var i = 0; i < 20; i++)
        {
            dropped += queue.Add(new byte[60_000], Loopback);
        }

        Assert.Equal(DatagramQueue.MostBytes / 60_000, queue.Count);
        Assert.Equal(20 - queue.Count, dropped);
    }

    [Fact]
    public void What_the_kernel_refuses_while_the_queue_drains_is_counted_and_left_behind()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        var kernel = new Kernel { IsFull = true };
        using var socket = Open(loop, kernel);
        socket.Send([1], Loopback);
        socket.Send([Kernel.Refused], Loopback);
        socket.Send([3], Loopback);

        kernel.IsFull = false;
        kernel.Events!.OnWritable();

        Assert.Equal([1, 3], kernel.Sent);
        Assert.Equal(1, socket.Counters.SendErrors);
        Assert.Equal(0, socket.QueuedDatagrams);
    }

    [Fact]
    public void A_batch_that_the_kernel_takes_in_part_leaves_only_the_rest_waiting()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        var kernel = new Kernel { Room = 2 };
        using var socket = Open(loop, kernel);

        CommitAll(loop, socket, 1, 2, 3, 4);

        Assert.Equal([1, 2], kernel.Sent);
        Assert.Equal(2, socket.QueuedDatagrams);
    }

    [Fact]
    public void A_device_that_cannot_segment_ends_it_and_a_short_path_only_after_many_refusals()
    {
        var device = new SegmentationState(isSupported: true);
        Assert.True(device.OnRefused(Errno.Io));
        Assert.False(device.IsEnabled);

        var path = new SegmentationState(isSupported: true);
        for (var i = 0; i < 63; i++)
        {
            Assert.True(path.OnRefused(Errno.Invalid));
        }

        path.OnSent();
        Assert.True(path.OnRefused(Errno.Invalid));
        Assert.True(path.IsEnabled);
        for (var i = 0; i < 63; i++)
        {
            path.OnRefused(Errno.Invalid);
        }

        Assert.False(path.IsEnabled);
        Assert.False(path.OnRefused(Errno.AddressNotAvailable));
    }

    private static UdpSocket Open(EventLoop loop, Kernel kernel) =>
        new(loop, kernel, Loopback, UdpSocketOptions.Default, new DatagramRecorder());

    private static void CommitAll(EventLoop loop, UdpSocket socket, params byte[] values)
    {
        foreach (var value in values)
        {
            Assert.True(loop.Outgoing.TryReserve(out var slot));
            slot.Span[0] = value;
            loop.Outgoing.Commit(slot, socket, Loopback, 1);
        }

        loop.Outgoing.Flush();
    }

    private sealed class Kernel : ILoopBackend, IDatagramDescriptor
    {
        public const byte Refused = 99;

        public bool IsFull { get; set; }

        public int Room { get; set; } = int.MaxValue;

        public List<byte> Sent { get; } = [];

        public bool WatchesWriting { get; private set; }

        public IDescriptorEvents? Events { get; private set; }

        public TransportAddress Local => Loopback;

        public IDatagramDescriptor OpenUdp(TransportAddress local, UdpSocketOptions options, IDescriptorEvents events)
        {
            Events = events;
            return this;
        }

        public SendOutcome Send(ReadOnlySpan<byte> datagram, in TransportAddress remote)
        {
            if (IsFull || Sent.Count >= Room)
            {
                return SendOutcome.WouldBlock;
            }

            if (datagram[0] == Refused)
            {
                return SendOutcome.Failed;
            }

            Sent.Add(datagram[0]);
            return SendOutcome.Sent;
        }

        public int SendRange(SendBatch batch, int first, int end, ref UdpSocketCounters counters)
        {
            while (first < end && Send(batch.Bytes(batch.Entries[first]), Loopback) == SendOutcome.Sent)
            {
                first++;
            }

            return first;
        }

        public void Watch(bool reading, bool writing) => WatchesWriting = writing;

        public void Dispose()
        {
        }

        public void Receive(ReceiveArena arena, ref UdpSocketCounters counters) => throw new NotSupportedException();

        public int Wait(TimeSpan limit) => throw new NotSupportedException();

        public void Dispatch(int index) => throw new NotSupportedException();

        public void Wake() => throw new NotSupportedException();

        public IListenDescriptor OpenTcp(TransportAddress local, TcpServerOptions options, IDescriptorEvents events) => throw new NotSupportedException();

        public IStreamDescriptor OpenStream(int descriptor, IDescriptorEvents events) => throw new NotSupportedException();
    }
}
