using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using static Bisque.Engine.Tests.Worlds.Meeting;

namespace Bisque.Engine.Tests.Observers;

public sealed class ActiveSpeakerObserverTests
{
    [Fact]
    public void Each_change_of_the_speaker_is_told_once()
    {
        using var meeting = new Meeting("anna", "ben");
        meeting.WatchSpeakers(names: ["anna", "ben"]);
        meeting.BeQuiet();

        meeting.Speak(2000, ("anna", Loud), ("ben", Silent));
        Assert.Equal(["anna"], meeting.DominantSpeakers());

        meeting.Speak(2000, ("anna", Silent), ("ben", Loud));
        Assert.Equal(["anna", "ben"], meeting.DominantSpeakers());
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(300, 300)]
    [InlineData(10_000, 5000)]
    public void The_interval_is_kept_within_bounds(ushort asked, int inForce)
    {
        using var meeting = new Meeting("anna");
        meeting.WatchSpeakers(asked, "anna");

        meeting.World.Run(inForce - 1);
        Assert.Empty(meeting.DominantSpeakers());

        meeting.World.Run(1);
        Assert.Equal(["anna"], meeting.DominantSpeakers());
    }

    [Fact]
    public void A_paused_observer_says_nothing_and_hears_nothing()
    {
        using var meeting = new Meeting("anna", "ben");
        var observer = meeting.WatchSpeakers(names: ["anna", "ben"]);
        meeting.BeQuiet();
        observer.Pause();
        observer.Pause();
        meeting.Speak(2000, ("ben", Loud));
        Assert.Empty(meeting.DominantSpeakers());

        observer.Resume();
        meeting.Speak(20, ("ben", Loud));
        meeting.World.Run(280);
        Assert.Equal(["anna"], meeting.DominantSpeakers());

        meeting.Speak(2000, ("ben", Loud));
        Assert.Equal(["anna", "ben"], meeting.DominantSpeakers());
    }

    [Fact]
    public void A_paused_producer_does_not_win()
    {
        using var meeting = new Meeting("anna", "ben", "carl");
        meeting.WatchSpeakers(names: ["anna", "ben", "carl"]);
        meeting.BeQuiet();
        meeting.Producer("ben").Pause();
        meeting.Speak(2000, ("anna", Silent), ("ben", Loud));
        Assert.Equal(["anna"], meeting.DominantSpeakers());

        meeting.Producer("ben").Resume();
        meeting.Speak(2000, ("anna", Silent), ("ben", Loud));
        Assert.Equal(["anna", "ben"], meeting.DominantSpeakers());
    }

    [Fact]
    public void When_the_speakers_producer_closes_another_has_the_floor_at_once()
    {
        using var meeting = new Meeting("anna", "ben");
        meeting.WatchSpeakers(5000, "anna", "ben");
        meeting.BeQuiet();
        meeting.Speak(5000, ("anna", Loud), ("ben", Silent));
        Assert.Equal(["anna"], meeting.DominantSpeakers());

        meeting.TransportOf("anna").CloseProducer("anna");

        Assert.Equal(["anna", "ben"], meeting.DominantSpeakers());
        Assert.Equal(["observer"], meeting.World.Router.Dump().MapProducerIdObserverIds.Single().Value);
    }

    [Fact]
    public void When_the_speaker_is_removed_another_has_the_floor_at_once()
    {
        using var meeting = new Meeting("anna", "ben");
        var observer = meeting.WatchSpeakers(names: ["anna", "ben"]);
        meeting.World.Run(300);
        Assert.Equal(["anna"], meeting.DominantSpeakers());

        observer.RemoveProducer("anna");

        Assert.Equal(["anna", "ben"], meeting.DominantSpeakers());
        Assert.Empty(meeting.World.Router.Dump().MapProducerIdObserverIds.Single(entry => entry.Key == "anna").Value);
    }

    [Fact]
    public void Closing_the_observer_tells_nothing_and_leaves_nothing()
    {
        using var meeting = new Meeting("anna", "ben");
        meeting.WatchSpeakers(names: ["anna", "ben"]);
        meeting.World.Run(300);
        Assert.Equal(["observer"], meeting.World.Router.Dump().RtpObserverIds);

        meeting.World.Router.CloseRtpObserver("observer");
        meeting.Speak(1000, ("ben", Loud));

        Assert.Equal(["anna"], meeting.DominantSpeakers());
        Assert.Empty(meeting.World.Router.Dump().RtpObserverIds);
        Assert.Null(meeting.World.Worker.FindRequestHandler("observer"));
    }

    [Fact]
    public void What_cannot_be_watched_is_refused()
    {
        using var meeting = new Meeting("anna");
        meeting.World.ConnectPlain("video-transport").Transport.Produce(Media.Video("film"));
        var observer = meeting.WatchSpeakers(names: "anna");

        AssertRefused(RequestErrorKind.NotFoundError, () => observer.AddProducer("nobody"));
        AssertRefused(RequestErrorKind.NotFoundError, () => observer.RemoveProducer("nobody"));
        AssertRefused(RequestErrorKind.TypeError, () => observer.AddProducer("film"));
        AssertRefused(RequestErrorKind.Error, () => observer.AddProducer("anna"));
        AssertRefused(RequestErrorKind.Error, () => meeting.WatchSpeakers());
        AssertRefused(RequestErrorKind.NotFoundError, () => meeting.World.Router.CloseRtpObserver("nobody"));
        observer.RemoveProducer("anna");
        observer.RemoveProducer("anna");
    }

    [Fact]
    public void An_id_that_something_else_has_is_refused_and_leaves_no_observer()
    {
        using var meeting = new Meeting("anna");

        AssertRefused(RequestErrorKind.Error, () => meeting.World.Router.CreateActiveSpeakerObserver(new CreateActiveSpeakerObserverRequest
        {
            RtpObserverId = "anna",
            Options = new ActiveSpeakerObserverOptions { Interval = 300 },
        }));

        Assert.Empty(meeting.World.Router.Dump().RtpObserverIds);
        Assert.IsType<Producer>(meeting.World.Worker.FindRequestHandler("anna"));
    }

    private static void AssertRefused(RequestErrorKind kind, Action action) =>
        Assert.Equal(kind, Assert.Throws<RequestException>(action).Kind);
}
