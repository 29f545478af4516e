using Bisque.Primitives;
using Bisque.Sctp.Packets;
using Bisque.Sctp.Send;
using Bisque.Testing;

namespace Bisque.Sctp.Tests.Send;

public class RetransmissionQueueTests
{
    private const int Mtu = 1188;

    [Fact]
    public void What_is_acknowledged_is_done_with()
    {
        var sender = Sent(3);

        Assert.Equal(SackOutcome.Progress, sender.Sack(12));

        Assert.True(sender.Retransmission.IsEmpty);
        Assert.Equal(0, sender.Retransmission.BytesInFlight);
        Assert.Equal(MonotonicTime.Never, sender.Retransmission.NextDeadline);
    }

    [Fact]
    public void At_most_four_packets_go_at_one_opportunity()
    {
        var sender = new SenderUnderTest();
        Queue(sender, 8);

        Assert.Equal(4, sender.Burst().Count);
        Assert.Equal(4, sender.Burst().Count);
        Assert.Empty(sender.Burst());
    }

    [Fact]
    public void At_first_ten_packets_may_be_in_flight()
    {
        var sender = new SenderUnderTest();
        Queue(sender, 20);

        Assert.Equal(11, sender.All().Count);
        Assert.InRange(sender.Retransmission.BytesInFlight, 10 * Mtu, 11 * Mtu);
    }

    [Fact]
    public void A_full_window_grows_by_a_packet_in_slow_start()
    {
        var sender = new SenderUnderTest();
        Queue(sender, 30);
        sender.All();

        sender.Sack(11);

        Assert.Equal(11 * Mtu, sender.Retransmission.CongestionWindow);
    }

    [Fact]
    public void A_window_that_is_not_used_does_not_grow()
    {
        var sender = Sent(2);

        sender.Sack(11);

        Assert.Equal(10 * Mtu, sender.Retransmission.CongestionWindow);
    }

    [Fact]
    public void Above_the_threshold_the_window_grows_by_a_packet_per_window()
    {
        var sender = new SenderUnderTest(peerWindow: 10 * Mtu - 100);
        Queue(sender, 200);
        sender.All();
        uint acknowledged = 9;
        var grown = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            acknowledged++;
            sender.Sack(acknowledged);
            sender.All();
            grown.Add(sender.Retransmission.CongestionWindow / Mtu);
        }

        Assert.InRange(grown[^1], 12, 14);
    }

    [Fact]
    public void Three_reports_of_a_missing_chunk_send_it_again()
    {
        var sender = Sent(6);

        sender.Sack(9, new GapBlock(2, 2));
        sender.Sack(9, new GapBlock(2, 3));
        Assert.Empty(sender.Tsns());
        sender.Sack(9, new GapBlock(2, 4));

        Assert.Equal([10u], sender.Tsns());
        Assert.Equal(1, sender.Retransmission.Retransmissions);
    }

    [Fact]
    public void The_same_report_again_does_not_count()
    {
        var sender = Sent(6);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(i == 0 ? SackOutcome.Progress : SackOutcome.NothingNew, sender.Sack(9, new GapBlock(2, 2)));
        }

        Assert.Empty(sender.Tsns());
    }

    [Fact]
    public void A_loss_halves_the_window_once_until_all_that_was_in_flight_has_arrived()
    {
        var sender = new SenderUnderTest();
        Queue(sender, 30);
        sender.All();
        for (ushort end = 2; end < 5; end++)
        {
            sender.Sack(9, new GapBlock(2, end));
        }

        Assert.Equal(5 * Mtu, sender.Retransmission.CongestionWindow);
        Assert.Equal(5 * Mtu, sender.Retransmission.SlowStartThreshold);
        sender.All();

        // The sixth is missing as well; it is of the same flight.
        sender.Sack(14, new GapBlock(2, 6));
        Assert.Equal(5 * Mtu, sender.Retransmission.CongestionWindow);
    }

    [Fact]
    public void The_packet_of_a_fast_retransmit_goes_although_the_window_is_full()
    {
        var sender = new SenderUnderTest();
        Queue(sender, 30);
        sender.All();
        for (ushort end = 2; end < 5; end++)
        {
            sender.Sack(9, new GapBlock(2, end));
        }

        Assert.True(sender.Retransmission.BytesInFlight > sender.Retransmission.CongestionWindow);
        Assert.Equal([10u], sender.Tsns());
    }

    [Fact]
    public void A_chunk_is_sent_again_fast_only_once()
    {
        var sender = Sent(12);
        for (ushort end = 2; end < 5; end++)
        {
            sender.Sack(9, new GapBlock(2, end));
        }

        Assert.Equal([10u], sender.Tsns());
        sender.Wait(1);
        for (ushort end = 5; end < 12; end++)
        {
            sender.Sack(9, new GapBlock(2, end));
        }

        Assert.Empty(sender.Tsns());
        sender.Expire();
        Assert.Equal([10u], sender.Tsns());
    }

    [Fact]
    public void When_nothing_is_heard_everything_is_sent_again_one_packet_first()
    {
        var sender = new SenderUnderTest();
        Queue(sender, 4);
        sender.All();
        Assert.Equal(1500.Milliseconds(), sender.Retransmission.NextDeadline);

        sender.Expire();

        Assert.Equal(Mtu, sender.Retransmission.CongestionWindow);
        Assert.Equal(5 * Mtu, sender.Retransmission.SlowStartThreshold);
        Assert.Equal([10u], sender.Tsns());
        sender.Sack(10);
        Assert.Equal([11u, 12u], sender.Tsns());
    }

    [Fact]
    public void Waits_double_until_something_is_acknowledged()
    {
        var sender = Sent(1);
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var from = sender.Now;
            sender.Expire();
            waits.Add((sender.Now - from).TotalMilliseconds);
            sender.All();
        }

        Assert.Equal([500, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000], waits);
        sender.Sack(10);
        sender.Send("next");
        sender.All();
        Assert.Equal(500, (sender.Retransmission.NextDeadline - sender.Now).TotalMilliseconds);
    }

    [Fact]
    public void What_the_peer_had_and_waits_for_again_is_sent_again()
    {
        var sender = Sent(3);
        sender.Sack(9, new GapBlock(2, 3));
        sender.Sack(10);

        sender.Expire();

        Assert.Equal([11u], sender.Tsns());
        sender.Sack(12);
        Assert.True(sender.Retransmission.IsEmpty);
        Assert.Equal(0, sender.Retransmission.BytesInFlight);
    }

    [Fact]
    public void The_timer_begins_again_when_the_first_chunk_is_acknowledged()
    {
        var sender = Sent(2);
        sender.Wait(300);

        sender.Sack(10);

        Assert.Equal(sender.Timeout.Value, sender.Retransmission.NextDeadline - sender.Now);
    }

    [Fact]
    public void The_round_trip_is_measured()
    {
        var sender = Sent(1);
        sender.Wait(123);

        sender.Sack(10);

        Assert.Equal(123, sender.Timeout.SmoothedRoundTrip.TotalMilliseconds);
    }

    [Fact]
    public void A_chunk_that_was_sent_twice_measures_nothing()
    {
        var sender = Sent(1);
        sender.Expire();
        sender.All();
        sender.Wait(50);

        sender.Sack(10);

        Assert.Equal(TimeSpan.Zero, sender.Timeout.SmoothedRoundTrip);
    }

    [Theory]
    [InlineData(13, 0, 0)]
    [InlineData(5000, 0, 0)]
    [InlineData(10, 1, 3)]
    [InlineData(10, 2, 1)]
    [InlineData(10, 0, 1)]
    [InlineData(10, 60_000, 65_535)]
    public void Acknowledgements_of_what_was_not_sent_are_refused(uint cumulative, ushort start, ushort end)
    {
        var sender = Sent(3);
        var inFlight = sender.Retransmission.BytesInFlight;

        Assert.Equal(SackOutcome.Refused, end == 0 ? sender.Sack(cumulative) : sender.Sack(cumulative, new GapBlock(start, end)));

        Assert.Equal(inFlight, sender.Retransmission.BytesInFlight);
        Assert.True(sender.Retransmission.HasOutstanding);
    }

    [Fact]
    public void A_SACK_older_than_the_last_is_ignored()
    {
        var sender = Sent(3);
        sender.Sack(12);

        Assert.Equal(SackOutcome.Old, sender.SackWithWindow(10, 0));
        Assert.Equal(1_000_000, sender.Retransmission.PeerWindow);
    }

    [Fact]
    public void No_more_is_in_flight_than_the_peer_has_room_for()
    {
        var sender = new SenderUnderTest(peerWindow: 3000);
        Queue(sender, 10);

        Assert.Equal(2, sender.All().Count);
        Assert.InRange(sender.Retransmission.BytesInFlight, 1, 3000);
    }

    [Fact]
    public void A_closed_window_is_probed_with_one_chunk()
    {
        var sender = new SenderUnderTest();
        Queue(sender, 10);
        sender.Packet();

        Assert.Equal(SackOutcome.Progress, sender.SackWithWindow(10, 0));
        Assert.Equal([11u], sender.Tsns());
        Assert.Equal(SackOutcome.Progress, sender.SackWithWindow(10, 0));
        Assert.Empty(sender.Tsns());
        sender.Expire();
        Assert.Equal([11u], sender.Tsns());
        sender.SackWithWindow(11, 100_000);
        Assert.NotEmpty(sender.Tsns());
    }

    [Fact]
    public void With_a_small_window_chunks_ask_for_a_SACK_at_once()
    {
        var sender = Sent(1);
        sender.Expire();

        Assert.True(sender.All()[0].Immediate);
    }

    [Fact]
    public void A_chunk_that_does_not_fit_is_left_for_the_next_packet()
    {
        var sender = new SenderUnderTest();
        sender.Send(sender.FullPayload);
        sender.All();
        sender.Expire();

        Assert.Empty(sender.Packet(sender.Room - 20));
        Assert.Single(sender.Packet());
    }

    [Fact]
    public void A_small_window_is_not_filled_with_crumbs()
    {
        var sender = new SenderUnderTest(peerWindow: 1300);
        sender.Send(3000);

        Assert.Equal([sender.FullPayload], sender.All().Select(chunk => chunk.Text.Length));
    }

    [Fact]
    public void A_message_behind_a_SACK_is_cut_to_the_room_that_is_left()
    {
        var sender = new SenderUnderTest();
        sender.Send(sender.FullPayload);

        Assert.Equal(sender.FullPayload - 40, Assert.Single(sender.Packet(sender.Room - 40)).Text.Length);
        Assert.Equal(40, Assert.Single(sender.Packet()).Text.Length);
    }

    [Fact]
    public void A_message_acknowledged_whole_is_settled()
    {
        var sender = new SenderUnderTest();
        sender.Send(3000, options: new() { LifecycleId = 9 });
        sender.All();

        sender.Sack(10, new GapBlock(2, 2));
        Assert.Empty(sender.Events.Settled);
        sender.Sack(11, new GapBlock(1, 1));

        Assert.Equal(SctpMessageOutcome.Acknowledged, sender.Events.Settled[9]);
    }

    [Fact]
    public void Numbers_wrap()
    {
        var sender = new SenderUnderTest();
        var queue = new RetransmissionQueue(new(), sender.Queue, new(uint.MaxValue - 1), 100_000, new() { OutgoingStreams = 10 }, sender.Timeout);
        sender.Send("a");
        sender.Send("b");
        sender.Send("c");
        var room = new byte[1000];

        Assert.NotEqual(0, queue.WriteChunks(room, sender.Now));

        Assert.Equal(new Tsn(0), queue.LastAssignedTsn);
        Assert.Equal(new Tsn(1), queue.NextTsn);
    }

    private static SenderUnderTest Sent(int count)
    {
        var sender = new SenderUnderTest();
        for (var i = 0; i < count; i++)
        {
            sender.Send(1000);
        }

        Assert.Equal(Math.Min(count, 12), sender.All().Count);
        return sender;
    }

    private static void Queue(SenderUnderTest sender, int packets)
    {
        for (var i = 0; i < packets; i++)
        {
            sender.Send(1100);
        }
    }
}
