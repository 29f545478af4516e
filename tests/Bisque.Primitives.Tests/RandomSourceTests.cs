using Bisque.Testing;

namespace Bisque.Primitives.Tests;

public sealed class RandomSourceTests
{
    [Fact]
    public void Numbers_stay_within_their_bounds_and_reach_both_ends()
    {
        var random = new SeededRandomSource(1);
        var seen = new HashSet<int>();
        for (var i = 0; i < 1000; i++)
        {
            seen.Add(random.NextInt32(-2, 2));
        }

        Assert.Equal([-2, -1, 0, 1, 2], seen.Order());
    }

    [Fact]
    public void The_same_seed_gives_the_same_text() =>
        Assert.Equal(new SeededRandomSource(7).NextString(32), new SeededRandomSource(7).NextString(32));

    [Fact]
    public void The_system_source_does_not_repeat_itself()
    {
        var random = new SystemRandomSource();

        Assert.Matches("^[0-9a-z]{32}$", random.NextString(32));
        Assert.NotEqual(random.NextString(32), random.NextString(32));
    }
}
