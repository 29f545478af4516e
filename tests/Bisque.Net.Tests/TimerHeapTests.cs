using Bisque.Net.Timers;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Net.Tests;

public sealed class TimerHeapTests
{
    private readonly TimerHeap _timers = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_fire_in_the_order_of_their_deadlines_then_of_their_starts()
    {
        Start("late", 30);
        Start("early", 10);
        Start("first of two", 20);
        Start("second of two", 20);

        Advance(25);
        Assert.Equal(["early", "first of two", "second of two"], _fired);
        Assert.Equal(30.Milliseconds(), _timers.NextDeadline);

        Advance(30);
        Assert.Equal("late", _fired[^1]);
        Assert.Equal(MonotonicTime.Never, _timers.NextDeadline);
    }

    [Fact]
    public void A_stopped_timer_does_not_fire_and_a_restarted_one_fires_at_its_new_time()
    {
        var stopped = Start("stopped", 10);
        var moved = Start("moved", 10);
        stopped.Stop();
        moved.Start(50.Milliseconds());
        Assert.False(stopped.IsActive);
        Assert.Equal(MonotonicTime.Never, stopped.Deadline);

        Advance(49);
        Assert.Empty(_fired);
        Assert.True(moved.IsActive);

        Advance(50);
        Assert.Equal(["moved"], _fired);
        Assert.False(moved.IsActive);
    }

    [Fact]
    public void A_timer_stopped_by_one_due_at_the_same_time_does_not_fire()
    {
        LoopTimer? victim = null;
        var killer = new LoopTimer(_timers, () => victim!.Stop());
        killer.Start(10.Milliseconds());
        victim = Start("victim", 10);

        Advance(10);

        Assert.Empty(_fired);
    }

    [Fact]
    public void A_timer_that_starts_itself_again_for_the_past_waits_for_the_next_turn()
    {
        LoopTimer? again = null;
        again = new LoopTimer(_timers, () =>
        {
            _fired.Add("again");
            again!.Start(5.Milliseconds());
        });
        again.Start(10.Milliseconds());

        Advance(10);
        Assert.Equal(["again"], _fired);

        Advance(10);
        Assert.Equal(["again", "again"], _fired);
    }

    [Fact]
    public void A_deadline_of_never_stops()
    {
        var timer = Start("never", 10);

        timer.Start(MonotonicTime.Never);

        Assert.False(timer.IsActive);
        Assert.Equal(0, _timers.Count);
    }

    [Fact]
    public void Thousands_of_timers_started_moved_and_stopped_at_random_fire_as_a_sorted_list_would()
    {
        var random = new SeededRandomSource(3);
        var fired = new List<int>();
        LoopTimer[] timers = [.. Enumerable.Range(0, 3000).Select(i => new LoopTimer(_timers, () => fired.Add(i)))];
        var expected = new SortedSet<(long Deadline, long Order, int Timer)>();
        var active = new Dictionary<int, (long, long, int)>();
        var order = 0L;
        for (var step = 0; step < 30_000; step++)
        {
            var i = random.NextInt32(0, timers.Length - 1);
            if (active.Remove(i, out var entry))
            {
                expected.Remove(entry);
            }

            if (random.NextInt32(0, 3) == 0)
            {
                timers[i].Stop();
            }
            else
            {
                var deadline = random.NextInt32(0, 1000);
                timers[i].Start(new MonotonicTime(deadline));
                expected.Add(active[i] = (deadline, order++, i));
            }

            Assert.Equal(expected.Count, _timers.Count);
            if (step % 1000 == 999)
            {
                var now = random.NextInt32(0, 500);
                fired.Clear();
                Fire(new MonotonicTime(now));
                (long, long, int Timer)[] due = [.. expected.TakeWhile(e => e.Deadline <= now)];
                Assert.Equal(due.Select(e => e.Timer), fired);
                foreach (var e in due)
                {
                    expected.Remove(e);
                    active.Remove(e.Timer);
                }
            }
        }
    }

    [Fact]
    public void Starting_stopping_and_firing_allocate_nothing()
    {
        LoopTimer[] timers = [.. Enumerable.Range(0, 100).Select(_ => new LoopTimer(_timers, () => { }))];

        var bytes = AllocationAssert.BytesAllocated(() =>
        {
            for (var i = 0; i < timers.Length; i++)
            {
                timers[i].Start(new MonotonicTime(i * 37 % 100));
            }

            timers[5].Stop();
            Fire(new MonotonicTime(50));
            Fire(new MonotonicTime(100));
        });

        Assert.Equal(0, bytes);
    }

    private LoopTimer Start(string name, int milliseconds)
    {
        var timer = new LoopTimer(_timers, () => _fired.Add(name));
        timer.Start(milliseconds.Milliseconds());
        return timer;
    }

    private void Advance(int milliseconds) => Fire(milliseconds.Milliseconds());

    private void Fire(MonotonicTime now)
    {
        foreach (var timer in _timers.TakeDue(now))
        {
            if (timer.IsDue)
            {
                timer.Fire();
            }
        }
    }
}
