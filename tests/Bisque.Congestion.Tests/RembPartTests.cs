using Bisque.Congestion.Remb;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Congestion.Tests;

/// <summary>The parts of the estimator by themselves.</summary>
public sealed class RembPartTests
{
    [Fact]
    public void Send_times_go_on_over_the_wrap_of_24_bits_in_both_directions()
    {
        var unwrapper = default(AbsSendTimeUnwrapper);

        Assert.Equal(63_999_996, unwrapper.UnwrapMicroseconds(0xff_ffff));
        Assert.Equal(64_000_000, unwrapper.UnwrapMicroseconds(0));
        Assert.Equal(65_000_000, unwrapper.UnwrapMicroseconds(1 << 18));
        Assert.Equal(63_999_996, unwrapper.UnwrapMicroseconds(0xff_ffff));
    }

    [Fact]
    public void Send_times_stay_right_after_many_wraps()
    {
        var unwrapper = default(AbsSendTimeUnwrapper);
        for (var second = 0; second < 10_000; second += 20)
        {
            Assert.Equal(second * 1_000_000L, unwrapper.UnwrapMicroseconds((uint)(second << 18) & 0xff_ffff));
        }
    }

    [Fact]
    public void Packets_of_one_burst_are_one_group_and_groups_are_compared_by_their_ends()
    {
        var interArrival = new InterArrival();

        Assert.False(interArrival.TryAdd(0, 100_000, out _, out _));
        Assert.False(interArrival.TryAdd(5_000, 104_000, out _, out _));
        Assert.False(interArrival.TryAdd(20_000, 121_000, out _, out _));
        Assert.False(interArrival.TryAdd(23_000, 126_000, out _, out _));
        Assert.True(interArrival.TryAdd(40_000, 150_000, out var sendDelta, out var arrivalDelta));

        Assert.Equal(18_000, sendDelta);
        Assert.Equal(22_000, arrivalDelta);
    }

    [Fact]
    public void Groups_that_waited_together_are_one_group()
    {
        var interArrival = new InterArrival();
        interArrival.TryAdd(0, 100_000, out _, out _);
        interArrival.TryAdd(20_000, 150_000, out _, out _);

        // Left 20 ms after the one before and arrives with it.
        Assert.False(interArrival.TryAdd(40_000, 151_000, out _, out _));
        Assert.True(interArrival.TryAdd(60_000, 170_000, out var sendDelta, out var arrivalDelta));
        Assert.Equal(40_000, sendDelta);
        Assert.Equal(51_000, arrivalDelta);
    }

    [Fact]
    public void A_reordered_packet_is_left_out_and_many_in_a_row_begin_anew()
    {
        var interArrival = new InterArrival();
        interArrival.TryAdd(1_000_000, 0, out _, out _);
        for (var i = 0; i < 15; i++)
        {
            Assert.False(interArrival.TryAdd(500_000, 1_000, out _, out _));
            Assert.False(interArrival.WasReset);
        }

        Assert.False(interArrival.TryAdd(500_000, 1_000, out _, out _));
        Assert.True(interArrival.WasReset);
    }

    [Fact]
    public void A_jump_of_a_clock_begins_anew()
    {
        var interArrival = new InterArrival();
        interArrival.TryAdd(0, 0, out _, out _);
        interArrival.TryAdd(20_000, 20_000, out _, out _);

        Assert.False(interArrival.TryAdd(40_000, 9_000_000, out _, out _));
        Assert.True(interArrival.WasReset);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(-0.25)]
    public void The_slope_is_the_growth_of_delay(double growth)
    {
        var trendline = new TrendlineFilter();
        for (var i = 1; i <= 200; i++)
        {
            trendline.Add(10, 10 * (1 + growth), 10 * (1 + growth) * i);
        }

        Assert.Equal(growth / (1 + growth), trendline.Slope, 3);
    }

    [Fact]
    public void The_incoming_rate_is_that_of_the_last_half_second()
    {
        var rate = new IncomingRate();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i >= 50, rate.At((10 * i).Milliseconds()) is not null);
            rate.Add(1250, (10 * i).Milliseconds());
        }

        Assert.Equal(new Bitrate(1_000_000), rate.At(995.Milliseconds()));
        Assert.Equal(new Bitrate(500_000), rate.At(1240.Milliseconds()));
        Assert.Equal(Bitrate.Zero, rate.At(5000.Milliseconds()));
    }

    [Fact]
    public void A_decrease_goes_below_the_incoming_rate_and_waits_a_round_trip_for_the_next()
    {
        var controller = new RateController();
        controller.Update(BandwidthUsage.Normal, new Bitrate(1_000_000), 0.Milliseconds());
        Assert.Equal(new Bitrate(2_000_000), controller.Estimate);

        Assert.True(controller.Update(BandwidthUsage.Overusing, new Bitrate(1_000_000), 50.Milliseconds()));
        Assert.Equal(new Bitrate(850_000), controller.Estimate);
        Assert.False(controller.Update(BandwidthUsage.Overusing, new Bitrate(900_000), 200.Milliseconds()));
        Assert.True(controller.Update(BandwidthUsage.Overusing, new Bitrate(900_000), 250.Milliseconds()));
        Assert.Equal(new Bitrate(765_000), controller.Estimate);
    }

    [Fact]
    public void The_estimate_is_held_while_a_queue_empties_and_rises_slowly_after()
    {
        var controller = new RateController();
        controller.Update(BandwidthUsage.Overusing, new Bitrate(1_000_000), 0.Milliseconds());
        controller.Update(BandwidthUsage.Underusing, new Bitrate(1_000_000), 1000.Milliseconds());
        controller.Update(BandwidthUsage.Normal, new Bitrate(1_000_000), 2000.Milliseconds());
        Assert.Equal(new Bitrate(850_000), controller.Estimate);

        controller.Update(BandwidthUsage.Normal, new Bitrate(850_000), 3000.Milliseconds());
        Assert.InRange(controller.Estimate!.Value.BitsPerSecond, 851_000, 900_000);
    }
}
