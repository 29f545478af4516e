using Bisque.Engine.Observers;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Observers;

public sealed class DominantSpeakerDetectorTests
{
    private const byte Loud = 20;
    private const byte Murmur = 70;
    private const byte Silent = 127;
    private const byte QuietRoom = 100;

    private readonly DominantSpeakerDetector<string> _speakers = new();
    private MonotonicTime _now = 1000.Milliseconds();

    [Fact]
    public void Whoever_is_alone_has_the_floor()
    {
        Add("alone");

        Assert.True(_speakers.Decide(_now));
        Assert.Equal("alone", _speakers.Dominant);
        Assert.False(_speakers.Decide(_now));
    }

    [Fact]
    public void Nobody_is_there()
    {
        Assert.False(_speakers.Decide(_now));
        Assert.Null(_speakers.Dominant);
    }

    [Fact]
    public void Who_speaks_takes_the_floor_from_who_is_silent()
    {
        Add("silent", "speaker");
        Speak(1000, ("silent", Silent), ("speaker", Loud));

        Assert.True(_speakers.Decide(_now));
        Assert.Equal("speaker", _speakers.Dominant);
    }

    [Fact]
    public void Whoever_has_the_floor_keeps_it_while_both_speak()
    {
        Add("first", "second");
        Speak(1000, ("first", Loud), ("second", Silent));
        _speakers.Decide(_now);
        Speak(2000, ("first", Loud), ("second", Loud));

        Assert.False(_speakers.Decide(_now));
        Assert.Equal("first", _speakers.Dominant);
    }

    [Fact]
    public void A_cough_does_not_take_the_floor()
    {
        Add("pausing", "coughing");
        Speak(1000, ("pausing", Loud), ("coughing", Silent));
        _speakers.Decide(_now);
        Speak(60, ("pausing", Silent), ("coughing", Loud));

        Assert.False(_speakers.Decide(_now));
        Assert.Equal("pausing", _speakers.Dominant);
    }

    [Fact]
    public void A_longer_answer_takes_the_floor()
    {
        Add("first", "answering");
        Speak(1000, ("first", Loud), ("answering", Silent));
        _speakers.Decide(_now);
        Speak(1000, ("first", Silent), ("answering", Loud));

        Assert.True(_speakers.Decide(_now));
        Assert.Equal("answering", _speakers.Dominant);
    }

    [Fact]
    public void Who_spoke_most_in_the_last_tenth_of_a_second_wins_among_several()
    {
        Add("silent", "slower", "faster");
        Speak(900, ("silent", Silent), ("slower", Loud), ("faster", Loud));
        Speak(40, ("silent", Silent), ("slower", Silent), ("faster", Loud));
        Speak(60, ("silent", Silent), ("slower", Loud), ("faster", Loud));

        _speakers.Decide(_now);

        Assert.Equal("faster", _speakers.Dominant);
    }

    [Fact]
    public void A_murmur_is_no_speech()
    {
        Add("first", "murmuring");
        Speak(2000, ("first", Silent), ("murmuring", Murmur));

        _speakers.Decide(_now);

        Assert.Equal("first", _speakers.Dominant);
    }

    [Fact]
    public void Steady_noise_is_no_speech_however_loud()
    {
        AddWithoutRoom("first", "machine");
        Speak(20, ("first", Silent), ("machine", Loud + 9));
        Speak(2000, ("first", Silent), ("machine", Loud));

        _speakers.Decide(_now);

        Assert.Equal("first", _speakers.Dominant);
    }

    [Fact]
    public void Time_without_packets_is_silence()
    {
        Add("gone", "speaker");
        Speak(1000, ("gone", Loud), ("speaker", Silent));
        _speakers.Decide(_now);
        Assert.Equal("gone", _speakers.Dominant);
        for (var i = 0; i < 4; i++)
        {
            Speak(300, ("speaker", Loud));
            _speakers.Decide(_now);
        }

        Assert.Equal("speaker", _speakers.Dominant);
    }

    [Fact]
    public void Packets_of_sixty_milliseconds_count_as_three_levels()
    {
        Add("silent", "speaker");
        for (var i = 0; i < 17; i++)
        {
            _now += TimeSpan.FromMilliseconds(60);
            _speakers.OnPacket("silent", Silent, _now);
            _speakers.OnPacket("speaker", Loud, _now);
        }

        _speakers.Decide(_now);

        Assert.Equal("speaker", _speakers.Dominant);
    }

    [Fact]
    public void The_muted_do_not_win_the_floor()
    {
        Add("silent", "muted");
        Speak(1000, ("silent", Silent), ("muted", Loud));
        _speakers.SetMuted("muted", true);

        _speakers.Decide(_now);
        Assert.Equal("silent", _speakers.Dominant);

        _speakers.SetMuted("muted", false);
        _speakers.Decide(_now);
        Assert.Equal("muted", _speakers.Dominant);
    }

    [Fact]
    public void The_floor_of_one_who_leaves_goes_to_another()
    {
        Add("leaving", "staying", "speaking");
        Speak(1000, ("leaving", Loud), ("staying", Silent), ("speaking", Loud));
        _speakers.Decide(_now);
        Assert.Equal("leaving", _speakers.Dominant);

        Assert.True(_speakers.Remove("leaving"));
        Assert.Null(_speakers.Dominant);
        Assert.True(_speakers.Decide(_now));
        Assert.Equal("speaking", _speakers.Dominant);
        Assert.False(_speakers.Remove("staying"));
    }

    /// <summary>Speakers in a quiet room: their speech rises above it.</summary>
    private void Add(params string[] names)
    {
        AddWithoutRoom(names);
        _now += TimeSpan.FromMilliseconds(20);
        foreach (var name in names)
        {
            _speakers.OnPacket(name, QuietRoom, _now);
        }
    }

    private void AddWithoutRoom(params string[] names)
    {
        foreach (var name in names)
        {
            _speakers.Add(name, isMuted: false, _now);
        }
    }

    /// <summary>Packets of 20 ms from some, for a while.</summary>
    private void Speak(int milliseconds, params (string Who, int Attenuation)[] levels)
    {
        for (var i = 0; i < milliseconds / 20; i++)
        {
            _now += TimeSpan.FromMilliseconds(20);
            foreach (var (who, attenuation) in levels)
            {
                _speakers.OnPacket(who, (byte)attenuation, _now);
            }
        }
    }
}
