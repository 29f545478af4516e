using System.Diagnostics;
using static Bisque.Net.Tests.LoopTesting;

namespace Bisque.Net.Tests;

public sealed class LoopStreamTests
{
    public static TheoryData<NetBackend> Backends { get; } = [NetBackend.Linux, NetBackend.Portable];

    [Theory]
    [MemberData(nameof(Backends))]
    public void Bytes_go_both_ways(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var (descriptor, peer) = SocketPair();
        using var end = peer;
        var received = new StreamRecorder();
        using var stream = loop.OpenStream(descriptor, received);

        peer.Send([1, 2, 3]);
        loop.RunUntil(() => received.Bytes.Count == 3);
        stream.Write([4, 5]);
        stream.Write([6]);
        loop.RunUntilQuiet();

        var answer = new byte[10];
        Assert.Equal(3, peer.Receive(answer));
        Assert.Equal([1, 2, 3], received.Bytes);
        Assert.Equal([4, 5, 6], answer[..3]);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void More_than_the_kernel_takes_waits_and_arrives_whole_and_in_order(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var (descriptor, peer) = SocketPair();
        using var end = peer;
        using var stream = loop.OpenStream(descriptor, new StreamRecorder());
        var sent = new byte[3_000_000];
        new Random(5).NextBytes(sent);

        for (var i = 0; i < sent.Length; i += 100_000)
        {
            stream.Write(sent.AsSpan(i, 100_000));
        }

        loop.RunUntilQuiet();
        Assert.InRange(stream.QueuedBytes, 1_000_000, sent.Length);

        peer.Blocking = false;
        var got = new List<byte>();
        var buffer = new byte[100_000];
        loop.RunUntil(() =>
        {
            while (peer.Available > 0)
            {
                got.AddRange(buffer.AsSpan(0, peer.Receive(buffer)));
            }

            return got.Count == sent.Length;
        });

        Assert.True(got.ToArray().AsSpan().SequenceEqual(sent));
        Assert.Equal(0, stream.QueuedBytes);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void The_end_is_told_once_and_the_loop_does_not_spin_on_it(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var (descriptor, peer) = SocketPair();
        var received = new StreamRecorder();
        using var stream = loop.OpenStream(descriptor, received);

        peer.Send([1]);
        peer.Dispose();
        loop.RunUntil(() => received.Ends.Count == 1);
        stream.Write([2]);
        loop.RunUntilQuiet();

        Assert.Equal([1], received.Bytes);
        Assert.Equal([null], received.Ends);
        Assert.Equal(0, stream.QueuedBytes);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Writing_to_an_end_that_is_gone_reports_the_end_and_throws_nothing(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var (descriptor, peer) = SocketPair();
        var received = new StreamRecorder();
        using var stream = loop.OpenStream(descriptor, received);
        peer.Dispose();

        stream.Write([1]);
        Assert.False(stream.FlushBlocking(TimeSpan.FromSeconds(1)));

        stream.Write([1]);
        loop.RunUntilQuiet();
        Assert.Single(received.Ends);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_blocking_flush_writes_everything_while_the_peer_reads(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var (descriptor, peer) = SocketPair();
        using var end = peer;
        using var stream = loop.OpenStream(descriptor, new StreamRecorder());
        stream.Write(new byte[2_000_000]);
        var read = 0;
        var reader = new Thread(() =>
        {
            var buffer = new byte[50_000];
            for (int count; (count = peer.Receive(buffer)) > 0;)
            {
                read += count;
            }
        });
        reader.Start();

        Assert.True(stream.FlushBlocking(TimeSpan.FromSeconds(10)));
        stream.ShutdownWrite();

        reader.Join();
        Assert.Equal(2_000_000, read);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_blocking_flush_gives_up_on_a_peer_that_does_not_read(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var (descriptor, peer) = SocketPair();
        using var end = peer;
        using var stream = loop.OpenStream(descriptor, new StreamRecorder());
        stream.Write(new byte[2_000_000]);
        var watch = Stopwatch.StartNew();

        Assert.False(stream.FlushBlocking(TimeSpan.FromMilliseconds(50)));

        Assert.InRange(watch.ElapsedMilliseconds, 40, 5_000);
    }

    [Fact]
    public void The_ends_of_a_pipe_are_streams_too()
    {
        using var loop = NewLoop(NetBackend.Linux);
        var (reading, writing) = Pipe();
        var received = new StreamRecorder();
        var source = loop.OpenStream(reading, received);
        var sink = loop.OpenStream(writing, new StreamRecorder());

        sink.Write([1, 2]);
        loop.RunUntil(() => received.Bytes.Count == 2);
        sink.Dispose();
        loop.RunUntil(() => received.Ends.Count == 1);

        Assert.Equal([null], received.Ends);
        source.Dispose();
    }

    [Fact]
    public void The_writing_end_of_a_pipe_learns_that_its_reader_is_gone()
    {
        using var loop = NewLoop(NetBackend.Linux);
        var (reading, writing) = Pipe();
        var received = new StreamRecorder();
        var source = loop.OpenStream(reading, new StreamRecorder());
        using var sink = loop.OpenStream(writing, received);

        source.Dispose();
        loop.RunUntil(() => received.Ends.Count == 1);

        Assert.Equal([NetError.Disconnected], received.Ends);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_descriptor_that_is_not_open_is_an_error(NetBackend backend)
    {
        using var loop = NewLoop(backend);

        Assert.Throws<NetException>(() => loop.OpenStream(9999, new StreamRecorder()));
    }

    private sealed class StreamRecorder : IStreamHandler
    {
        public List<byte> Bytes { get; } = [];

        public List<NetError?> Ends { get; } = [];

        public void OnData(ReadOnlySpan<byte> data) => Bytes.AddRange(data);

        public void OnEnd(NetError? error) => Ends.Add(error);
    }
}
