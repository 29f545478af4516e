using Bisque.Primitives;
using Bisque.Sctp.Send;

namespace Bisque.Sctp.Tests.Send;

public class SendQueueTests
{
    [Fact]
    public void A_message_that_fits_is_one_chunk()
    {
        var sender = new SenderUnderTest();
        sender.Send("hello", 7);

        var chunk = Assert.Single(sender.Packet());

        Assert.Equal(new(10, 7, 0, 0, "hello", true, true, false, false), chunk);
    }

    [Fact]
    public void A_long_message_is_cut_to_fill_packets()
    {
        var sender = new SenderUnderTest();
        sender.Send(sender.FullPayload * 2 + 5);

        var chunks = sender.All();

        Assert.Equal([sender.FullPayload, sender.FullPayload, 5], chunks.Select(chunk => chunk.Text.Length));
        Assert.Equal([true, false, false], chunks.Select(chunk => chunk.Begins));
        Assert.Equal([false, false, true], chunks.Select(chunk => chunk.Ends));
        Assert.All(chunks, chunk => Assert.Equal(0u, chunk.Number));
    }

    [Fact]
    public void Small_messages_share_a_packet()
    {
        var sender = new SenderUnderTest();
        sender.Send("a");
        sender.Send("b");

        Assert.Equal(["a", "b"], sender.Packet().Select(chunk => chunk.Text));
    }

    [Fact]
    public void A_message_is_not_cut_to_fit_behind_another()
    {
        var sender = new SenderUnderTest();
        sender.Send(600);
        sender.Send(800);

        Assert.Equal([600], sender.Packet().Select(chunk => chunk.Text.Length));
        Assert.Equal([800], sender.Packet().Select(chunk => chunk.Text.Length));
    }

    [Fact]
    public void Ordered_messages_are_numbered_and_unordered_ones_are_not()
    {
        var sender = new SenderUnderTest();
        sender.Send("a");
        sender.Send("b", options: new() { Unordered = true });
        sender.Send("c");

        Assert.Equal([0u, 0u, 1u], sender.All().Select(chunk => chunk.Number));
    }

    [Fact]
    public void With_I_DATA_unordered_messages_have_numbers_of_their_own()
    {
        var sender = new SenderUnderTest(interleaved: true);
        sender.Send("a");
        sender.Send("b", options: new() { Unordered = true });
        sender.Send("c", options: new() { Unordered = true });

        Assert.Equal([0u, 0u, 1u], sender.All().Select(chunk => chunk.Number));
    }

    [Fact]
    public void With_I_DATA_fragments_are_numbered()
    {
        var sender = new SenderUnderTest(interleaved: true);
        sender.Send(3000);

        Assert.Equal([0u, 1u, 2u], sender.All().Select(chunk => chunk.Fsn));
    }

    [Fact]
    public void Streams_take_turns_message_by_message()
    {
        var sender = new SenderUnderTest();
        foreach (var (stream, text) in new[] { (1, "a"), (1, "b"), (1, "c"), (2, "x"), (2, "y"), (3, "z") })
        {
            sender.Send(text, (ushort)stream);
        }

        Assert.Equal("axzbyc", string.Concat(sender.All().Select(chunk => chunk.Text)));
    }

    [Fact]
    public void Without_I_DATA_a_long_message_is_not_interrupted()
    {
        var sender = new SenderUnderTest();
        sender.Send(3000, 1);
        sender.Send(3000, 2);

        Assert.Equal([1, 1, 1, 2, 2, 2, 2], sender.All().Select(chunk => (int)chunk.Stream));
    }

    [Fact]
    public void With_I_DATA_long_messages_take_turns_by_fragments()
    {
        var sender = new SenderUnderTest(interleaved: true);
        sender.Send(3000, 1);
        sender.Send(3000, 2);

        Assert.Equal([1, 2, 1, 2], sender.All().Take(4).Select(chunk => (int)chunk.Stream));
    }

    [Fact]
    public void With_I_DATA_a_stream_of_twice_the_priority_has_twice_the_bytes()
    {
        var sender = new SenderUnderTest(new() { SendBufferSize = 10_000_000 }, interleaved: true);
        sender.Queue.SetPriority(1, 512);
        for (var i = 0; i < 300; i++)
        {
            sender.Send(1000, 1);
            sender.Send(1000, 2);
        }

        var fragments = new List<OutgoingFragment>();
        while (fragments.Count < 300 && sender.Queue.TryProduce(1100, 1100, true, sender.Now, out var fragment) == ProduceResult.Fragment)
        {
            fragments.Add(fragment);
        }

        Assert.InRange(fragments.Count(fragment => fragment.Message.Stream.Id == 1), 198, 202);
    }

    [Fact]
    public void A_stream_that_was_idle_has_saved_nothing_up()
    {
        var sender = new SenderUnderTest(interleaved: true);
        for (var i = 0; i < 8; i++)
        {
            sender.Send(1000, 1);
        }

        sender.Burst();
        for (var i = 0; i < 4; i++)
        {
            sender.Send(1000, 2);
        }

        Assert.Contains(sender.Burst().SelectMany(packet => packet), chunk => chunk.Stream == 1);
    }

    [Fact]
    public void What_is_wrong_with_a_message_is_said()
    {
        var sender = new SenderUnderTest(new() { MaxSendMessageSize = 10 });

        Assert.Equal(SctpSendStatus.MessageEmpty, sender.Send(""));
        Assert.Equal(SctpSendStatus.MessageTooLarge, sender.Send(11));
        Assert.Equal(SctpSendStatus.InvalidStream, sender.Send("a", 100));
        Assert.Equal(0, sender.Queue.TotalBufferedAmount);
    }

    [Fact]
    public void A_full_buffer_takes_no_more()
    {
        var sender = new SenderUnderTest(new() { SendBufferSize = 1000 });

        Assert.Equal(SctpSendStatus.Success, sender.Send(999));
        Assert.Equal(SctpSendStatus.Success, sender.Send(500));
        Assert.Equal(SctpSendStatus.ResourceExhaustion, sender.Send(1, 2));
    }

    [Fact]
    public void A_full_stream_takes_no_more_and_others_do()
    {
        var sender = new SenderUnderTest(new() { PerStreamSendQueueLimit = 1000 });

        Assert.Equal(SctpSendStatus.Success, sender.Send(1000));
        Assert.Equal(SctpSendStatus.ResourceExhaustion, sender.Send(1));
        Assert.Equal(SctpSendStatus.Success, sender.Send(1, 2));
    }

    [Fact]
    public void Tiny_messages_are_bounded_by_number()
    {
        var sender = new SenderUnderTest(new() { SendBufferSize = 32_000 });
        var count = 0;
        while (sender.Send(1) == SctpSendStatus.Success)
        {
            count++;
        }

        Assert.Equal(1000, count);
    }

    [Fact]
    public void The_buffered_amount_is_what_has_not_been_sent()
    {
        var sender = new SenderUnderTest();
        sender.Send(2000, 1);
        sender.Send(10, 2);

        sender.Packet();

        Assert.Equal(2000 - sender.FullPayload, sender.Queue.BufferedAmount(1));
        Assert.Equal(10, sender.Queue.BufferedAmount(2));
        Assert.Equal(2010 - sender.FullPayload, sender.Queue.TotalBufferedAmount);
        Assert.Equal(0, sender.Queue.BufferedAmount(3));
    }

    [Fact]
    public void Falling_to_the_threshold_is_told_once()
    {
        var sender = new SenderUnderTest();
        sender.Queue.SetLowThreshold(1, 1500);
        sender.Send(1000);
        sender.Send(1000);
        sender.Send(1000);

        sender.Packet();
        Assert.Empty(sender.Events.Low);
        sender.Packet();
        Assert.Equal([(ushort)1], sender.Events.Low);
        sender.Packet();
        Assert.Single(sender.Events.Low);
    }

    [Fact]
    public void Raising_the_threshold_above_what_waits_is_told()
    {
        var sender = new SenderUnderTest();
        sender.Send(2000);

        sender.Queue.SetLowThreshold(1, 1999);
        Assert.Empty(sender.Events.Low);
        sender.Queue.SetLowThreshold(1, 2000);
        Assert.Single(sender.Events.Low);
    }

    [Fact]
    public void Falling_to_nine_tenths_of_the_buffer_is_told()
    {
        var sender = new SenderUnderTest(new() { SendBufferSize = 10_000 });
        for (var i = 0; i < 10; i++)
        {
            sender.Send(1000);
        }

        sender.Packet();

        Assert.Equal(1, sender.Events.TotalLow);
    }

    [Fact]
    public void A_handler_may_queue_more()
    {
        var sender = new SenderUnderTest();
        sender.Queue.SetLowThreshold(1, 0);
        sender.Events.WhenLow = () =>
        {
            sender.Events.WhenLow = null;
            sender.Send("more");
        };
        sender.Send("first");

        Assert.Equal(["first", "more"], sender.All().Select(chunk => chunk.Text));
    }

    [Fact]
    public void A_message_whose_time_is_over_is_not_sent()
    {
        var sender = new SenderUnderTest();
        sender.Send("late", options: new() { Lifetime = TimeSpan.FromMilliseconds(100), LifecycleId = 5 });
        sender.Send("good");

        sender.Wait(101);

        Assert.Equal(new(10, 1, 0, 0, "good", true, true, false, false), Assert.Single(sender.All()));
        Assert.Equal(SctpMessageOutcome.Expired, sender.Events.Settled[5]);
        Assert.Equal(0, sender.Queue.TotalBufferedAmount);
    }

    [Fact]
    public void A_message_of_no_lifetime_is_sent_if_it_can_be_at_once()
    {
        var sender = new SenderUnderTest();
        sender.Send("now", options: new() { Lifetime = TimeSpan.Zero });

        Assert.Single(sender.All());
    }

    [Fact]
    public void Without_partial_reliability_no_message_expires()
    {
        var sender = new SenderUnderTest(partialReliability: false);
        sender.Send("kept", options: new() { Lifetime = TimeSpan.FromMilliseconds(100) });

        sender.Wait(1000);

        Assert.Single(sender.All());
    }

    [Fact]
    public void A_reset_waits_until_what_is_queued_has_been_sent()
    {
        var sender = new SenderUnderTest();
        sender.Send(2000);
        sender.Packet();

        Assert.True(sender.Queue.PrepareReset(1));
        Assert.False(sender.Queue.PrepareReset(1));
        sender.Send("after");
        Assert.False(sender.Queue.HasStreamsReadyForReset);
        sender.All();
        Assert.True(sender.Queue.HasStreamsReadyForReset);
        Assert.Equal(5, sender.Queue.BufferedAmount(1));
    }

    [Fact]
    public void After_a_reset_numbers_begin_anew_and_what_waited_is_sent()
    {
        var sender = new SenderUnderTest();
        sender.Send("a");
        sender.All();
        sender.Queue.PrepareReset(1);
        sender.Send("after");
        Assert.Equal([(ushort)1], Take(sender));
        Assert.Empty(sender.All());

        sender.Queue.CommitReset();

        var chunk = Assert.Single(sender.All());
        Assert.Equal((0u, "after"), (chunk.Number, chunk.Text));
    }

    [Fact]
    public void After_a_refused_reset_numbers_go_on()
    {
        var sender = new SenderUnderTest();
        sender.Send("a");
        sender.All();
        sender.Queue.PrepareReset(1);
        sender.Send("after");
        Take(sender);

        sender.Queue.RollbackReset();

        Assert.Equal(1u, Assert.Single(sender.All()).Number);
    }

    [Fact]
    public void Other_streams_go_on_during_a_reset()
    {
        var sender = new SenderUnderTest();
        sender.Queue.PrepareReset(1);
        Take(sender);
        sender.Send("held", 1);
        sender.Send("sent", 2);

        Assert.Equal(["sent"], sender.All().Select(chunk => chunk.Text));
    }

    [Fact]
    public void After_a_restart_a_message_sent_in_part_begins_again()
    {
        var sender = new SenderUnderTest();
        sender.Send(2000);
        sender.Packet();

        sender.Retransmission.GiveUp();
        sender.Queue.Restart();

        Assert.Equal(2000, sender.Queue.BufferedAmount(1));
        Assert.Equal(2000, sender.Queue.TotalBufferedAmount);
        var first = sender.Packet()[0];
        Assert.True(first.Begins);
        Assert.Equal(0u, first.Number);
    }

    [Fact]
    public void What_waits_on_streams_that_the_peer_does_not_allow_is_dropped()
    {
        var sender = new SenderUnderTest();
        sender.Send("kept", 4);
        sender.Send("dropped", 5, new() { LifecycleId = 1 });

        sender.Queue.SetCapabilities(new() { OutgoingStreams = 5 });

        Assert.Equal(["kept"], sender.All().Select(chunk => chunk.Text));
        Assert.Equal(SctpMessageOutcome.Expired, sender.Events.Settled[1]);
        Assert.Equal(0, sender.Queue.TotalBufferedAmount);
    }

    [Fact]
    public void At_the_end_all_that_waits_is_settled()
    {
        var sender = new SenderUnderTest();
        sender.Send("sent", options: new() { LifecycleId = 1 });
        sender.Packet();
        sender.Send("waiting", options: new() { LifecycleId = 2 });

        sender.Retransmission.GiveUp();
        sender.Queue.Close();

        Assert.Equal(SctpMessageOutcome.Abandoned, sender.Events.Settled[1]);
        Assert.Equal(SctpMessageOutcome.Expired, sender.Events.Settled[2]);
        Assert.True(sender.Queue.IsEmpty);
        Assert.Equal(MonotonicTime.Never, sender.Retransmission.NextDeadline);
    }

    private static ushort[] Take(SenderUnderTest sender)
    {
        var streams = new ushort[10];
        return streams[..sender.Queue.TakeStreamsForReset(streams)];
    }
}
