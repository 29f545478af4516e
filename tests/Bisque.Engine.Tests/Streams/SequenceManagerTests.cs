using Bisque.Engine.Streams;
using CsCheck;

namespace Bisque.Engine.Tests.Streams;

public class SequenceManagerTests
{
    [Fact]
    public void Nothing_is_mapped_before_the_first_synchronization()
    {
        var manager = new SequenceManager(1000);
        Assert.False(manager.TryMap(5, out _));
        manager.Drop(5);

        manager.Sync(4);
        Assert.Equal(1000, Map(manager, 5));
    }

    [Fact]
    public void Losses_stay_gaps_and_drops_do_not()
    {
        var manager = new SequenceManager(1000);
        manager.Sync(9);
        Assert.Equal(1000, Map(manager, 10));
        Assert.Equal(1002, Map(manager, 12));
        manager.Drop(13);
        Assert.Equal(1003, Map(manager, 14));
        Assert.Equal(1001, Map(manager, 11));
        Assert.False(manager.TryMap(13, out _));
    }

    [Fact]
    public void A_packet_older_than_a_drop_keeps_the_number_it_would_have_had()
    {
        var manager = new SequenceManager(100);
        manager.Sync(0);
        Assert.Equal(100, Map(manager, 1));
        manager.Drop(3);
        Assert.Equal(102, Map(manager, 4));
        Assert.Equal(101, Map(manager, 2));
    }

    [Fact]
    public void A_drop_that_comes_late_has_no_effect()
    {
        var manager = new SequenceManager(100);
        manager.Sync(0);
        Assert.Equal(102, Map(manager, 3));
        manager.Drop(2);
        Assert.Equal(103, Map(manager, 4));
    }

    [Fact]
    public void A_skipped_number_is_given_to_no_packet()
    {
        var manager = new SequenceManager(65_534);
        manager.Sync(9);
        Assert.Equal(65_534, Map(manager, 10));

        manager.Skip();
        Assert.Equal(0, Map(manager, 11));
        manager.Skip();
        manager.Sync(499);
        Assert.Equal(2, Map(manager, 500));
        Assert.False(manager.TryMap(499, out _));
    }

    [Fact]
    public void After_a_synchronization_the_output_goes_on_without_a_gap()
    {
        var manager = new SequenceManager(65_534);
        manager.Sync(9);
        Assert.Equal(65_534, Map(manager, 10));
        Assert.Equal(65_535, Map(manager, 11));
        manager.Sync(40_000);
        Assert.False(manager.TryMap(40_000, out _));
        Assert.False(manager.TryMap(39_999, out _));
        Assert.Equal(0, Map(manager, 40_001));
        Assert.Equal(0, manager.NewestOutput);
    }

    [Fact]
    public void Drops_are_remembered_up_to_their_bound_and_then_final()
    {
        var manager = new SequenceManager(1);
        manager.Sync(0);
        for (ushort i = 1; i <= 2 * SequenceManager.MaxDropped; i++)
        {
            manager.Drop((ushort)(2 * i));
        }

        Assert.False(manager.TryMap(3, out _));
        Assert.Equal(2049, Map(manager, 4097));
        Assert.Equal(2048, Map(manager, 4095));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    public void Long_streams_wrap_at_their_width(int bits)
    {
        var mask = (1 << bits) - 1;
        var manager = new SequenceManager(1, bits);
        manager.Sync((ushort)(5 & mask));
        var output = 1;
        for (var i = 6; i < 200_000; i++)
        {
            if (i % 3 == 0)
            {
                manager.Drop((ushort)(i & mask));
                continue;
            }

            Assert.Equal(output & mask, Map(manager, i & mask));
            output++;
        }
    }

    [Fact]
    public void Whatever_is_mapped_dropped_and_synchronized_equals_the_naive_count() =>
        Gen.Select(Gen.Int[0, 65_535], Gen.Select(Gen.Int[0, 9], Gen.Int[-60, 70]).Array[1, 400]).Sample((start, steps) =>
        {
            var manager = new SequenceManager(1000);
            var model = new NaiveModel(1000);
            long newest = start + 65_536;
            manager.Sync((ushort)newest);
            model.Sync(newest);
            foreach (var (kind, distance) in steps)
            {
                var input = newest + distance;
                switch (kind)
                {
                    case 0 when distance > 65:
                        input += 5000 + (distance * 300);
                        manager.Sync((ushort)input);
                        model.Sync(input);
                        break;
                    case 0 or 1 or 2:
                        manager.Drop((ushort)input);
                        model.Drop(input);
                        break;
                    default:
                        Assert.Equal(model.Map(input), manager.TryMap((ushort)input, out var output) ? output : null);
                        break;
                }

                newest = model.NewestInput;
                Assert.Equal((ushort)newest, manager.NewestInput);
            }
        });

    private static int Map(SequenceManager manager, int input)
    {
        Assert.True(manager.TryMap((ushort)input, out var output));
        return output;
    }

    /// <summary>The same by counting, over numbers that do not wrap and a history without end.</summary>
    private sealed class NaiveModel(long firstOutput)
    {
        private readonly List<long> _dropped = [];
        private long _newestOutput = firstOutput - 1;
        private long _syncInput;
        private long _syncOutput;

        public long NewestInput { get; private set; }

        public void Sync(long input)
        {
            _dropped.Clear();
            (_syncInput, _syncOutput, NewestInput) = (input, _newestOutput, input);
        }

        public void Drop(long input)
        {
            if (input > NewestInput)
            {
                NewestInput = input;
                _dropped.Add(input);
            }
        }

        public int? Map(long input)
        {
            if (input <= _syncInput || _dropped.Contains(input))
            {
                return null;
            }

            NewestInput = Math.Max(NewestInput, input);
            var output = _syncOutput + (input - _syncInput) - _dropped.Count(dropped => dropped < input);
            _newestOutput = Math.Max(_newestOutput, output);
            return (ushort)output;
        }
    }
}
