using Bisque.Sctp.Send;

namespace Bisque.Sctp.Tests.Send;

public class RetransmissionTimeoutTests
{
    private readonly RetransmissionTimeout _timeout = new(new());

    [Fact]
    public void Before_a_sample_it_is_the_initial_one() => Assert.Equal(500, _timeout.Value.TotalMilliseconds);

    [Fact]
    public void The_first_sample_counts_with_half_of_it_as_variation()
    {
        Observe(300);

        Assert.Equal(300 + 4 * 150, _timeout.Value.TotalMilliseconds);
        Assert.Equal(300, _timeout.SmoothedRoundTrip.TotalMilliseconds);
    }

    [Fact]
    public void Later_samples_move_it_by_an_eighth_and_the_variation_by_a_quarter()
    {
        Observe(400);
        Observe(800);

        Assert.Equal(450, _timeout.SmoothedRoundTrip.TotalMilliseconds);
        Assert.Equal(450 + 4 * 250, _timeout.Value.TotalMilliseconds);
    }

    [Fact]
    public void It_is_never_below_the_minimum()
    {
        Observe(1);

        Assert.Equal(400, _timeout.Value.TotalMilliseconds);
    }

    [Fact]
    public void It_is_never_above_the_maximum()
    {
        Observe(59_000);

        Assert.Equal(60_000, _timeout.Value.TotalMilliseconds);
    }

    [Fact]
    public void On_an_even_path_110_ms_are_added()
    {
        for (var i = 0; i < 100; i++)
        {
            Observe(1000);
        }

        Assert.Equal(1110, _timeout.Value.TotalMilliseconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(60_001)]
    public void Impossible_samples_are_ignored(int milliseconds)
    {
        Observe(milliseconds);

        Assert.Equal(500, _timeout.Value.TotalMilliseconds);
    }

    private void Observe(int milliseconds) => _timeout.Observe(TimeSpan.FromMilliseconds(milliseconds));
}
