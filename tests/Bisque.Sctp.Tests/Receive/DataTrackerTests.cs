using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Sctp.Receive;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Receive;

public class DataTrackerTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);
    private readonly DataTracker _tracker = new(new(10));
    private readonly byte[] _room = new byte[512];

    [Fact]
    public void The_first_data_is_acknowledged_at_once()
    {
        Packet(0, 10);

        Assert.True(_tracker.IsSackDue);
        Assert.Equal("10", Sack());
    }

    [Fact]
    public void Every_second_packet_is_acknowledged()
    {
        AfterTheFirst();

        Packet(1, 11);
        Assert.False(_tracker.IsSackDue);
        Packet(2, 12);
        Assert.True(_tracker.IsSackDue);
    }

    [Fact]
    public void Two_chunks_in_one_packet_count_once()
    {
        AfterTheFirst();

        Packet(1, 11, 12);

        Assert.False(_tracker.IsSackDue);
    }

    [Fact]
    public void A_single_packet_is_acknowledged_after_the_delay()
    {
        AfterTheFirst();

        Packet(5, 11);

        Assert.Equal(205.Milliseconds(), _tracker.NextDeadline);
        _tracker.OnDeadline(204.Milliseconds());
        Assert.False(_tracker.IsSackDue);
        _tracker.OnDeadline(205.Milliseconds());
        Assert.True(_tracker.IsSackDue);
        Assert.Equal("11", Sack());
        Assert.Equal(MonotonicTime.Never, _tracker.NextDeadline);
    }

    [Fact]
    public void A_packet_without_data_changes_nothing()
    {
        AfterTheFirst();

        Packet(5);

        Assert.False(_tracker.IsSackPending);
        Assert.Equal(MonotonicTime.Never, _tracker.NextDeadline);
    }

    [Fact]
    public void The_I_bit_asks_for_a_SACK_at_once()
    {
        AfterTheFirst();

        _tracker.Observe(new(11), immediate: true);
        _tracker.PacketDone(0.Milliseconds(), Delay);

        Assert.True(_tracker.IsSackDue);
    }

    [Fact]
    public void While_something_is_missing_each_packet_is_acknowledged()
    {
        AfterTheFirst();

        Packet(1, 12);
        Assert.Equal("10 2-2", Sack());
        Packet(2, 13);
        Assert.Equal("10 2-3", Sack());
    }

    [Fact]
    public void A_gap_that_is_filled_moves_the_cumulative_TSN_over_what_was_there()
    {
        AfterTheFirst();
        Packet(1, 12, 13, 15);

        Packet(2, 11);

        Assert.Equal("13 2-2", Sack());
    }

    [Fact]
    public void A_duplicate_is_reported_once()
    {
        AfterTheFirst();
        Assert.False(_tracker.Observe(new(10), immediate: false));
        _tracker.PacketDone(1.Milliseconds(), Delay);

        Assert.True(_tracker.IsSackDue);
        Assert.Equal("10 dup 10", Sack());
        Assert.Equal("10", Sack());
    }

    [Fact]
    public void A_duplicate_beyond_a_gap_is_reported()
    {
        AfterTheFirst();

        Packet(1, 14, 14);

        Assert.Equal("10 4-4 dup 14", Sack());
    }

    [Fact]
    public void At_most_twenty_duplicates_are_remembered()
    {
        AfterTheFirst();
        for (var i = 0; i < 50; i++)
        {
            _tracker.Observe(new(10), immediate: false);
        }

        Assert.Equal(20, Parse().DuplicateCount);
    }

    [Fact]
    public void At_most_twenty_gap_blocks_are_reported_and_the_lowest_first()
    {
        for (var tsn = 11u; tsn < 111; tsn += 2)
        {
            _tracker.Observe(new(tsn), immediate: false);
        }

        var sack = Parse();
        Assert.Equal(20, sack.GapBlockCount);
        Assert.Equal(new GapBlock(2, 2), sack.GapBlockAt(0));
        Assert.Equal(new GapBlock(40, 40), sack.GapBlockAt(19));
    }

    [Fact]
    public void A_block_farther_than_16_bits_reach_is_cut()
    {
        _tracker.Observe(new(9 + 65_530), immediate: false);
        for (var tsn = 9u + 65_531; tsn < 9 + 65_600; tsn++)
        {
            _tracker.Observe(new(tsn), immediate: false);
        }

        Assert.Equal("9 65530-65535", Sack());
    }

    [Theory]
    [InlineData(9 + 100_000, true)]
    [InlineData(9 + 100_001, false)]
    [InlineData(9, true)]
    [InlineData(uint.MaxValue - 99_991, false)]
    public void Only_TSNs_near_the_cumulative_one_are_taken(uint tsn, bool taken) => Assert.Equal(taken, _tracker.IsInWindow(new(tsn)));

    [Fact]
    public void A_TSN_out_of_the_window_is_not_noted()
    {
        Assert.False(_tracker.Observe(new(500_000), immediate: false));

        Assert.Equal("9", Sack());
        Assert.False(_tracker.HasGaps);
    }

    [Fact]
    public void Numbers_wrap()
    {
        var tracker = new DataTracker(new(uint.MaxValue));

        Assert.True(tracker.Observe(new(uint.MaxValue), immediate: false));
        Assert.True(tracker.Observe(new(1), immediate: false));
        Assert.True(tracker.Observe(new(0), immediate: false));

        Assert.Equal(new Tsn(1), tracker.CumulativeTsn);
    }

    [Fact]
    public void A_forward_goes_over_what_is_missing_and_on_over_what_is_there()
    {
        Packet(0, 10, 12, 14, 15, 18);

        Assert.True(_tracker.ForwardTo(new(13)));

        Assert.Equal("15 3-3", Sack());
    }

    [Fact]
    public void A_forward_beyond_all_that_arrived_forgets_it()
    {
        Packet(0, 10, 12, 200);

        Assert.True(_tracker.ForwardTo(new(1000)));

        Assert.Equal("1000", Sack());
        Assert.False(_tracker.HasGaps);
        Assert.True(_tracker.Observe(new(1001 + 200), immediate: false));
    }

    [Fact]
    public void A_forward_that_is_no_news_only_asks_for_a_SACK()
    {
        AfterTheFirst();

        Assert.False(_tracker.ForwardTo(new(10)));

        Assert.True(_tracker.IsSackDue);
        Assert.Equal(new Tsn(10), _tracker.CumulativeTsn);
    }

    [Fact]
    public void A_forward_out_of_the_window_is_not_followed()
    {
        AfterTheFirst();

        Assert.False(_tracker.ForwardTo(new(300_000)));

        Assert.Equal(new Tsn(10), _tracker.CumulativeTsn);
    }

    [Fact]
    public void A_SACK_has_as_many_blocks_as_there_is_room_for()
    {
        Packet(0, 12, 14, 16);

        Assert.Equal(0, _tracker.WriteSack(_room.AsSpan(0, 15), 1000));
        Assert.Equal(24, _tracker.WriteSack(_room.AsSpan(0, 24), 1000));
    }

    [Fact]
    public void Gap_blocks_say_what_a_set_of_numbers_says()
    {
        for (var seed = 0ul; seed < 300; seed++)
        {
            var random = new SeededRandomSource(seed);
            var first = (uint)random.NextInt32(-500, 500);
            var tracker = new DataTracker(new(first));
            var model = new HashSet<uint>();
            var cumulative = first - 1;
            var reach = random.NextInt32(2, 5000);
            for (var step = 0; step < 300; step++)
            {
                var tsn = cumulative + (uint)random.NextInt32(-3, reach);
                var isNew = new Tsn(cumulative).DistanceTo(new(tsn)) > 0 && model.Add(tsn);
                if (random.NextInt32(0, 40) == 0)
                {
                    if (tracker.ForwardTo(new(tsn)))
                    {
                        cumulative = tsn;
                    }
                }
                else
                {
                    Assert.Equal(isNew, tracker.Observe(new(tsn), immediate: false));
                }

                while (model.Contains(cumulative + 1))
                {
                    cumulative++;
                }

                Assert.True(cumulative == tracker.CumulativeTsn.Value, $"seed {seed}, step {step}");
                model.RemoveWhere(number => new Tsn(cumulative).DistanceTo(new(number)) <= 0);
                Assert.True(Expected(model, cumulative) == Describe(Written(tracker), withDuplicates: false), $"seed {seed}, step {step}");
            }
        }
    }

    [Fact]
    public void Noting_and_acknowledging_allocates_nothing()
    {
        var tsn = 10u;
        var allocated = AllocationAssert.BytesAllocated(() =>
        {
            // Pairs arrive swapped, so that there are gaps.
            _tracker.Observe(new(tsn + 1), immediate: false);
            _tracker.Observe(new(tsn), immediate: false);
            _tracker.PacketDone(0.Milliseconds(), Delay);
            _tracker.WriteSack(_room, 1000);
            tsn += 2;
        });

        Assert.Equal(0, allocated);
    }

    private static string Expected(HashSet<uint> model, uint cumulative)
    {
        var offsets = model.Select(number => (int)(number - cumulative)).Order().ToList();
        var blocks = new List<string>();
        for (var i = 0; i < offsets.Count && blocks.Count < 20;)
        {
            var j = i;
            while (j + 1 < offsets.Count && offsets[j + 1] == offsets[j] + 1)
            {
                j++;
            }

            blocks.Add($"{offsets[i]}-{offsets[j]}");
            i = j + 1;
        }

        return string.Join(' ', blocks.Prepend($"{cumulative}"));
    }

    private static string Describe(in SackChunk sack, bool withDuplicates = true)
    {
        var parts = new List<string> { sack.CumulativeTsn.ToString() };
        for (var i = 0; i < sack.GapBlockCount; i++)
        {
            parts.Add($"{sack.GapBlockAt(i).Start}-{sack.GapBlockAt(i).End}");
        }

        for (var i = 0; withDuplicates && i < sack.DuplicateCount; i++)
        {
            parts.Add($"dup {sack.DuplicateAt(i)}");
        }

        return string.Join(' ', parts);
    }

    private SackChunk Written(DataTracker tracker)
    {
        var length = tracker.WriteSack(_room, 1000);
        ReadOnlySpan<byte> bytes = _room.AsSpan(0, length);
        Assert.True(Chunk.TryRead(ref bytes, out var chunk));
        Assert.True(SackChunk.TryParse(chunk, out var sack));
        return sack;
    }

    private SackChunk Parse() => Written(_tracker);

    private string Sack() => Describe(Parse());

    private void Packet(int milliseconds, params uint[] tsns)
    {
        foreach (var tsn in tsns)
        {
            _tracker.Observe(new(tsn), immediate: false);
        }

        _tracker.PacketDone(milliseconds.Milliseconds(), Delay);
    }

    private void AfterTheFirst()
    {
        Packet(0, 10);
        Sack();
    }
}
