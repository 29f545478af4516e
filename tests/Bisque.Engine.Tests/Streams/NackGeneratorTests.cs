using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class NackGeneratorTests
{
    private readonly NackGenerator _nack = new(NackLimits.Default);

    [Fact]
    public void A_missing_packet_is_asked_for_again_after_one_round_trip()
    {
        Receive(0, 10, 12);

        Assert.Empty(DueAt(9));
        Assert.Equal([11], DueAt(10));
        Assert.Empty(DueAt(109));
        Assert.Equal([11], DueAt(110));
    }

    [Fact]
    public void A_measured_round_trip_replaces_the_default()
    {
        Receive(0, 10, 12);

        Assert.Equal([11], DueAt(10));
        Assert.Equal([11], DueAt(40, roundTripTime: 30));
    }

    [Fact]
    public void A_tiny_round_trip_does_not_use_up_the_retries_at_once()
    {
        Receive(0, 10, 12);

        Assert.Equal([11], DueAt(10, roundTripTime: 1));
        Assert.Empty(DueAt(19, roundTripTime: 1));
        Assert.Equal([11], DueAt(20, roundTripTime: 1));
    }

    [Fact]
    public void A_packet_that_was_only_reordered_is_not_asked_for()
    {
        Receive(0, 10, 12);

        Assert.Equal(NackArrival.Reordered, _nack.OnPacket(Seq(11), false, false, 5.Milliseconds()));
        Assert.Empty(DueAt(500));
    }

    [Fact]
    public void A_packet_that_was_asked_for_is_told_from_one_that_nobody_waits_for()
    {
        Receive(0, 10, 12);
        DueAt(10);

        Assert.Equal(NackArrival.Repaired, _nack.OnPacket(Seq(11), false, true, 20.Milliseconds()));
        Assert.Equal(NackArrival.NotPending, _nack.OnPacket(Seq(11), false, false, 20.Milliseconds()));
        Assert.Equal(0, _nack.PendingCount);
    }

    [Fact]
    public void Gaps_across_the_wrap_are_asked_for_in_order()
    {
        Receive(0, 65_533, 2);

        Assert.Equal([65_534, 65_535, 0, 1], DueAt(10));
    }

    [Fact]
    public void A_packet_is_given_up_after_ten_requests()
    {
        Receive(0, 10, 12);
        var requests = 0;
        for (var ms = 0; ms < 5000; ms++)
        {
            requests += DueAt(ms).Length;
        }

        Assert.Equal(10, requests);
        Assert.Equal(0, _nack.PendingCount);
        Assert.Equal(MonotonicTime.Never, _nack.NextDeadline);
    }

    [Fact]
    public void The_timer_runs_while_something_is_pending()
    {
        Receive(0, 10);
        Assert.Equal(MonotonicTime.Never, _nack.NextDeadline);

        Receive(5, 12);
        Assert.Equal(45.Milliseconds(), _nack.NextDeadline);
        DueAt(45);
        Assert.Equal(85.Milliseconds(), _nack.NextDeadline);

        Receive(50, 11);
        DueAt(85);
        Assert.Equal(MonotonicTime.Never, _nack.NextDeadline);
    }

    [Fact]
    public void When_too_much_is_missing_what_precedes_a_key_frame_is_given_up_first()
    {
        Receive(0, 0, 500);
        _nack.OnPacket(Seq(501), isKeyFrame: true, false, 0.Milliseconds());
        Receive(0, 1101);

        Assert.False(_nack.NeedsKeyFrame);
        Assert.Equal(599, _nack.PendingCount);
        Assert.Equal(502, DueAt(10)[0]);
    }

    [Fact]
    public void When_even_that_is_too_much_all_is_given_up_for_a_key_frame()
    {
        Receive(0, 0, 600, 1300);

        Assert.True(_nack.NeedsKeyFrame);
        Assert.Equal(0, _nack.PendingCount);
        _nack.ClearKeyFrameNeed();
        Assert.False(_nack.NeedsKeyFrame);

        Receive(0, 1302);
        Assert.Equal([1301], DueAt(10));
    }

    [Fact]
    public void A_packet_recovered_ahead_of_the_stream_is_not_asked_for()
    {
        Receive(0, 10);
        Assert.Equal(NackArrival.Newer, _nack.OnPacket(Seq(12), false, isRecovered: true, 0.Milliseconds()));
        Assert.Equal(0, _nack.PendingCount);

        Receive(0, 14);
        Assert.Equal([11, 13], DueAt(10));
    }

    [Fact]
    public void Missing_packets_are_given_up_when_the_stream_has_gone_far_ahead()
    {
        var nack = new NackGenerator(NackLimits.Default with { MaxPacketAge = 100 });
        nack.OnPacket(Seq(0), false, false, 0.Milliseconds());
        for (var i = 2; i <= 102; i++)
        {
            Assert.True(nack.PendingCount <= 1);
            nack.OnPacket(Seq(i), false, false, 0.Milliseconds());
        }

        Assert.Equal(0, nack.PendingCount);
    }

    [Fact]
    public void What_does_not_fit_into_the_answer_comes_with_the_next()
    {
        Receive(0, 0, 101);
        var due = new SequenceNumber[64];

        Assert.Equal(64, _nack.TakeDue(10.Milliseconds(), null, due));
        Assert.Equal(Seq(1), due[0]);
        Assert.Equal(36, _nack.TakeDue(10.Milliseconds(), null, due));
        Assert.Equal(Seq(65), due[0]);
        Assert.Equal(0, _nack.TakeDue(10.Milliseconds(), null, due));
    }

    [Fact]
    public void A_reset_forgets_everything()
    {
        Receive(0, 10, 20);
        _nack.Reset();
        Receive(0, 4000);

        Assert.Empty(DueAt(1000));
    }

    private void Receive(int ms, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            _nack.OnPacket(Seq(number), false, false, ms.Milliseconds());
        }
    }

    private int[] DueAt(int ms, int? roundTripTime = null)
    {
        var due = new SequenceNumber[1000];
        var count = _nack.TakeDue(ms.Milliseconds(), roundTripTime is { } rtt ? TimeSpan.FromMilliseconds(rtt) : null, due);
        return [.. due.Take(count).Select(number => (int)number.Value)];
    }
}
