using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Bisque.Primitives;

namespace Bisque.Net.Tests;

/// <summary>Loops, addresses and descriptors for tests.</summary>
internal static class LoopTesting
{
    // Generous: a test that waits this long has failed, however busy the machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static TransportAddress Loopback { get; } = Parse("127.0.0.1");

    public static TransportAddress LoopbackIPv6 { get; } = Parse("::1");

    public static EventLoop NewLoop(NetBackend backend) => new(new EventLoopOptions { Backend = backend });

    public static TransportAddress Parse(string address, ushort port = 0) =>
        IpAddress.TryParse(address, out var parsed) ? new TransportAddress(parsed, port) : throw new ArgumentException(address, nameof(address));

    /// <summary>Runs turns until the condition holds.</summary>
    public static void RunUntil(this EventLoop loop, Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Limit, "The condition did not come true in time.");
            loop.RunOnce(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Runs turns until nothing happens any more, for "it does not arrive".</summary>
    public static void RunUntilQuiet(this EventLoop loop)
    {
        for (var quiet = 0; quiet < 3;)
        {
            quiet = loop.RunOnce(TimeSpan.FromMilliseconds(10)) ? 0 : quiet + 1;
        }
    }

    /// <summary>Two connected stream sockets: a descriptor to give to a loop, and the test's own end.</summary>
    public static (int Descriptor, Socket Peer) SocketPair()
    {
        var ends = new int[2];
        Assert.Equal(0, SocketPair(1, 1, 0, ends));
        return (ends[0], new Socket(new SafeSocketHandle(ends[1], ownsHandle: true)));
    }

    /// <summary>The reading and the writing end of a pipe.</summary>
    public static (int Reading, int Writing) Pipe()
    {
        var ends = new int[2];
        Assert.Equal(0, Pipe(ends));
        return (ends[0], ends[1]);
    }

    [DllImport("libc", EntryPoint = "socketpair")]
    private static extern int SocketPair(int domain, int type, int protocol, int[] ends);

    [DllImport("libc", EntryPoint = "pipe")]
    private static extern int Pipe(int[] ends);
}
