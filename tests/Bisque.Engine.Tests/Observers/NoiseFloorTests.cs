using Bisque.Engine.Observers;

namespace Bisque.Engine.Tests.Observers;

public sealed class NoiseFloorTests
{
    private readonly NoiseFloor _floor = new();

    [Fact]
    public void It_falls_at_once()
    {
        Hear(60);
        Hear(25);
        Hear(90);

        Assert.Equal(25, _floor.Level);
    }

    [Fact]
    public void Digital_silence_says_nothing_of_a_room()
    {
        Hear(60);
        Hear(0);

        Assert.Equal(60, _floor.Level);
    }

    [Fact]
    public void It_rises_half_way_on_a_scale_of_ratios_after_fifteen_seconds()
    {
        Hear(25);
        Hear(64, NoiseFloor.WindowLength - 1);
        Assert.Equal(25, _floor.Level);

        Hear(90);

        Assert.Equal(40, _floor.Level);
    }

    [Fact]
    public void A_quieter_moment_begins_the_fifteen_seconds_anew()
    {
        Hear(25);
        Hear(64, NoiseFloor.WindowLength - 1);
        Hear(24);
        Hear(64, NoiseFloor.WindowLength - 1);

        Assert.Equal(24, _floor.Level);
    }

    private void Hear(byte level, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _floor.OnLevel(level);
        }
    }
}
