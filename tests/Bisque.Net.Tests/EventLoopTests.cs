using Bisque.Primitives;
using static Bisque.Net.Tests.LoopTesting;

namespace Bisque.Net.Tests;

public sealed class EventLoopTests
{
    public static TheoryData<NetBackend> Backends { get; } = [NetBackend.Linux, NetBackend.Portable];

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_post_from_another_thread_wakes_a_loop_that_waits(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var ranOn = 0;
        var other = new Thread(() => loop.Post(() => ranOn = Environment.CurrentManagedThreadId));

        other.Start();
        loop.RunUntil(() => ranOn != 0);
        other.Join();

        Assert.Equal(Environment.CurrentManagedThreadId, ranOn);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Stop_from_another_thread_ends_a_run_that_waits_without_end(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var thread = new Thread(loop.Run);
        using var isRunning = new ManualResetEventSlim();
        loop.Post(isRunning.Set);
        thread.Start();
        isRunning.Wait(TestContext.Current.CancellationToken);

        loop.Stop();

        Assert.True(thread.Join(TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void Posts_of_many_threads_all_run_each_threads_in_order(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var ran = new List<(int Thread, int Number)>();
        Thread[] threads =
        [
            .. Enumerable.Range(0, 4).Select(thread => new Thread(() =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    var number = i;
                    loop.Post(() => ran.Add((thread, number)));
                }
            })),
        ];

        Array.ForEach(threads, thread => thread.Start());
        loop.RunUntil(() => ran.Count == 4000);
        Array.ForEach(threads, thread => thread.Join());

        foreach (var thread in ran.GroupBy(entry => entry.Thread))
        {
            Assert.Equal(Enumerable.Range(0, 1000), thread.Select(entry => entry.Number));
        }
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_timer_fires_at_its_deadline_and_not_before(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var firedAt = MonotonicTime.Never;
        var timer = loop.CreateTimer(() => firedAt = loop.Now);
        var deadline = loop.Now + TimeSpan.FromMilliseconds(30);

        timer.Start(deadline);
        loop.RunUntil(() => !timer.IsActive);

        Assert.InRange(firedAt.Microseconds, deadline.Microseconds, deadline.Microseconds + 5_000_000);
    }

    [Fact]
    public void The_time_stands_still_within_a_turn_and_the_turn_ends_after_events_posts_and_timers()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        var order = new List<(string What, MonotonicTime When)>();
        var received = new DatagramRecorder { Then = _ => order.Add(("datagram", loop.Now)) };
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);
        loop.EndOfTurn = () => order.Add(("end", loop.Now));
        loop.CreateTimer(() => order.Add(("timer", loop.Now))).Start(loop.Now);
        loop.Post(() => order.Add(("post", loop.Now)));
        socket.Send([1], socket.Local);

        Assert.True(loop.RunOnce(TimeSpan.FromSeconds(1)));

        Assert.Equal(["datagram", "post", "timer", "end"], order.Select(entry => entry.What));
        Assert.Single(order.Select(entry => entry.When).Distinct());
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_fault_is_reported_and_everything_else_of_the_turn_still_runs(NetBackend backend)
    {
        using var loop = NewLoop(backend);
        var faults = new List<string>();
        loop.UnhandledFault = fault => faults.Add(fault.Message);
        var later = 0;
        var received = new DatagramRecorder { Then = _ => throw new InvalidOperationException("datagram") };
        using var socket = loop.OpenUdp(Loopback, UdpSocketOptions.Default, received);
        socket.Send([1], socket.Local);
        loop.Post(() => throw new InvalidOperationException("post"));
        loop.Post(() => later++);
        loop.CreateTimer(() => throw new InvalidOperationException("timer")).Start(loop.Now);
        loop.CreateTimer(() => later++).Start(loop.Now);

        loop.RunUntil(() => faults.Count == 3);
        Assert.Equal(["datagram", "post", "timer"], faults);
        Assert.Equal(2, later);

        received.Then = null;
        socket.Send([2], socket.Local);
        loop.RunUntil(() => received.Datagrams.Count == 2);
        Assert.Equal(3, faults.Count);
    }

    [Fact]
    public void A_fault_that_nobody_takes_leaves_the_run()
    {
        using var loop = NewLoop(NetBackend.Automatic);
        loop.Post(() => throw new InvalidOperationException("post"));

        Assert.Throws<InvalidOperationException>(loop.Run);
    }

    [Theory]
    [MemberData(nameof(Backends))]
    public void A_turn_without_anything_to_do_ends_when_its_time_is_over(NetBackend backend)
    {
        using var loop = NewLoop(backend);

        Assert.False(loop.RunOnce(TimeSpan.FromMilliseconds(5)));
        Assert.False(loop.RunOnce(TimeSpan.Zero));
    }

    [Fact]
    public void Posting_to_a_loop_that_is_gone_is_harmless()
    {
        var loop = NewLoop(NetBackend.Automatic);
        loop.Dispose();

        loop.Post(() => Assert.Fail("It must not run."));
        loop.Stop();

        Assert.Throws<ObjectDisposedException>(() => loop.RunOnce(TimeSpan.Zero));
    }

    [Fact]
    public void The_descriptor_limit_is_raised_to_what_the_system_allows()
    {
        var limit = DescriptorLimit.Raise();

        Assert.NotNull(limit);
        Assert.InRange(limit.Value, 1024, long.MaxValue);
        Assert.Equal(limit, DescriptorLimit.Raise());
    }
}
