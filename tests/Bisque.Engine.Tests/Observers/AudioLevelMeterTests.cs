using Bisque.Engine.Observers;

namespace Bisque.Engine.Tests.Observers;

public sealed class AudioLevelMeterTests
{
    private readonly AudioLevelMeter<string> _meter = new();

    [Fact]
    public void The_loudest_come_first_and_only_as_many_as_asked_for()
    {
        Speak("quiet", 70);
        Speak("loud", 20);
        Speak("middling", 40);

        Assert.Equal([("loud", (sbyte)-20), ("middling", (sbyte)-40)], _meter.Take(threshold: -80, maximum: 2));
    }

    [Fact]
    public void Whoever_is_below_the_threshold_is_left_out()
    {
        Speak("quiet", 70);
        Speak("loud", 60);

        Assert.Equal([("loud", (sbyte)-60)], _meter.Take(threshold: -60, maximum: 10));
    }

    [Fact]
    public void Fewer_than_ten_packets_say_nothing()
    {
        Speak("short", 10, packets: 9);

        Assert.Empty(_meter.Take(threshold: -127, maximum: 10));
    }

    [Fact]
    public void The_volume_is_the_rounded_average()
    {
        Speak("speaker", 30, packets: 5);
        Speak("speaker", 41, packets: 5);

        Assert.Equal([("speaker", (sbyte)-36)], _meter.Take(threshold: -127, maximum: 1));
    }

    [Fact]
    public void An_interval_begins_with_nothing()
    {
        Speak("speaker", 30);
        _meter.Take(threshold: -127, maximum: 1);

        Assert.Empty(_meter.Take(threshold: -127, maximum: 1));
    }

    private void Speak(string who, byte attenuation, int packets = 10)
    {
        for (var i = 0; i < packets; i++)
        {
            _meter.OnPacket(who, attenuation);
        }
    }
}
