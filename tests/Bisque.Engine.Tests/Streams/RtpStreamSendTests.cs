using Bisque.Engine.Packets;
using Bisque.Engine.Streams;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class RtpStreamSendTests
{
    // The receiver sees numbers this much above the producer's.
    private const int Renumbering = 5000;

    private readonly PacketPool _buffers = new(64);
    private readonly MediaPacketPool _packets = new();
    private readonly RetransmissionStore _store = new(isVideo: true, 90_000);
    private readonly Retransmission[] _answers = new Retransmission[NackPacker.MaxPerItem];

    [Fact]
    public void A_nacked_packet_goes_out_by_rtx_in_the_form_it_had()
    {
        var stream = Stream(SentStream());
        Send(stream, 10, 0);
        Send(stream, 11, 0);

        Assert.Equal([5010, 5011], Nack(stream, 20, 5010, 0b1));
        var answer = _answers[1];
        Assert.True(answer.IsRtx);
        Assert.Equal(
            (Rtx, (byte)101, Seq(901), Seq(5011)),
            (answer.Ssrc, answer.PayloadType, answer.SequenceNumber, answer.OriginalSequenceNumber));
        Assert.Equal((new RtpTimestamp(77), true, 0xABCul), (answer.Timestamp, answer.Marker, answer.PayloadState));
        Assert.Equal(Seq(11), answer.Packet.Info.SequenceNumber);
    }

    [Fact]
    public void Without_rtx_it_goes_out_as_it_was()
    {
        var stream = Stream(SentStream(rtx: false));
        Send(stream, 10, 0);

        Assert.Equal([5010], Nack(stream, 20, 5010));
        Assert.Equal((false, Media, (byte)100, Seq(5010)),
            (_answers[0].IsRtx, _answers[0].Ssrc, _answers[0].PayloadType, _answers[0].SequenceNumber));
    }

    [Fact]
    public void It_is_not_sent_again_within_a_round_trip()
    {
        var stream = Stream(SentStream());
        Send(stream, 10, 0);

        Assert.Equal([5010], Nack(stream, 20, 5010));
        Assert.Empty(Nack(stream, 119, 5010));
        Assert.Equal([5010], Nack(stream, 120, 5010));

        var statistics = stream.GetStatistics(120.Milliseconds());
        Assert.Equal((2ul, 1ul, 3ul, 3ul),
            (statistics.PacketsRetransmitted, statistics.PacketsRepaired, statistics.NackCount, statistics.NackPacketCount));
    }

    [Fact]
    public void The_measured_round_trip_counts_once_there_is_one()
    {
        var stream = Stream(SentStream());
        Send(stream, 10, 0);
        stream.OnReceiverReport(Report(lastSenderReport: Clock.ToNtp(1000.Milliseconds()).Compact), 1030.Milliseconds(), Clock);
        Assert.InRange(stream.RoundTripTime!.Value.TotalMilliseconds, 29, 31);

        Assert.Equal([5010], Nack(stream, 1040, 5010));
        Assert.Equal([5010], Nack(stream, 1072, 5010));
    }

    [Fact]
    public void What_was_never_sent_or_is_too_old_or_not_kept_is_not_answered()
    {
        var stream = Stream(SentStream());
        Send(stream, 10, 0);
        Send(stream, 11, 2001);
        Assert.Equal([5011], Nack(stream, 2010, 5010, 0b11));

        _store.Clear();
        Assert.Empty(Nack(stream, 3000, 5011));

        var without = Stream(SentStream(nack: false));
        Send(without, 12, 0);
        Assert.Empty(Nack(without, 20, 5012));
    }

    [Fact]
    public void A_number_that_the_producer_used_again_is_not_answered_with_the_wrong_packet()
    {
        var stream = Stream(SentStream());
        Send(stream, 10, 0);
        _store.Clear();
        Keep(Packet(10, 500.Milliseconds())).Release();

        Assert.Empty(Nack(stream, 520, 5010));
    }

    [Fact]
    public void Audio_is_kept_for_half_as_long()
    {
        var stream = Stream(SentStream(video: false));
        Send(stream, 10, 0, clockRate: 48);
        Send(stream, 11, 1000, clockRate: 48);
        Assert.Equal([5010], Nack(stream, 1000, 5010));

        Send(stream, 12, 1001, clockRate: 48);
        Assert.Empty(Nack(stream, 1200, 5010));
    }

    [Fact]
    public void Streams_that_share_a_packet_do_not_disturb_each_other()
    {
        var one = Stream(SentStream());
        var two = Stream(SentStream());
        var packet = Keep(Packet(10, 0.Milliseconds()));
        one.OnPacketSent(Sent(packet, Seq(100), new RtpTimestamp(1)), 0.Milliseconds());
        two.OnPacketSent(Sent(packet, Seq(200), new RtpTimestamp(2)), 0.Milliseconds());
        packet.Release();

        Assert.Equal([100], Nack(one, 10, 100));
        Assert.Equal(new RtpTimestamp(1), _answers[0].Timestamp);
        Assert.Equal([200], Nack(two, 10, 200));
        Assert.Equal(new RtpTimestamp(2), _answers[0].Timestamp);
        Assert.Empty(Nack(two, 10, 100));
    }

    [Fact]
    public void There_is_no_sender_report_before_the_first_packet_nor_after_two_idle_seconds()
    {
        var stream = Stream(SentStream());
        Assert.False(stream.TryBuildSenderReport(0.Milliseconds(), Clock, out _));

        Send(stream, 10, 100);
        Assert.True(stream.TryBuildSenderReport(2100.Milliseconds(), Clock, out _));
        Assert.False(stream.TryBuildSenderReport(2101.Milliseconds(), Clock, out _));
    }

    [Fact]
    public void The_sender_report_counts_on_from_the_newest_packets_capture_instant()
    {
        var stream = Stream(SentStream());
        var sent = new SentPacket
        {
            SequenceNumber = Seq(1),
            Timestamp = new RtpTimestamp(uint.MaxValue - 8999),
            Size = 112,
            PayloadLength = 100,
            CapturedAt = 950.Milliseconds(),
        };
        stream.OnPacketSent(sent, 1000.Milliseconds());
        stream.OnPacketSent(sent with { SequenceNumber = Seq(0), Timestamp = new RtpTimestamp(5) }, 1001.Milliseconds());

        Assert.True(stream.TryBuildSenderReport(1150.Milliseconds(), Clock, out var report));
        Assert.Equal(new SenderInfo(Media, Clock.ToNtp(1150.Milliseconds()), new RtpTimestamp(9000), 2, 200), report);
    }

    [Fact]
    public void Without_capture_instant_it_counts_on_from_the_time_of_sending()
    {
        var stream = Stream(SentStream());
        stream.OnPacketSent(
            new SentPacket { SequenceNumber = Seq(1), Timestamp = new RtpTimestamp(0), Size = 112, PayloadLength = 100 },
            1000.Milliseconds());

        Assert.True(stream.TryBuildSenderReport(1100.Milliseconds(), Clock, out var report));
        Assert.Equal(new RtpTimestamp(9000), report.RtpTimestamp);
    }

    [Fact]
    public void A_receiver_report_with_losses_lowers_the_score()
    {
        var stream = Stream(SentStream());
        for (var i = 0; i < 100; i++)
        {
            Send(stream, i, i);
        }

        Assert.True(stream.OnReceiverReport(Report(lost: 10), 1000.Milliseconds(), Clock));
        Assert.Equal(7, stream.Score);
        Assert.Equal(10, stream.GetStatistics(1000.Milliseconds()).PacketsLost);

        Assert.True(stream.OnReceiverReport(Report(lost: 10), 2000.Milliseconds(), Clock));
        Assert.Equal(9, stream.Score);
        Assert.True(stream.ResetScore(2000.Milliseconds()));
        Assert.Equal(10, stream.Score);
    }

    [Fact]
    public void A_receivers_reference_time_is_answered_with_the_time_it_was_held()
    {
        var stream = Stream(SentStream());
        Assert.False(stream.TryBuildDlrr(new Ssrc(5), 0.Milliseconds(), out _));

        stream.OnReceiverReferenceTime(new NtpTime(0x0001_0002, 0x0003_0000), 100.Milliseconds());
        Assert.True(stream.TryBuildDlrr(new Ssrc(5), 600.Milliseconds(), out var report));
        Assert.Equal(new DlrrReport(new Ssrc(5), 0x0002_0003, 32_768), report);
    }

    private static ReportBlock Report(int lost = 0, uint lastSenderReport = 0) => new(Media, 0, lost, 0, 0, lastSenderReport, 0);

    private static RtpStreamSend Stream(RtpStreamSendOptions options) => new(options, Seq(900), 0.Milliseconds());

    private SentPacket Sent(MediaPacket packet, SequenceNumber number, RtpTimestamp timestamp) => new()
    {
        SequenceNumber = number,
        Timestamp = timestamp,
        Marker = true,
        Size = packet.Info.Size,
        PayloadLength = packet.PayloadLength,
        Store = _store,
        OriginalSequenceNumber = packet.Info.SequenceNumber,
        OriginalTimestamp = packet.Info.Timestamp,
        PayloadState = 0xABC,
    };

    private MediaPacket Keep(in RtpPacketInfo info)
    {
        var packet = _packets.Rent(_buffers, info);
        _store.Add(packet);
        return packet;
    }

    private void Send(RtpStreamSend stream, int number, int ms, int clockRate = 90)
    {
        var packet = Keep(Packet(number, ms.Milliseconds(), timestamp: (uint)(ms * clockRate)));
        stream.OnPacketSent(Sent(packet, Seq(number + Renumbering), new RtpTimestamp((uint)(77 + (ms * clockRate)))), ms.Milliseconds());
        packet.Release();
    }

    private int[] Nack(RtpStreamSend stream, int ms, int number, ushort bitmask = 0)
    {
        stream.OnNack();
        var count = stream.AnswerNack(new NackItem(Seq(number), bitmask), ms.Milliseconds(), _answers);
        return [.. _answers.Take(count).Select(answer => (int)answer.OriginalSequenceNumber.Value)];
    }
}
