using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Reports;

/// <summary>The reports that a transport sends, and what it makes of those that it gets.</summary>
public sealed class RtcpTests
{
    private static readonly NtpClock PeerClock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), MonotonicTime.FromMilliseconds(1_000_000));

    [Fact]
    public void Reports_come_after_half_a_second_and_then_about_each_second()
    {
        using var call = new Call(Media.Audio());
        SendAudio(call, 500);

        var times = call.Receiver.Rtcp.Select(compound => compound.At.Milliseconds - 1_000_000).ToArray();
        Assert.Equal(500, times[0]);
        for (var i = 1; i < times.Length; i++)
        {
            Assert.InRange(times[i] - times[i - 1], 1000, 1500);
        }

        Assert.InRange(times.Length, 7, 11);
    }

    [Fact]
    public void Nothing_is_reported_where_nothing_passes()
    {
        using var call = new Call(Media.Audio());

        call.Run(5000);

        Assert.Empty(call.Receiver.Rtcp);
        Assert.Empty(call.Sender.Rtcp);
    }

    [Fact]
    public void A_sender_report_counts_what_was_sent_and_names_its_source()
    {
        using var call = new Call(Media.Audio());
        SendAudio(call, 100);

        var compound = call.Receiver.Rtcp[^1];
        Assert.Equal([RtcpPacketType.SenderReport, RtcpPacketType.SourceDescription], compound.Packets.Select(packet => packet.Type));
        Assert.True(SenderReport.TryParse(compound.Packets[0].View, out var report));
        var before = call.Received.Where(packet => packet.At <= compound.At).ToArray();
        Assert.Equal(5000u, report.Info.Ssrc.Value);
        Assert.Equal((uint)before.Length, report.Info.PacketCount);
        Assert.Equal((uint)before.Sum(packet => packet.Payload.Length), report.Info.OctetCount);
        Assert.Equal(PeerClock.ToNtp(compound.At), report.Info.Ntp);
        Assert.True(SourceDescription.TryParse(compound.Packets[1].View, out var description));
        foreach (var chunk in description)
        {
            Assert.True(chunk.TryGetCname(out var cname));
            Assert.Equal("sender"u8, cname);
        }
    }

    [Fact]
    public void A_receiver_report_tells_the_sender_what_was_lost()
    {
        using var call = new Call(Media.Audio());
        for (var i = 0; i < 100; i++)
        {
            var packet = call.Source.Next(Payloads.Opus());
            if (i % 4 != 2)
            {
                call.Sender.SendRtp(packet);
            }

            call.Run(20);
        }

        var reports = call.Sender.RtcpOf(RtcpPacketType.ReceiverReport).ToArray();
        var block = Assert.Single(reports[^1].ReportBlocks);
        Assert.Equal(3000u, block.Ssrc.Value);
        Assert.InRange(block.FractionLost, 60, 68);
        var reported = (reports[^1].At.Milliseconds - 1_000_000) / 20;
        Assert.InRange(block.CumulativeLost, (reported / 4) - 1, (reported / 4) + 1);
        Assert.InRange(block.ExtendedHighestSequenceNumber, 499u + (uint)reported - 2, 499u + (uint)reported + 1);
    }

    [Fact]
    public void The_workers_time_is_told_with_each_receiver_report_and_an_answer_gives_the_round_trip()
    {
        using var call = new Call(Media.Audio());
        SendAudio(call, 30);
        var reference = call.Sender.RtcpOf(RtcpPacketType.ExtendedReport).Single();
        Assert.True(ExtendedReport.TryParse(reference.View, out var report));
        var told = default(NtpTime);
        foreach (var block in report)
        {
            Assert.True(block.TryGetReceiverReferenceTime(out var time));
            told = time.Ntp;
        }

        Assert.Equal(PeerClock.ToNtp(reference.At), told);

        // Under way for 40 ms of the time since, held by the peer for the rest.
        call.Run(80);
        var elapsed = call.World.Now - reference.At;
        Span<byte> bytes = stackalloc byte[100];
        var writer = new RtcpWriter(bytes);
        var held = (uint)((elapsed.TotalSeconds - 0.040) * 65536);
        Assert.True(writer.TryWriteExtendedReport(new Ssrc(3000), null, [new DlrrReport(new Ssrc(3000), told.Compact, held)]));
        call.Sender.SendRtcp(writer.Written);
        call.Settle();

        Assert.InRange(call.Producer.GetStats().Stats[0].Base.RoundTripTime, 39.0f, 41.0f);
    }

    [Fact]
    public void A_receivers_reference_time_is_answered_with_the_next_sender_report()
    {
        using var call = new Call(Media.Audio());
        SendAudio(call, 10);
        Span<byte> bytes = stackalloc byte[100];
        var writer = new RtcpWriter(bytes);
        var ntp = new NtpTime(0x1234_5678, 0x9abc_def0);
        Assert.True(writer.TryWriteExtendedReport(new Ssrc(77), new ReceiverReferenceTime(ntp)));
        call.Receiver.SendRtcp(writer.Written);
        var asked = call.World.Now;

        SendAudio(call, 30);

        var answer = call.Receiver.RtcpOf(RtcpPacketType.ExtendedReport).First();
        Assert.True(ExtendedReport.TryParse(answer.View, out var report));
        var answers = new List<DlrrReport>();
        foreach (var block in report)
        {
            for (var i = 0; i < block.DlrrCount; i++)
            {
                answers.Add(block.GetDlrr(i));
            }
        }

        var dlrr = Assert.Single(answers);
        Assert.Equal((77u, ntp.Compact), (dlrr.Ssrc.Value, dlrr.LastReceiverReport));
        Assert.InRange(dlrr.DelaySinceLastReceiverReport / 65536.0, (answer.At - asked).TotalSeconds - 0.001, (answer.At - asked).TotalSeconds + 0.001);
    }

    [Fact]
    public void A_receivers_report_gives_round_trip_loss_and_score_of_what_is_sent()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(31);
        var report = call.Receiver.RtcpOf(RtcpPacketType.SenderReport).Last();
        Assert.True(SenderReport.TryParse(report.View, out var sent));
        var lastSenderReport = sent.Info.Ntp.Compact;
        call.Run(100);

        var elapsed = call.World.Now - report.At;
        call.Receiver.SendReceiverReport(new ReportBlock(
            new Ssrc(5000),
            FractionLost: 128,
            CumulativeLost: 15,
            call.Received[^1].SequenceNumber,
            Jitter: 90,
            lastSenderReport,
            (uint)((elapsed.TotalSeconds - 0.050) * 65536)));
        call.Settle();

        var stats = call.Consumer.GetStats().Stats[0].Base;
        Assert.InRange(stats.RoundTripTime, 49.0f, 51.0f);
        Assert.Equal((15, (byte)128), (stats.PacketsLost, stats.FractionLost));
        Assert.InRange(stats.Score, 0, 9);
        Assert.Equal(stats.Score, call.World.Events.Of<ConsumerScoreEvent>("consumer").Last().Score.Score);
    }

    [Fact]
    public void A_senders_report_after_loss_lowers_the_score_that_is_told_to_everybody()
    {
        using var call = new Call(Media.Video(rtx: false));
        Assert.Empty(call.World.Events.Of<ProducerScoreEvent>());
        for (var i = 0; i < 60; i++)
        {
            var packet = i == 0 ? call.Source.KeyFrame() : call.Source.DeltaFrame();
            if (i % 2 == 0)
            {
                call.Sender.SendRtp(packet);
            }

            call.Run(33);
            if (i % 30 == 29)
            {
                call.Sender.SendSenderReport(new SenderInfo(
                    new Ssrc(1000), PeerClock.ToNtp(call.World.Now), new RtpTimestamp(call.Source.Timestamp), (uint)i, (uint)(i * 200)));
                call.Settle();
            }
        }

        var scores = call.World.Events.Of<ProducerScoreEvent>("video").ToArray();
        Assert.Equal(10, scores[0].Scores[0].Score);
        Assert.InRange(scores[^1].Scores[0].Score, 0, 9);
        Assert.Equal(1000u, scores[^1].Scores[0].Ssrc);
        Assert.Equal(scores[^1].Scores[0].Score, call.World.Events.Of<ConsumerScoreEvent>("consumer").Last().Score.ProducerScore);
    }

    [Fact]
    public void Reports_of_many_streams_are_split_over_packets_that_fit_the_network()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver");
        var sources = new List<RtpSource>();
        for (var i = 0u; i < 60; i++)
        {
            var audio = Media.Audio($"audio{i}", 10_000 + i);
            sender.Transport.Produce(audio);
            receiver.Transport.Consume(Media.Consume(audio, $"consumer{i}", 20_000 + i));
            sources.Add(RtpSource.Audio(10_000 + i));
        }

        for (var turn = 0; turn < 30; turn++)
        {
            sender.SendRtp(sources.Select(source => source.Next(Payloads.Opus())));
            world.Run(20);
        }

        Assert.InRange(receiver.Rtcp.Count, 2, 10);
        Assert.All(receiver.Rtcp.Concat(sender.Rtcp), compound => Assert.InRange(compound.Bytes.Length, 20, 1292));
        var reported = receiver.RtcpOf(RtcpPacketType.SenderReport).Select(packet =>
            SenderReport.TryParse(packet.View, out var report) ? report.Info.Ssrc.Value : 0);
        Assert.Equal(Enumerable.Range(20_000, 60).Select(ssrc => (uint)ssrc), reported.Order());
        var blocks = sender.RtcpOf(RtcpPacketType.ReceiverReport).SelectMany(packet => packet.ReportBlocks);
        Assert.Equal(Enumerable.Range(10_000, 60).Select(ssrc => (uint)ssrc), blocks.Select(block => block.Ssrc.Value).Order());
    }

    private static void SendAudio(Call call, int packets)
    {
        for (var i = 0; i < packets; i++)
        {
            call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
            call.Run(20);
        }
    }
}
