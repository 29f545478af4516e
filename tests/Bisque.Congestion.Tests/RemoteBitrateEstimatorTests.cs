using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;

namespace Bisque.Congestion.Tests;

/// <summary>REMB over a bottleneck in virtual time.</summary>
public sealed class RemoteBitrateEstimatorTests
{
    [Theory]
    [InlineData(500_000)]
    [InlineData(2_000_000)]
    [InlineData(8_000_000)]
    public void A_sender_that_obeys_fills_the_link_without_filling_its_queue(int capacity)
    {
        var call = new VideoCall(new Bitrate(capacity));
        call.RunFor(20);

        var rate = call.RunFor(60);

        Assert.InRange(rate.BitsPerSecond, 0.65 * capacity, capacity);
        Assert.InRange(call.LongestDelay.TotalMilliseconds, 25, 300);
    }

    [Fact]
    public void The_estimate_follows_the_link_down_and_up_again()
    {
        var call = new VideoCall(new Bitrate(3_000_000));
        call.RunFor(20);

        call.Link.Capacity = new Bitrate(800_000);
        call.RunFor(5);
        Assert.InRange(call.RunFor(20).BitsPerSecond, 450_000, 800_000);
        Assert.InRange(call.Test.Server.AvailableIncomingBitrate.BitsPerSecond, 400_000, 1_000_000);

        call.Link.Capacity = new Bitrate(3_000_000);
        call.RunFor(40);
        Assert.InRange(call.RunFor(20).BitsPerSecond, 1_600_000, 3_000_000);
    }

    [Fact]
    public void A_fall_of_the_link_is_reported_within_a_second()
    {
        var call = new VideoCall(new Bitrate(3_000_000));
        call.RunFor(20);

        call.Link.Capacity = new Bitrate(1_000_000);
        call.RunFor(1);

        Assert.InRange(call.Allowed.BitsPerSecond, 0, 1_500_000);
    }

    [Fact]
    public void The_start_is_not_slow()
    {
        var call = new VideoCall(new Bitrate(2_000_000));
        call.RunFor(5);

        Assert.InRange(call.RunFor(5).BitsPerSecond, 1_000_000, 2_000_000);
    }

    [Fact]
    public void Jitter_of_the_last_mile_is_not_taken_for_overuse()
    {
        var call = new VideoCall(new Bitrate(4_000_000)) { Wanted = new Bitrate(1_000_000), JitterMicroseconds = 6_000 };
        call.RunFor(10);

        Assert.InRange(call.RunFor(30).BitsPerSecond, 900_000, 1_100_000);
    }

    [Fact]
    public void A_sender_below_the_estimate_does_not_lead_it_to_infinity()
    {
        var call = new VideoCall(new Bitrate(50_000_000)) { Wanted = new Bitrate(1_000_000) };
        call.RunFor(60);

        Assert.InRange(call.Test.Server.AvailableIncomingBitrate.BitsPerSecond, 1_000_000, 4_000_000);
    }

    [Fact]
    public void The_estimate_is_reported_at_least_each_second_with_its_streams()
    {
        var call = new VideoCall(new Bitrate(5_000_000)) { Wanted = new Bitrate(300_000) };
        call.RunFor(10);

        Assert.InRange(call.Reports.Count, 9, 30);
        Assert.All(call.Reports, report => Assert.Equal([ServerUnderTest.Stream.Value], report.Streams));
    }

    [Fact]
    public void The_announced_value_is_capped_by_the_limit()
    {
        var call = new VideoCall(new Bitrate(5_000_000));
        call.Test.Server.SetMaxIncomingBitrate(new Bitrate(600_000), call.Test.Now);

        call.RunFor(10);

        Assert.All(call.Reports, report => Assert.InRange(report.Bitrate.BitsPerSecond, 0, 600_000));
        Assert.InRange(call.RunFor(5).BitsPerSecond, 500_000, 650_000);
    }

    [Fact]
    public void When_all_streams_end_the_estimate_is_forgotten()
    {
        var call = new VideoCall(new Bitrate(5_000_000));
        call.RunFor(5);
        call.Test.RunFor(5000);

        Assert.Equal(Bitrate.Zero, call.Test.Server.AvailableIncomingBitrate);
        Assert.Equal(MonotonicTime.Never, call.Test.Server.NextDeadline);
        call.Test.Rtcp.Packets.Clear();
        call.Test.RunFor(5000);
        Assert.Empty(call.Test.Rtcp.Packets);
    }

    [Fact]
    public void No_more_streams_are_named_than_fit()
    {
        var test = new ServerUnderTest(CongestionControlMode.Remb, 100);
        var many = new ServerUnderTest(CongestionControlMode.Remb);
        for (var i = 0; i < 20_000; i++)
        {
            test.RunUntil(test.Now + TimeSpan.FromMicroseconds(100));
            test.Server.OnRtpPacket(test.Now, new Ssrc((uint)i), null, SendTime(test.Now), 1200);
            many.RunUntil(test.Now);
            many.Server.OnRtpPacket(test.Now, new Ssrc((uint)i), null, SendTime(test.Now), 1200);
        }

        Assert.All(test.Rtcp.TakeRembs(), remb => Assert.Equal(20, remb.Streams.Length));
        Assert.All(many.Rtcp.TakeRembs(), remb => Assert.Equal(255, remb.Streams.Length));
    }

    [Fact]
    public void A_sender_whose_clock_is_set_back_is_estimated_again()
    {
        var test = new ServerUnderTest(CongestionControlMode.Remb);
        Stream(test, 0);
        var before = test.Server.AvailableIncomingBitrate;

        // Half a minute back: without a new beginning every packet would be an old one.
        Stream(test, 34 << 18);
        Stream(test, 34 << 18, growing: true);

        Assert.True(test.Server.AvailableIncomingBitrate < before);
    }

    [Fact]
    public void Hostile_times_and_sizes_leave_a_bounded_estimate()
    {
        var random = new SeededRandomSource(31);
        var test = new ServerUnderTest(CongestionControlMode.Remb);
        for (var i = 0; i < 200_000; i++)
        {
            test.RunUntil(test.Now + TimeSpan.FromMicroseconds(random.NextInt32(0, 3000)));
            var now = random.NextInt32(0, 30) == 0
                ? new MonotonicTime(Math.Max(0, test.Now.Microseconds + random.NextInt32(-9_000_000, 9_000_000)))
                : test.Now;
            var sendTime = random.NextInt32(0, 3) == 0 ? random.NextUInt32() : SendTime(now);
            test.Server.OnRtpPacket(now, new Ssrc(random.NextUInt32() % 400), null, sendTime, random.NextInt32(0, 65535));
            Assert.InRange(test.Server.AvailableIncomingBitrate.BitsPerSecond, 0, 1_000_000_000);
            if (i % 1000 == 0)
            {
                Assert.All(test.Rtcp.TakeRembs(), remb => Assert.InRange(remb.Bitrate.BitsPerSecond, 29_000, 1_000_000_000));
            }
        }
    }

    [Fact]
    public void A_packet_allocates_nothing()
    {
        var server = new CongestionControlServer(
            new CongestionControlServerOptions { Mode = CongestionControlMode.Remb }, new DroppedRtcp());
        var now = 1000.Milliseconds();
        server.Start(now);

        Assert.Equal(0, AllocationAssert.BytesAllocated(
            () =>
            {
                now += TimeSpan.FromMilliseconds(1);
                server.OnRtpPacket(now, ServerUnderTest.Stream, null, SendTime(now), 1200);
                if (server.NextDeadline <= now)
                {
                    server.OnDeadline(now);
                }
            },
            warmUp: 3000,
            repetitions: 20_000));
    }

    private static uint SendTime(MonotonicTime time) => AbsSendTime.From(time).Value;

    /// <summary>Five seconds of packets; when <paramref name="growing"/>, each is under way 3 ms longer than the one before.</summary>
    private static void Stream(ServerUnderTest test, int offset, bool growing = false)
    {
        for (var i = 0; i < 500; i++)
        {
            test.RunFor(10);
            var sent = growing ? test.Now - TimeSpan.FromMilliseconds(3 * i) : test.Now;
            test.Server.OnRtpPacket(test.Now, ServerUnderTest.Stream, null, (uint)(SendTime(sent) + offset) & 0xff_ffff, 1200);
        }
    }
}
