using Bisque.Engine.Streams;

namespace Bisque.Engine.Tests.Streams;

public class ScoreHistoryTests
{
    [Fact]
    public void The_newest_measurement_weighs_most()
    {
        var score = new ScoreHistory();
        Assert.Equal(10, score.Score);
        Assert.Equal(0, score.Add(0));
        Assert.Equal(7, score.Add(10));
        Assert.Equal(3, score.Add(0));
    }

    [Fact]
    public void Only_the_last_24_are_remembered()
    {
        var score = new ScoreHistory();
        for (var i = 0; i < 100; i++)
        {
            score.Add(0);
        }

        for (var i = 0; i < ScoreHistory.Length; i++)
        {
            score.Add(8);
        }

        Assert.Equal(8, score.Score);
    }

    [Fact]
    public void A_reset_takes_effect_at_once()
    {
        var score = new ScoreHistory();
        score.Add(3);
        score.Reset(10);
        Assert.Equal(10, score.Score);
        Assert.Equal(4, score.Add(4));
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 10)]
    [InlineData(100, 0, 0, 0, 10)]
    [InlineData(100, 10, 0, 0, 7)]
    [InlineData(100, 50, 0, 0, 1)]
    [InlineData(100, 100, 0, 0, 0)]
    [InlineData(100, 500, 0, 0, 0)]
    [InlineData(100, 10, 10, 10, 9)]
    [InlineData(100, 10, 10, 40, 7)]
    public void Loss_lowers_the_measurement_and_repair_makes_up_for_it(
        int total, int lost, int repaired, int retransmitted, byte expected) =>
        Assert.Equal(expected, ScoreHistory.Measure((ulong)total, (ulong)lost, (ulong)repaired, (ulong)retransmitted));
}
