using Bisque.Engine.Streams;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Streams;

public class RateCalculatorTests
{
    [Fact]
    public void Bytes_in_the_window_become_bits_per_second()
    {
        var rate = new RateCalculator();
        rate.Update(5, 0.Milliseconds());
        Assert.Equal(40ul, rate.GetRate(0.Milliseconds()));

        rate.Update(10, 999.Milliseconds());
        Assert.Equal(120ul, rate.GetRate(999.Milliseconds()));
    }

    [Fact]
    public void What_is_older_than_the_window_no_longer_counts()
    {
        var rate = new RateCalculator();
        rate.Update(5, 0.Milliseconds());
        rate.Update(7, 500.Milliseconds());

        Assert.Equal(56ul, rate.GetRate(1000.Milliseconds()));
        Assert.Equal(0ul, rate.GetRate(5000.Milliseconds()));
        Assert.Equal(12ul, rate.TotalBytes);
    }

    [Fact]
    public void A_steady_flow_has_a_steady_rate()
    {
        var rate = new RateCalculator();
        for (var ms = 0; ms < 5000; ms++)
        {
            rate.Update(125, ms.Milliseconds());
            if (ms > 1000)
            {
                Assert.InRange(rate.GetRate(ms.Milliseconds()), 985_000ul, 1_000_000ul);
            }
        }
    }

    [Fact]
    public void Time_that_goes_backwards_is_tolerated()
    {
        var rate = new RateCalculator();
        rate.Update(5, 1000.Milliseconds());
        rate.Update(5, 400.Milliseconds());

        Assert.Equal(80ul, rate.GetRate(300.Milliseconds()));
        Assert.Equal(80ul, rate.GetRate(1500.Milliseconds()));
        Assert.Equal(0ul, rate.GetRate(2000.Milliseconds()));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(3, 1000)]
    [InlineData(1001, 7)]
    public void Odd_windows_and_slot_counts_still_count(int window, int items)
    {
        var rate = new RateCalculator(window, RateCalculator.BitsPerSecond, items);
        for (var ms = 0; ms < 2500; ms++)
        {
            rate.Update(1, ms.Milliseconds());
            Assert.InRange(rate.GetRate(ms.Milliseconds()), 1ul, 8000ul);
        }

        Assert.Equal(2500ul, rate.TotalBytes);
    }

    [Fact]
    public void A_reset_empties_the_window_but_not_the_total()
    {
        var rate = new RateCalculator();
        rate.Update(9, 0.Milliseconds());
        rate.Reset();

        Assert.Equal(0ul, rate.GetRate(0.Milliseconds()));
        Assert.Equal(9ul, rate.TotalBytes);
    }
}
