using Bisque.Engine.Streams;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class SequenceTrackerTests
{
    private readonly SequenceTracker _tracker = new();

    [Fact]
    public void A_gap_is_expected_to_be_filled()
    {
        Receive(10, 11, 15);

        Assert.Equal(6u, _tracker.ExpectedPackets);
        Assert.Equal(SequenceArrival.Late, _tracker.OnPacket(Seq(13)));
        Assert.Equal(Seq(15), _tracker.Highest);
    }

    [Fact]
    public void A_wrap_is_counted_once()
    {
        Receive(65_534, 65_535, 0, 65_533, 1);

        Assert.Equal(0x1_0001u, _tracker.ExtendedHighest);
        Assert.Equal(4u, _tracker.ExpectedPackets);
    }

    [Fact]
    public void A_packet_seen_before_is_a_duplicate()
    {
        Receive(10, 12, 11);

        Assert.Equal(SequenceArrival.Duplicate, _tracker.OnPacket(Seq(12)));
        Assert.Equal(SequenceArrival.Duplicate, _tracker.OnPacket(Seq(11)));
        Assert.Equal(SequenceArrival.Duplicate, _tracker.OnPacket(Seq(10)));
    }

    [Fact]
    public void No_number_counts_as_duplicate_of_one_that_came_a_wrap_ago()
    {
        for (var i = 0; i < 200_000; i++)
        {
            if (i % 5 != 0)
            {
                Assert.Equal(SequenceArrival.Newer, _tracker.OnPacket(Seq(i)));
            }

            if (i % 5 == 3 && i > 10)
            {
                Assert.Equal(SequenceArrival.Late, _tracker.OnPacket(Seq(i - 3)));
                Assert.Equal(SequenceArrival.Duplicate, _tracker.OnPacket(Seq(i - 3)));
            }
        }
    }

    [Fact]
    public void A_single_jump_is_not_believed_but_two_in_a_row_are()
    {
        Receive(100);

        Assert.Equal(SequenceArrival.OutOfRange, _tracker.OnPacket(Seq(100 + SequenceTracker.MaxDropout)));
        Assert.Equal(SequenceArrival.OutOfRange, _tracker.OnPacket(Seq(20_000)));
        Assert.Equal(SequenceArrival.Newer, _tracker.OnPacket(Seq(101)));
        Assert.Equal(SequenceArrival.OutOfRange, _tracker.OnPacket(Seq(30_000)));
        Assert.Equal(SequenceArrival.Resynchronized, _tracker.OnPacket(Seq(30_001)));
        Assert.Equal(1u, _tracker.ExpectedPackets);
        Assert.Equal(30_001u, _tracker.ExtendedHighest);
    }

    [Fact]
    public void Misorder_is_accepted_up_to_its_limit()
    {
        Receive(5000);

        Assert.Equal(SequenceArrival.Late, _tracker.OnPacket(Seq(5000 - SequenceTracker.MaxMisorder + 1)));
        Assert.Equal(SequenceArrival.OutOfRange, _tracker.OnPacket(Seq(5000 - SequenceTracker.MaxMisorder)));
        Assert.Equal(SequenceArrival.Newer, _tracker.OnPacket(Seq(5000 + SequenceTracker.MaxDropout - 1)));
    }

    [Fact]
    public void Recovered_packets_never_restart_the_numbering()
    {
        Receive(100);

        Assert.Equal(SequenceArrival.OutOfRange, _tracker.OnRecoveredPacket(Seq(40_000)));
        Assert.Equal(SequenceArrival.OutOfRange, _tracker.OnRecoveredPacket(Seq(40_001)));
        Assert.Equal(Seq(100), _tracker.Highest);
    }

    private void Receive(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            _tracker.OnPacket(Seq(number));
        }
    }
}
