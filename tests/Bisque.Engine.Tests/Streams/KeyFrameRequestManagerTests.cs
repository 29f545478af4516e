using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class KeyFrameRequestManagerTests : IKeyFrameRequestEvents
{
    private readonly List<uint> _requests = [];

    void IKeyFrameRequestEvents.RequestKeyFrame(Ssrc ssrc) => _requests.Add(ssrc.Value);

    [Fact]
    public void Many_requests_become_one_at_once_and_two_repetitions()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        manager.Request(Media, 0.Milliseconds());
        manager.Request(Media, 1.Milliseconds());
        manager.Request(Media, 100.Milliseconds());
        Assert.Single(_requests);

        RunUntil(manager, 10_000);
        Assert.Equal(3, _requests.Count);
        Assert.Equal(MonotonicTime.Never, manager.NextDeadline);
    }

    [Fact]
    public void A_request_while_another_one_is_unanswered_waits_for_no_full_second()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        manager.Request(Media, 0.Milliseconds());
        manager.Request(Media, 160.Milliseconds());

        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public void A_request_just_after_an_answered_one_is_repeated_once_the_sender_listens_again()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        manager.Request(Media, 0.Milliseconds());
        manager.OnKeyFrame(Media);
        manager.Request(Media, 60.Milliseconds());
        Assert.Single(_requests);
        RunUntil(manager, 100);
        Assert.Equal(2, _requests.Count);

        // A browser passes over what comes within 300 ms of the first request.
        RunUntil(manager, 319);
        Assert.Equal(2, _requests.Count);
        RunUntil(manager, 320);
        Assert.Equal(3, _requests.Count);
    }

    [Fact]
    public void A_sender_that_never_answers_is_asked_once_a_second()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        for (var i = 0; i < 10_000; i += 10)
        {
            RunUntil(manager, i);
            manager.Request(Media, i.Milliseconds());
        }

        Assert.InRange(_requests.Count, 10, 15);
    }

    [Fact]
    public void A_sender_that_answers_is_asked_ten_times_a_second_at_most()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        for (var i = 0; i < 1000; i++)
        {
            RunUntil(manager, i);
            manager.Request(Media, i.Milliseconds());
            manager.OnKeyFrame(Media);
        }

        Assert.InRange(_requests.Count, 1, 10);
    }

    [Fact]
    public void A_long_round_trip_is_waited_for()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        manager.Request(Media, 0.Milliseconds(), TimeSpan.FromMilliseconds(400));

        RunUntil(manager, 499);
        Assert.Single(_requests);
        RunUntil(manager, 500);
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public void After_a_key_frame_there_is_no_retry_and_the_next_request_goes_out_at_once()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        manager.Request(Media, 0.Milliseconds());
        manager.OnKeyFrame(Media);
        RunUntil(manager, 5000);
        Assert.Single(_requests);

        manager.Request(Media, 5000.Milliseconds());
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public void A_request_after_the_repetitions_is_repeated_again()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        manager.Request(Media, 0.Milliseconds());
        RunUntil(manager, 1400);
        Assert.Equal(3, _requests.Count);
        manager.Request(Media, 1500.Milliseconds());
        Assert.Equal(4, _requests.Count);

        RunUntil(manager, 10_000);
        Assert.Equal(6, _requests.Count);
    }

    [Fact]
    public void A_forced_request_goes_out_although_one_is_pending()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.FromMilliseconds(600), this);
        manager.Request(Media, 0.Milliseconds());
        manager.ForceRequest(Media, 300.Milliseconds());
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public void During_the_delay_requests_are_held_back_and_become_one_at_its_end()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.FromMilliseconds(3000), this);
        manager.Request(Media, 0.Milliseconds());
        manager.OnKeyFrame(Media);
        manager.Request(Media, 100.Milliseconds());
        manager.Request(Media, 200.Milliseconds());
        RunUntil(manager, 2999);
        Assert.Single(_requests);

        RunUntil(manager, 3000);
        Assert.Equal(2, _requests.Count);
        manager.OnKeyFrame(Media);
        RunUntil(manager, 20_000);
        Assert.Equal(2, _requests.Count);
    }

    [Fact]
    public void A_sender_that_does_not_answer_is_asked_once_in_each_delay()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.FromMilliseconds(3000), this);
        manager.Request(Media, 0.Milliseconds());
        RunUntil(manager, 2999);
        Assert.Single(_requests);

        manager.Request(Media, 2999.Milliseconds());
        RunUntil(manager, 5999);
        Assert.Equal(2, _requests.Count);
        RunUntil(manager, 60_000);
        Assert.Equal(3, _requests.Count);
    }

    [Fact]
    public void Streams_are_independent_and_a_clear_forgets_all()
    {
        var manager = new KeyFrameRequestManager(TimeSpan.Zero, this);
        manager.Request(Media, 0.Milliseconds());
        manager.Request(Rtx, 0.Milliseconds());
        manager.OnKeyFrame(Rtx);
        RunUntil(manager, 300);
        Assert.Equal([Media.Value, Rtx.Value, Media.Value], _requests);

        manager.Clear();
        RunUntil(manager, 10_000);
        Assert.Equal(3, _requests.Count);
    }

    private static void RunUntil(KeyFrameRequestManager manager, int ms)
    {
        while (manager.NextDeadline <= ms.Milliseconds())
        {
            manager.OnDeadline(manager.NextDeadline);
        }
    }
}
