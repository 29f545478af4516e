using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Congestion.Tests;

/// <summary>Feedback of arrivals by transport-wide sequence numbers.</summary>
public sealed class TransportFeedbackTests
{
    private readonly ServerUnderTest _test = new(CongestionControlMode.TransportCc);

    [Fact]
    public void Arrivals_are_fed_back_after_100_ms()
    {
        _test.RunFor(10);
        _test.ReceiveAll(5, 6, 7);

        _test.RunUntil(10_099.Milliseconds());
        Assert.Empty(_test.Rtcp.Packets);
        _test.RunUntil(10_100.Milliseconds());

        var feedback = Assert.Single(_test.Rtcp.TakeFeedback());
        Assert.Equal([(5, 10_010), (6, 10_011), (7, 10_012)], feedback.Statuses);
        Assert.Equal(ServerUnderTest.Stream, feedback.MediaSsrc);
        Assert.Equal(0, feedback.Count);
    }

    [Fact]
    public void Feedback_packets_are_counted_and_go_on_where_the_last_one_ended()
    {
        for (var i = 0; i < 300; i++)
        {
            _test.Receive(2 * i);
            _test.RunFor(100);
        }

        var feedback = _test.Rtcp.TakeFeedback();
        Assert.Equal(Enumerable.Range(0, 300).Select(i => i & 0xff), feedback.Select(f => f.Count));
        Assert.Equal(Enumerable.Range(0, 599), feedback.SelectMany(f => f.Statuses).Select(s => s.Number));
        Assert.Equal([(1, null), (2, 10_100)], feedback[1].Statuses);
    }

    [Fact]
    public void Nothing_is_sent_when_nothing_arrived()
    {
        _test.ReceiveAll(1);
        _test.RunFor(1000);

        Assert.Single(_test.Rtcp.Packets);
    }

    [Fact]
    public void Gaps_are_reported_missing()
    {
        _test.ReceiveAll(10, 13);
        _test.RunFor(100);

        var feedback = Assert.Single(_test.Rtcp.TakeFeedback());
        Assert.Equal([(10, 10_000.0), (11, null), (12, null), (13, 10_001)], feedback.Statuses);
    }

    [Fact]
    public void Reordered_packets_are_reported_in_order_with_their_own_times()
    {
        _test.ReceiveAll(10, 12, 11);
        _test.RunFor(100);

        var feedback = Assert.Single(_test.Rtcp.TakeFeedback());
        Assert.Equal([(10, 10_000.0), (11, 10_002), (12, 10_001)], feedback.Statuses);
    }

    [Fact]
    public void Numbers_wrap()
    {
        _test.ReceiveAll(65534, 65535, 0, 1);
        _test.RunFor(100);

        var feedback = Assert.Single(_test.Rtcp.TakeFeedback());
        Assert.Equal([65534, 65535, 0, 1], feedback.Statuses.Select(s => s.Number));
        Assert.All(feedback.Statuses, s => Assert.NotNull(s.Milliseconds));
    }

    [Fact]
    public void A_duplicate_keeps_the_first_arrival()
    {
        _test.ReceiveAll(1, 2, 1, 2);
        _test.RunFor(100);

        Assert.Equal([(1, 10_000.0), (2, 10_001)], Assert.Single(_test.Rtcp.TakeFeedback()).Statuses);
    }

    [Fact]
    public void A_packet_that_was_reported_missing_is_reported_when_it_comes_with_all_that_followed_it()
    {
        _test.ReceiveAll(1, 2, 4);
        _test.RunFor(100);
        _test.Rtcp.Packets.Clear();

        _test.ReceiveAll(3);
        _test.RunFor(100);

        Assert.Equal([3, 4], Assert.Single(_test.Rtcp.TakeFeedback()).Statuses.Where(s => s.Milliseconds is not null).Select(s => s.Number));
    }

    [Fact]
    public void Arrivals_are_forgotten_after_half_a_second()
    {
        _test.ReceiveAll(1, 2, 4);
        _test.RunFor(700);
        _test.ReceiveAll(5);
        _test.RunFor(100);
        _test.Rtcp.Packets.Clear();

        _test.ReceiveAll(3);
        _test.RunFor(100);

        // 4 arrived too long ago to be repeated, 5 did not.
        Assert.Equal([3, 5], Assert.Single(_test.Rtcp.TakeFeedback()).Statuses.Where(s => s.Milliseconds is not null).Select(s => s.Number));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(200)]
    [InlineData(1292)]
    public void What_does_not_fit_one_packet_is_split_and_nothing_gets_lost(int limit)
    {
        var test = new ServerUnderTest(CongestionControlMode.TransportCc, limit);
        var random = new SeededRandomSource(5);
        List<int> sent = [];
        for (var i = 60_000; sent.Count < 3000; i += random.NextInt32(1, 3))
        {
            sent.Add(i & 0xffff);
            test.Receive(i);
            test.RunUntil(test.Now + TimeSpan.FromMicroseconds(random.NextInt32(0, 200)));
        }

        test.RunFor(100);

        var feedback = test.Rtcp.TakeFeedback();
        Assert.All(feedback, f => Assert.InRange(f.Length, 20, limit));
        Assert.Equal(sent, feedback.SelectMany(f => f.Statuses).Where(s => s.Milliseconds is not null).Select(s => s.Number));
        var numbers = feedback.SelectMany(f => f.Statuses).Select(s => s.Number).ToArray();
        Assert.Equal(Enumerable.Range(60_000, numbers.Length).Select(n => n & 0xffff), numbers);
    }

    [Fact]
    public void Rounding_errors_of_arrival_times_do_not_add_up()
    {
        var arrivals = new List<double>();
        for (var i = 0; i < 70; i++)
        {
            ReceiveAndWait(i, TimeSpan.FromMicroseconds(1374));
        }

        _test.RunFor(100);

        var statuses = _test.Rtcp.TakeFeedback().SelectMany(f => f.Statuses).ToArray();
        Assert.Equal(70, statuses.Length);
        Assert.All(statuses.Zip(arrivals), pair => Assert.InRange(pair.First.Milliseconds!.Value - pair.Second, -0.125, 0.125));

        void ReceiveAndWait(int number, TimeSpan step)
        {
            arrivals.Add(_test.Now.Microseconds / 1000.0);
            _test.Receive(number);
            _test.RunUntil(_test.Now + step);
        }
    }

    [Fact]
    public void Nothing_goes_out_while_the_transport_is_not_connected()
    {
        _test.Server.Stop();
        _test.ReceiveAll(1);
        Assert.Equal(MonotonicTime.Never, _test.Server.NextDeadline);
        _test.RunFor(1000);
        _test.Server.OnDeadline(_test.Now);
        Assert.Empty(_test.Rtcp.Packets);

        _test.Server.Start(_test.Now);
        _test.RunFor(100);
        Assert.Equal(1, Assert.Single(Assert.Single(_test.Rtcp.TakeFeedback()).Statuses).Number);
    }

    [Fact]
    public void A_packet_without_the_extension_is_not_fed_back()
    {
        _test.Server.OnRtpPacket(_test.Now, ServerUnderTest.Stream, null, 1, 1200);
        _test.RunFor(100);

        Assert.Empty(_test.Rtcp.Packets);
    }

    [Fact]
    public void Packet_loss_weighs_later_feedback_more()
    {
        Assert.Equal(0, _test.Server.PacketLoss);
        _test.ReceiveAll(0, 1);
        _test.RunFor(100);
        Assert.Equal(0, _test.Server.PacketLoss);

        // 2 is lost, 3 arrives: half of this packet's statuses. Weights 1 and 2.
        _test.ReceiveAll(3);
        _test.RunFor(100);
        Assert.Equal(2 * 0.5 / 3, _test.Server.PacketLoss, 9);

        _test.ReceiveAll(4);
        _test.RunFor(100);
        Assert.Equal(2 * 0.5 / 6, _test.Server.PacketLoss, 9);
    }

    [Fact]
    public void Packet_loss_is_forgotten_after_24_feedback_packets()
    {
        _test.ReceiveAll(0, 9);
        for (var i = 10; i < 34; i++)
        {
            _test.RunFor(100);
            Assert.True(_test.Server.PacketLoss > 0);
            _test.ReceiveAll(i);
        }

        _test.RunFor(100);
        Assert.Equal(0, _test.Server.PacketLoss);
    }

    [Fact]
    public void Hostile_numbers_and_times_leave_bounded_state_and_well_formed_feedback()
    {
        var random = new SeededRandomSource(11);
        var test = new ServerUnderTest(CongestionControlMode.TransportCc, 300);
        var number = 0;
        long recorded = 0;
        for (var i = 0; i < 200_000; i++)
        {
            number += random.NextInt32(0, 9) switch
            {
                0 => random.NextInt32(-40_000, 40_000),
                1 => random.NextInt32(-300, 300),
                2 => 32768,
                _ => 1,
            };
            var arrival = random.NextInt32(0, 20) == 0
                ? new MonotonicTime(Math.Max(0, test.Now.Microseconds + random.NextInt32(-20_000_000, 20_000_000)))
                : test.Now;
            test.Server.OnRtpPacket(arrival, ServerUnderTest.Stream, (ushort)number, (uint)number, 1200);
            if (i % 20 == 0)
            {
                test.RunFor(20);
                recorded += test.Rtcp.Packets.Sum(p => (long)p.Length);
                if (i % 1000 == 0)
                {
                    Assert.All(test.Rtcp.TakeFeedback(), f => Assert.InRange(f.Statuses.Count, 1, ushort.MaxValue));
                }

                test.Rtcp.Packets.Clear();
            }
        }

        Assert.InRange(test.Server.PacketLoss, 0, 1);
        Assert.True(recorded > 0);
    }

    [Fact]
    public void A_packet_allocates_nothing()
    {
        var server = new CongestionControlServer(new CongestionControlServerOptions(), new DroppedRtcp());
        var now = 1000.Milliseconds();
        server.Start(now);
        server.SetMaxIncomingBitrate(new Bitrate(500_000), now);
        ushort number = 0;

        Assert.Equal(0, AllocationAssert.BytesAllocated(
            () =>
            {
                now += TimeSpan.FromMilliseconds(1);
                server.OnRtpPacket(now, ServerUnderTest.Stream, number, null, 1200);
                number += (ushort)(number % 7 == 0 ? 2 : 1);
                if (server.NextDeadline <= now)
                {
                    server.OnDeadline(now);
                }
            },
            warmUp: 3000,
            repetitions: 20_000));
    }
}
