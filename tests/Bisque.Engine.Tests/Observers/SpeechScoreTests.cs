using Bisque.Engine.Observers;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Observers;

public sealed class SpeechScoreTests
{
    // ln C(n, v) - n ln 2 - ln lambda + lambda v, worked out by hand.
    [Theory]
    [InlineData(8, 4.637)]
    [InlineData(12, 3.1624)]
    public void The_newest_level_is_scored_by_its_sub_bands(int count, double score) =>
        Assert.Equal(score, SpeechScore.Immediate.Of(count), tolerance: 0.01);

    [Fact]
    public void A_tenth_of_a_second_is_scored_by_its_loud_levels() =>
        Assert.Equal(113.356, SpeechScore.Medium.Of(5), tolerance: 0.01);

    [Fact]
    public void A_second_is_scored_by_its_active_stretches() =>
        Assert.Equal(38.521, SpeechScore.Long.Of(1), tolerance: 0.01);

    [Fact]
    public void Nothing_scores_as_little_as_can_be_compared()
    {
        Assert.Equal(SpeechScore.Lowest, SpeechScore.Immediate.Of(0));
        Assert.Equal(SpeechScore.Lowest, SpeechScore.Medium.Of(0));
        Assert.Equal(SpeechScore.Lowest, SpeechScore.Long.Of(0));
    }

    [Fact]
    public void A_history_is_counted_at_three_scales()
    {
        var levels = new LevelHistory(0.Milliseconds());
        var floor = new NoiseFloor();
        floor.OnLevel(20);
        levels.Write(80, 500.Milliseconds());     // 25 levels: five stretches
        levels.Write(79, 520.Milliseconds());     // seven sub-bands: not loud
        levels.Write(95, 560.Milliseconds());

        Assert.Equal(new SpeechCounts(Immediate: 9, Medium: 4, Long: 4), SpeechCounts.Of(levels, floor));
    }

    [Fact]
    public void What_does_not_rise_above_the_noise_floor_is_silence()
    {
        var levels = new LevelHistory(0.Milliseconds());
        var floor = new NoiseFloor();
        floor.OnLevel(91);
        levels.Write(100, 1000.Milliseconds());

        Assert.Equal(default, SpeechCounts.Of(levels, floor));
    }

    [Fact]
    public void A_history_takes_no_more_than_its_length()
    {
        var levels = new LevelHistory(0.Milliseconds());
        levels.Write(7, 20.Milliseconds());
        levels.Write(50, 100_000.Milliseconds());
        levels.Write(9, 50_000.Milliseconds());   // from the past: ignored

        for (var age = 0; age < LevelHistory.Length; age++)
        {
            Assert.Equal(50, levels[age]);
        }
    }
}
