using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class RtpStreamRecvTests
{
    private readonly RecordedRecvEvents _events = new();

    [Fact]
    public void A_lost_packet_is_asked_for_by_the_next_packet_after_the_initial_delay()
    {
        var stream = Stream(Receiving());
        Receive(stream, 0, 10, 12);
        Assert.Empty(_events.Asked);

        Receive(stream, 10, 13);
        Assert.Equal([11], _events.Asked);
        var statistics = stream.GetStatistics(10.Milliseconds());
        Assert.Equal((1ul, 1ul), (statistics.NackCount, statistics.NackPacketCount));
    }

    [Fact]
    public void Without_further_packets_the_timer_asks()
    {
        var stream = Stream(Receiving());
        Receive(stream, 0, 10, 12);
        Assert.Equal(40.Milliseconds(), stream.NextDeadline);

        stream.OnDeadline(40.Milliseconds());
        Assert.Equal([11], _events.Asked);
    }

    [Fact]
    public void Without_nack_negotiated_nothing_is_asked_for()
    {
        var stream = Stream(Receiving(nack: false));
        Receive(stream, 0, 10, 12);
        Receive(stream, 500, 13);

        Assert.Empty(_events.Asked);
        Assert.Equal(MonotonicTime.Never, stream.NextDeadline);
    }

    [Fact]
    public void A_retransmission_fills_its_hole_once()
    {
        var stream = Stream(Receiving());
        Receive(stream, 0, 10, 12, 13);

        Assert.True(stream.ReceiveRtxPacket(RtxPacket(500, 60.Milliseconds()), Seq(11), 60.Milliseconds(), out var recovered));
        Assert.Equal((Media, (byte)100, Seq(11), 100, 112),
            (recovered.Ssrc, recovered.PayloadType, recovered.SequenceNumber, recovered.PayloadLength, recovered.Size));
        Assert.False(stream.ReceiveRtxPacket(RtxPacket(501, 61.Milliseconds()), Seq(11), 61.Milliseconds(), out _));
        Assert.False(stream.ReceivePacket(Packet(11, 62.Milliseconds()), 62.Milliseconds()));

        var statistics = stream.GetStatistics(62.Milliseconds());
        Assert.Equal((2ul, 1ul, 1ul, 4ul),
            (statistics.PacketsRetransmitted, statistics.PacketsRepaired, statistics.PacketsDiscarded, statistics.PacketCount));
    }

    [Fact]
    public void A_retransmission_ahead_of_the_stream_is_delivered_and_its_original_is_not()
    {
        var stream = Stream(Receiving());
        Receive(stream, 0, 10);

        Assert.True(stream.ReceiveRtxPacket(RtxPacket(1, 1.Milliseconds()), Seq(12), 1.Milliseconds(), out _));
        Receive(stream, 2, 11);
        Assert.False(stream.ReceivePacket(Packet(12, 2.Milliseconds()), 2.Milliseconds()));
        Receive(stream, 100, 13);
        Assert.Empty(_events.Asked);
    }

    [Fact]
    public void Retransmissions_before_their_stream_or_without_payload_or_of_unknown_age_are_ignored()
    {
        var stream = Stream(Receiving());
        Assert.False(stream.ReceiveRtxPacket(RtxPacket(1, 0.Milliseconds()), Seq(12), 0.Milliseconds(), out _));

        Receive(stream, 0, 10);
        Assert.False(stream.ReceiveRtxPacket(RtxPacket(2, 0.Milliseconds(), payloadLength: 0), default, 0.Milliseconds(), out _));
        Assert.False(stream.ReceiveRtxPacket(RtxPacket(3, 0.Milliseconds()), Seq(30_000), 0.Milliseconds(), out _));
        Assert.True(stream.TryBuildRtxReport(0.Milliseconds(), out var report));
        Assert.Equal((Rtx, 3u), (report.Ssrc, report.ExtendedHighestSequenceNumber));
    }

    [Fact]
    public void Without_rtx_a_packet_that_was_asked_for_counts_as_repaired()
    {
        var stream = Stream(Receiving(rtx: false));
        Receive(stream, 0, 10, 12);
        Receive(stream, 20, 13, 11);

        var statistics = stream.GetStatistics(20.Milliseconds());
        Assert.Equal((1ul, 1ul), (statistics.PacketsRetransmitted, statistics.PacketsRepaired));
        Assert.False(stream.TryBuildRtxReport(0.Milliseconds(), out _));
    }

    [Fact]
    public void A_packet_from_nowhere_is_discarded_and_a_restarted_sender_is_followed()
    {
        var stream = Stream(Receiving());
        Receive(stream, 0, 10, 11);

        Assert.False(stream.ReceivePacket(Packet(30_000, 20.Milliseconds()), 20.Milliseconds()));
        Assert.True(stream.ReceivePacket(Packet(30_001, 20.Milliseconds()), 20.Milliseconds()));
        Receive(stream, 100, 30_002);

        Assert.Empty(_events.Asked);
        Assert.Equal(0, stream.BuildReport(100.Milliseconds()).CumulativeLost);
        Assert.Equal(1ul, stream.GetStatistics(100.Milliseconds()).PacketsDiscarded);
    }

    [Fact]
    public void Too_many_losses_ask_for_a_key_frame()
    {
        var stream = Stream(Receiving());
        Receive(stream, 0, 0, 1500);
        Assert.Equal(1, _events.KeyFramesNeeded);

        Receive(stream, 1, 1501);
        Assert.Equal(1, _events.KeyFramesNeeded);
    }

    [Fact]
    public void Pli_is_preferred_and_fir_is_numbered()
    {
        var both = Stream(Receiving() with { UseFir = true });
        Assert.Equal(KeyFrameRequestKind.Pli, both.RequestKeyFrame().Kind);

        var fir = Stream(Receiving() with { UsePli = false, UseFir = true });
        Assert.Equal(new KeyFrameRequest(KeyFrameRequestKind.Fir, Media, 1), fir.RequestKeyFrame());
        Assert.Equal(2, fir.RequestKeyFrame().FirSequenceNumber);
        Assert.Equal(2ul, fir.GetStatistics(0.Milliseconds()).FirCount);

        Assert.Equal(KeyFrameRequestKind.None, Stream(Receiving() with { UsePli = false }).RequestKeyFrame().Kind);
    }

    [Fact]
    public void The_score_is_measured_with_each_sender_report()
    {
        var stream = Stream(Receiving(nack: false));
        Receive(stream, 0, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10);
        Assert.Equal(10, stream.Score);

        stream.OnSenderReport(Report(Media), 1000.Milliseconds());
        Assert.Equal(7, stream.Score);
        Assert.Equal([7], _events.Scores);

        stream.OnSenderReport(Report(Rtx), 1000.Milliseconds());
        Assert.Equal([7], _events.Scores);
        Assert.False(stream.OnSenderReport(Report(new Ssrc(3)), 1000.Milliseconds()));
    }

    [Fact]
    public void Silence_makes_one_of_several_encodings_inactive_until_the_next_packet()
    {
        var stream = Stream(Receiving(nack: false) with { InactivityCheck = true });
        Receive(stream, 1000, 10);
        Assert.Equal(2500.Milliseconds(), stream.NextDeadline);

        stream.OnDeadline(2500.Milliseconds());
        Assert.True(stream.IsInactive);
        Assert.Equal([0], _events.Scores);
        Assert.Equal(MonotonicTime.Never, stream.NextDeadline);

        stream.ReceivePacket(Packet(11, 3000.Milliseconds(), payloadLength: 0, padding: 50), 3000.Milliseconds());
        Assert.True(stream.IsInactive);

        Receive(stream, 3100, 12);
        Assert.Equal([0, 10], _events.Scores);
        Assert.Equal(3100.Milliseconds(), stream.ActiveSince);
    }

    [Fact]
    public void Silence_of_a_stream_with_dtx_is_borne_longer()
    {
        var stream = Stream(Receiving(nack: false) with { InactivityCheck = true, UseDtx = true });
        Receive(stream, 0, 10);
        Assert.Equal(5000.Milliseconds(), stream.NextDeadline);
    }

    [Fact]
    public void A_paused_stream_asks_for_nothing_and_does_not_become_inactive()
    {
        var stream = Stream(Receiving() with { InactivityCheck = true });
        Receive(stream, 0, 10, 12);
        stream.Pause();
        Assert.Equal(MonotonicTime.Never, stream.NextDeadline);

        Receive(stream, 100, 20);
        stream.OnDeadline(10_000.Milliseconds());
        Assert.Empty(_events.Asked);
        Assert.Equal(10, stream.Score);

        stream.Resume(20_000.Milliseconds());
        Assert.Equal(21_500.Milliseconds(), stream.NextDeadline);
        Receive(stream, 20_001, 25, 27);
        Receive(stream, 20_020, 28);
        Assert.Equal([26], _events.Asked);
    }

    [Fact]
    public void Layers_that_fall_silent_are_told()
    {
        var stream = Stream(Receiving(nack: false) with { SpatialLayers = 2 });
        stream.ReceivePacket(Packet(1, 0.Milliseconds()) with { SpatialLayer = 1 }, 0.Milliseconds());
        stream.OnDeadline(1500.Milliseconds());
        stream.OnDeadline(3000.Milliseconds());

        Assert.Equal([(1, true), (1, false)], _events.Layers);
        Assert.Equal(4500.Milliseconds(), stream.NextDeadline);
    }

    [Fact]
    public void The_round_trip_comes_from_the_answer_to_our_reference_time()
    {
        var stream = Stream(Receiving());
        Assert.Null(stream.RoundTripTime);
        var sent = Clock.ToNtp(1000.Milliseconds());
        stream.OnDlrr(new DlrrReport(Media, sent.Compact, 65_536 / 4), 1350.Milliseconds(), Clock);

        Assert.InRange(stream.RoundTripTime!.Value.TotalMilliseconds, 99, 101);
    }

    [Fact]
    public void Only_the_first_retransmission_source_is_learned()
    {
        var stream = Stream(Receiving(rtx: false));
        Assert.True(stream.TryLearnRtxSsrc(Rtx));
        Assert.False(stream.TryLearnRtxSsrc(new Ssrc(9)));
        Assert.Equal(Rtx, stream.RtxSsrc);
    }

    private static SenderInfo Report(Ssrc ssrc) => new(ssrc, new NtpTime(1000, 0), new RtpTimestamp(0), 0, 0);

    private static void Receive(RtpStreamRecv stream, int ms, params int[] numbers)
    {
        foreach (var number in numbers)
        {
            Assert.True(stream.ReceivePacket(Packet(number, ms.Milliseconds()), ms.Milliseconds()));
        }
    }

    private RtpStreamRecv Stream(RtpStreamRecvOptions options) => new(options, _events, 0.Milliseconds());
}
