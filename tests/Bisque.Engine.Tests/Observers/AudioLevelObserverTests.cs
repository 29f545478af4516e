using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using static Bisque.Engine.Tests.Worlds.Meeting;

namespace Bisque.Engine.Tests.Observers;

public sealed class AudioLevelObserverTests
{
    private static readonly AudioLevelObserverOptions Options = new() { MaxEntries = 2, Threshold = -60, Interval = 1000 };

    [Fact]
    public void Volumes_are_told_each_interval_and_silence_once()
    {
        using var meeting = new Meeting("anna", "ben", "carl");
        meeting.WatchLevels(Options, "anna", "ben", "carl");

        meeting.Speak(2000, ("anna", 40), ("ben", 30), ("carl", 50));
        var volumes = meeting.World.Events.Of<AudioLevelObserverVolumesEvent>("observer").ToArray();
        Assert.Equal(2, volumes.Length);
        Assert.Equal([("ben", (sbyte)-30), ("anna", (sbyte)-40)], volumes[0].Volumes.Select(entry => (entry.ProducerId, entry.Volume)));
        Assert.Empty(Silences(meeting));

        meeting.Speak(5000, ("anna", 61));
        Assert.Equal(2, meeting.World.Events.Of<AudioLevelObserverVolumesEvent>("observer").Count());
        Assert.Single(Silences(meeting));
    }

    [Fact]
    public void A_room_that_was_never_loud_does_not_fall_silent()
    {
        using var meeting = new Meeting("anna");
        meeting.WatchLevels(Options, "anna");

        meeting.Speak(3000, ("anna", Silent));

        Assert.Empty(Silences(meeting));
    }

    [Theory]
    [InlineData(0, 250)]
    [InlineData(250, 250)]
    [InlineData(60_000, 5000)]
    public void The_interval_is_kept_within_bounds(ushort asked, int inForce)
    {
        using var meeting = new Meeting("anna");
        meeting.WatchLevels(Options with { Interval = asked }, "anna");
        meeting.Speak(220, ("anna", Loud));

        meeting.World.Run(inForce - 221);
        Assert.Empty(meeting.World.Events.Of<AudioLevelObserverVolumesEvent>());

        meeting.World.Run(1);
        Assert.Single(meeting.World.Events.Of<AudioLevelObserverVolumesEvent>());
    }

    [Fact]
    public void Pausing_the_observer_is_silence()
    {
        using var meeting = new Meeting("anna");
        var observer = meeting.WatchLevels(Options, "anna");
        meeting.Speak(1000, ("anna", Loud));

        observer.Pause();
        observer.Pause();
        Assert.Single(Silences(meeting));

        meeting.Speak(2000, ("anna", Loud));
        Assert.Single(meeting.World.Events.Of<AudioLevelObserverVolumesEvent>());
        observer.Resume();
        meeting.Speak(1000, ("anna", Loud));
        Assert.Equal(2, meeting.World.Events.Of<AudioLevelObserverVolumesEvent>().Count());
    }

    [Fact]
    public void A_paused_producer_is_forgotten()
    {
        using var meeting = new Meeting("anna");
        meeting.WatchLevels(Options, "anna");
        meeting.Speak(900, ("anna", Loud));

        meeting.Producer("anna").Pause();
        meeting.Speak(100, ("anna", Loud));

        Assert.Empty(meeting.World.Events.Of<AudioLevelObserverVolumesEvent>());
    }

    [Fact]
    public void Nine_packets_in_an_interval_are_too_few()
    {
        using var meeting = new Meeting("anna");
        meeting.WatchLevels(Options, "anna");

        meeting.Speak(180, ("anna", Loud));
        meeting.World.Run(820);

        Assert.Empty(meeting.World.Events.Of<AudioLevelObserverVolumesEvent>());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-60, 0)]
    public void Options_without_sense_are_refused_and_leave_no_observer(sbyte threshold, ushort maxEntries)
    {
        using var meeting = new Meeting();

        var refusal = Assert.Throws<RequestException>(
            () => meeting.WatchLevels(Options with { Threshold = threshold, MaxEntries = maxEntries }));

        Assert.Equal(RequestErrorKind.TypeError, refusal.Kind);
        Assert.Empty(meeting.World.Router.Dump().RtpObserverIds);
        Assert.Null(meeting.World.Worker.FindRequestHandler("observer"));
    }

    private static IEnumerable<AudioLevelObserverSilenceEvent> Silences(Meeting meeting) =>
        meeting.World.Events.Of<AudioLevelObserverSilenceEvent>("observer");
}
