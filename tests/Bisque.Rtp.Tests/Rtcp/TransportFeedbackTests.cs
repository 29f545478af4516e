using Bisque.Primitives;
using Bisque.Testing;
using CsCheck;
using static Bisque.Rtp.Tests.Hex;

namespace Bisque.Rtp.Tests;

public sealed class TransportFeedbackTests
{
    private const string Sources = "00000001 00000002";

    private static TransportFeedbackWriter Begin(byte[] buffer, ushort first) =>
        new(buffer, new Ssrc(1), new Ssrc(2), new SequenceNumber(first), 7);

    private static byte[] Finish(ref TransportFeedbackWriter writer, byte[] buffer)
    {
        Assert.True(writer.TryFinish(out var length));
        return buffer[..length];
    }

    private static List<TransportFeedbackStatus> Read(byte[] bytes)
    {
        Assert.True(RtcpPacket.TryParse(bytes, out var packet));
        Assert.Equal(bytes.Length, packet.Length);
        Assert.True(TransportFeedback.TryParse(packet, out var feedback));
        var statuses = new List<TransportFeedbackStatus>();
        foreach (var status in feedback)
        {
            statuses.Add(status);
        }

        Assert.Equal(feedback.StatusCount, statuses.Count);
        return statuses;
    }

    [Fact]
    public void Packets_that_come_one_after_the_other_make_a_run()
    {
        var buffer = new byte[200];
        var writer = Begin(buffer, 10);
        Assert.True(writer.TryAdd(new SequenceNumber(10), 330.Milliseconds()));
        Assert.True(writer.TryAdd(new SequenceNumber(11), 331.Milliseconds()));
        Assert.True(writer.TryAdd(new SequenceNumber(12), 333.Milliseconds()));
        Assert.Equal(3, writer.ReceivedCount);
        Assert.Equal(new SequenceNumber(13), writer.NextSequenceNumber);

        // Reference time 5 (320 ms), then 10 ms, 1 ms and 2 ms in ticks; 3 bytes of padding.
        Assert.Equal(Bytes("af cd 0006" + Sources + "000a 0003 000005 07 2003 28 04 08 000003"), Finish(ref writer, buffer));
    }

    [Fact]
    public void A_gap_makes_a_one_bit_vector()
    {
        var buffer = new byte[200];
        var writer = Begin(buffer, 65535);
        Assert.True(writer.TryAdd(new SequenceNumber(65535), 64.Milliseconds()));
        Assert.True(writer.TryAdd(new SequenceNumber(2), 65.Milliseconds()));

        // 1 0 0 1, reference time 1.
        Assert.Equal(Bytes("8f cd 0005" + Sources + "ffff 0004 000001 07 a400 00 04"), Finish(ref writer, buffer));
    }

    [Fact]
    public void A_large_or_negative_delta_makes_a_two_bit_vector()
    {
        var buffer = new byte[200];
        var writer = Begin(buffer, 1);
        Assert.True(writer.TryAdd(new SequenceNumber(1), 64.Milliseconds()));
        Assert.True(writer.TryAdd(new SequenceNumber(2), 164.Milliseconds()));
        Assert.True(writer.TryAdd(new SequenceNumber(4), 163.Milliseconds()));

        // 01 10 00 10: 0, +400 ticks, nothing, -4 ticks.
        Assert.Equal(Bytes("af cd 0006" + Sources + "0001 0004 000001 07 d880 00 0190 fffc 01"), Finish(ref writer, buffer));
    }

    [Fact]
    public void Statuses_tell_arrivals_against_the_reference_time()
    {
        var statuses = Read(Bytes("af cd 0006" + Sources + "0001 0004 000001 07 d880 00 0190 fffc 01"));

        Assert.Equal(
            [
                new(new SequenceNumber(1), true, 0, 256),
                new(new SequenceNumber(2), true, 400, 656),
                new(new SequenceNumber(3), false, 0, 0),
                new(new SequenceNumber(4), true, -4, 652),
            ],
            statuses);
    }

    [Fact]
    public void A_lost_packet_at_the_beginning_is_covered_by_the_base()
    {
        var buffer = new byte[200];
        var writer = Begin(buffer, 5);
        Assert.True(writer.TryAdd(new SequenceNumber(7), 100.Milliseconds()));

        Assert.Equal([false, false, true], Read(Finish(ref writer, buffer)).Select(s => s.IsReceived));
    }

    [Fact]
    public void A_long_gap_takes_runs_of_8191()
    {
        var buffer = new byte[200];
        var writer = Begin(buffer, 0);
        Assert.True(writer.TryAdd(new SequenceNumber(0), 100.Milliseconds()));
        Assert.True(writer.TryAdd(new SequenceNumber(20_000), 101.Milliseconds()));
        var bytes = Finish(ref writer, buffer);

        Assert.InRange(bytes.Length, 24, 36);
        var statuses = Read(bytes);
        Assert.Equal(20_001, statuses.Count);
        Assert.Equal(new SequenceNumber(20_000), statuses.Last(s => s.IsReceived).SequenceNumber);
        Assert.Equal(2, statuses.Count(s => s.IsReceived));
    }

    [Fact]
    public void What_does_not_fit_is_left_to_the_next_packet()
    {
        var buffer = new byte[200];
        var writer = Begin(buffer, 10);
        Assert.False(writer.TryFinish(out _));
        Assert.True(writer.TryAdd(new SequenceNumber(10), 10_000.Milliseconds()));
        Assert.False(writer.TryAdd(new SequenceNumber(10), 10_001.Milliseconds())); // again
        Assert.False(writer.TryAdd(new SequenceNumber(9), 10_001.Milliseconds())); // before the base
        Assert.False(writer.TryAdd(new SequenceNumber(11), 19_000.Milliseconds())); // 9 s are 36,000 ticks
        Assert.True(writer.TryAdd(new SequenceNumber(11), 18_000.Milliseconds()));

        Assert.Equal(2, Read(Finish(ref writer, buffer)).Count);
    }

    [Fact]
    public void A_packet_never_grows_past_the_span_it_was_given() =>
        Gen.Select(Gen.Int[40, 200], Gen.Int[1, 4].Array[200]).Sample((limit, steps) =>
        {
            var buffer = new byte[limit];
            var writer = Begin(buffer, 0);
            var sequenceNumber = new SequenceNumber(0);
            var added = 0;
            foreach (var step in steps)
            {
                added += writer.TryAdd(sequenceNumber, (64 * step * added).Milliseconds()) ? 1 : 0;
                sequenceNumber = sequenceNumber.Plus(step);
            }

            Assert.Equal(added, Read(Finish(ref writer, buffer)).Count(s => s.IsReceived));
        });

    [Fact]
    public void Whatever_arrives_comes_back_rounded_to_a_quarter_of_a_millisecond()
    {
        var step = Gen.Frequency((8, Gen.Int[1, 1]), (3, Gen.Int[2, 20]), (1, Gen.Int[21, 9000]));
        var wait = Gen.Frequency((8, Gen.Int[0, 20_000]), (2, Gen.Int[-50_000, 0]), (2, Gen.Int[20_000, 500_000]));
        Gen.Select(Gen.UShort, Gen.Select(step, wait).Array[1, 150]).Sample((first, arrivals) =>
        {
            var buffer = new byte[1200];
            var writer = Begin(buffer, first);
            var expected = new List<(SequenceNumber, long)>();
            var sequenceNumber = new SequenceNumber(first);
            var time = 100_000_000L;
            var covered = 0;
            foreach (var (distance, delay) in arrivals)
            {
                time += delay;
                if (!writer.TryAdd(sequenceNumber, new MonotonicTime(time)))
                {
                    break;
                }

                covered = expected.Count == 0 ? 1 : covered + expected[^1].Item1.DistanceTo(sequenceNumber);
                expected.Add((sequenceNumber, (time + 125) / 250));
                sequenceNumber = sequenceNumber.Plus(distance);
            }

            var statuses = Read(Finish(ref writer, buffer));
            Assert.Equal(covered, statuses.Count);
            Assert.Equal(expected, statuses.Where(s => s.IsReceived).Select(s => (s.SequenceNumber, s.ArrivalTicks)));
        });
    }

    [Theory]
    [InlineData("8f cd 0005" + Sources + "0001 0000 000001 07 2001 0000")] // covers nothing
    [InlineData("8f cd 0004" + Sources + "0001 0001 000001 07")] // no chunk
    [InlineData("8f cd 0005" + Sources + "0001 0003 000001 07 2003 0000")] // a delta is missing
    [InlineData("8f cd 0005" + Sources + "0001 0001 000001 07 6001 0000")] // the reserved symbol in a run
    [InlineData("8f cd 0005" + Sources + "0001 0001 000001 07 f000 0000")] // the reserved symbol in a vector
    [InlineData("8f cd 0005" + Sources + "0001 0009 000001 07 0000 0000")] // runs of nothing
    public void What_does_not_add_up_is_refused(string bytes)
    {
        Assert.True(RtcpPacket.TryParse(Bytes(bytes), out var packet));
        Assert.False(TransportFeedback.TryParse(packet, out _));
    }

    [Fact]
    public void A_run_of_nothing_is_passed_over() =>
        Assert.Equal(2, Read(Bytes("8f cd 0006" + Sources + "0001 0002 000001 07 0000 2002 0101 0000")).Count);
}
