using Bisque.Sctp.Packets;

namespace Bisque.Sctp.Tests.Send;

public class PartialReliabilityTests
{
    private static readonly SctpSendOptions Once = new() { MaxRetransmissions = 0 };

    [Fact]
    public void A_message_without_retransmissions_is_given_up_when_lost()
    {
        var sender = new SenderUnderTest();
        sender.Send("once", options: Once with { LifecycleId = 3 });
        sender.All();
        Assert.Null(sender.Forward());

        sender.Expire();

        Assert.Empty(sender.All());
        Assert.Equal("10 1:0", sender.Forward());
        Assert.Equal(SctpMessageOutcome.Abandoned, sender.Events.Settled[3]);
        Assert.Equal(0, sender.Retransmission.BytesInFlight);
    }

    [Fact]
    public void Limits_that_are_not_set_are_no_limits()
    {
        var sender = new SenderUnderTest();
        sender.Send("for ever", options: new() { Unordered = true });
        sender.All();
        for (var i = 0; i < 20; i++)
        {
            sender.Expire();
            Assert.Single(sender.All());
        }

        Assert.Null(sender.Forward());
    }

    [Fact]
    public void A_message_may_be_sent_again_as_often_as_allowed()
    {
        var sender = new SenderUnderTest();
        sender.Send("thrice", options: new() { MaxRetransmissions = 2 });
        sender.All();
        for (var i = 0; i < 2; i++)
        {
            sender.Expire();
            Assert.Single(sender.All());
        }

        sender.Expire();

        Assert.Empty(sender.All());
        Assert.NotNull(sender.Forward());
    }

    [Fact]
    public void A_message_whose_time_is_over_is_not_sent_again()
    {
        var sender = new SenderUnderTest();
        sender.Send("brief", options: new() { Lifetime = System.TimeSpan.FromMilliseconds(600) });
        sender.All();
        sender.Expire();
        Assert.Single(sender.All());

        sender.Expire();

        Assert.Empty(sender.All());
        Assert.Equal("10 1:0", sender.Forward());
    }

    [Fact]
    public void Without_partial_reliability_nothing_is_given_up()
    {
        var sender = new SenderUnderTest(partialReliability: false);
        sender.Send("once", options: Once);
        sender.All();

        sender.Expire();

        Assert.Single(sender.All());
        Assert.Null(sender.Forward());
    }

    [Fact]
    public void One_lost_fragment_gives_the_whole_message_up()
    {
        var sender = new SenderUnderTest();
        sender.Send(3000, options: Once);
        sender.Send(1100);
        sender.Send(1100);
        sender.All();

        sender.Sack(10, new GapBlock(2, 2));
        sender.Sack(10, new GapBlock(2, 3));
        sender.Send(1100);
        sender.All();
        sender.Sack(10, new GapBlock(2, 4));

        Assert.Equal("12 1:0", sender.Forward());
    }

    [Fact]
    public void What_is_unsent_of_a_message_given_up_is_never_sent()
    {
        var sender = new SenderUnderTest();
        sender.Send(50_000, options: Once);
        sender.Send("next");
        sender.All();
        var last = sender.Retransmission.LastAssignedTsn.Value;

        sender.Expire();

        Assert.Equal($"{last + 1} 1:0", sender.Forward());
        Assert.Equal(["next"], sender.All().Select(chunk => chunk.Text));
        Assert.Equal(0, sender.Queue.TotalBufferedAmount);
    }

    [Fact]
    public void A_peer_that_has_all_which_was_sent_is_told_that_no_more_comes()
    {
        var sender = new SenderUnderTest();
        sender.Send(50_000, options: new() { Lifetime = System.TimeSpan.FromMilliseconds(100) });
        sender.Packet();
        sender.Wait(101);
        sender.Sack(10);

        sender.All();

        Assert.Equal("11 1:0", sender.Forward());
    }

    [Fact]
    public void Unordered_messages_need_no_entry()
    {
        var sender = new SenderUnderTest();
        sender.Send("free", options: Once with { Unordered = true });
        sender.All();

        sender.Expire();

        Assert.Equal("10", sender.Forward());
    }

    [Fact]
    public void With_I_DATA_unordered_messages_have_one()
    {
        var sender = new SenderUnderTest(interleaved: true);
        sender.Send("a", 1, Once with { Unordered = true });
        sender.Send("b", 1, Once with { Unordered = true });
        sender.Send("c", 1, Once);
        sender.Send("d", 2, Once);
        sender.All();

        sender.Expire();

        Assert.Equal("13 1:u1 2:0 1:0".Split(' ').Order(), sender.Forward()!.Split(' ').Order());
    }

    [Fact]
    public void A_forward_stops_at_a_message_that_is_not_given_up()
    {
        var sender = new SenderUnderTest();
        sender.Send("a", options: Once);
        sender.Send("keep");
        sender.Send("c", options: Once);
        sender.All();

        sender.Expire();

        Assert.Equal("10 1:0", sender.Forward());
    }

    [Fact]
    public void A_forward_is_not_repeated_before_a_round_trip()
    {
        var sender = new SenderUnderTest();
        sender.Send("a", options: Once);
        sender.All();
        sender.Expire();

        Assert.NotNull(sender.Forward());
        sender.Wait(199);
        Assert.Null(sender.Forward());
        sender.Wait(1);
        Assert.NotNull(sender.Forward());
    }

    [Fact]
    public void A_forward_that_is_lost_is_repeated_by_the_timer()
    {
        var sender = new SenderUnderTest();
        sender.Send("a", options: Once);
        sender.All();
        sender.Expire();
        sender.Forward();

        sender.Expire();

        Assert.NotNull(sender.Forward());
        sender.Sack(10);
        Assert.Null(sender.Forward());
        Assert.True(sender.Retransmission.IsEmpty);
    }

    [Fact]
    public void A_forward_with_too_many_streams_goes_less_far()
    {
        var sender = new SenderUnderTest();
        for (ushort stream = 0; stream < 80; stream++)
        {
            sender.Send("a", stream, Once);
        }

        sender.All();
        sender.Expire();

        var forward = sender.Forward()!.Split(' ');
        Assert.Equal(65, forward.Length);
        Assert.Equal("73", forward[0]);
    }

    [Fact]
    public void A_forward_does_not_reach_behind_a_reset_that_the_peer_was_asked_for()
    {
        var sender = new SenderUnderTest();
        sender.Send("a", 1, Once);
        sender.All();
        sender.Retransmission.BeginStreamReset();
        sender.Send("b", 2, Once);
        sender.All();
        sender.Expire();

        Assert.Equal("10 1:0", sender.Forward());
        sender.Sack(10);
        sender.Wait(1000);
        Assert.Null(sender.Forward());
        sender.Retransmission.EndStreamReset();
        Assert.Equal("11 2:0", sender.Forward());
    }
}
