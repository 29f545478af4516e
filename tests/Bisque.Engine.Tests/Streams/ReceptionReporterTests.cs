using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Testing;
using static Bisque.Engine.Tests.Streams.StreamTestData;

namespace Bisque.Engine.Tests.Streams;

public class ReceptionReporterTests
{
    private readonly SequenceTracker _sequence = new();
    private readonly ReceptionReporter _reporter = new(Media);

    [Fact]
    public void Loss_is_told_per_interval_and_in_total()
    {
        Receive(0, 1, 2, 4);
        var first = Build();
        Assert.Equal((51, 1), (first.FractionLost, first.CumulativeLost));

        Receive(5, 6);
        var second = Build();
        Assert.Equal((0, 1), (second.FractionLost, second.CumulativeLost));

        Receive(8);
        Assert.Equal(128, Build().FractionLost);
        Assert.Equal(2, _reporter.PacketsLost);
    }

    [Fact]
    public void A_late_packet_makes_up_for_its_loss()
    {
        Receive(0, 2);
        Assert.Equal(1, Build().CumulativeLost);

        Receive(1);
        var report = Build();
        Assert.Equal((0, 0), (report.FractionLost, report.CumulativeLost));
    }

    [Fact]
    public void Without_packets_nothing_is_lost()
    {
        var report = Build();
        Assert.Equal((0, 0, 0u), (report.FractionLost, report.CumulativeLost, report.LastSenderReport));
    }

    [Fact]
    public void The_worse_of_our_loss_and_the_receivers_is_told()
    {
        Receive(0, 2);
        Assert.Equal(200, _reporter.Build(_sequence, 0, 200, 0.Milliseconds()).FractionLost);
        Assert.Equal(85, _reporter.FractionLost);
    }

    [Fact]
    public void The_last_sender_report_is_named_with_its_age()
    {
        Receive(0);
        _reporter.OnSenderReport(new NtpTime(0x1234_5678, 0x9abc_def0), 100.Milliseconds());

        var report = _reporter.Build(_sequence, 0, 0, 1600.Milliseconds());
        Assert.Equal(0x5678_9abcu, report.LastSenderReport);
        Assert.Equal(98_304u, report.DelaySinceLastSenderReport);
    }

    [Fact]
    public void A_report_that_comes_back_tells_the_round_trip()
    {
        var sent = new NtpTime(100, 0);
        var back = new NtpTime(100, 1u << 31);

        Assert.Equal(TimeSpan.FromMilliseconds(250), CompactTime.RoundTrip(back, sent.Compact, 16_384));
        Assert.Null(CompactTime.RoundTrip(back, 0, 0));
        Assert.Null(CompactTime.RoundTrip(back, sent.Compact, 65_536));
        Assert.True(CompactTime.RoundTrip(back, sent.Compact, 32_769) > TimeSpan.Zero);
    }

    private Bisque.Rtp.ReportBlock Build() => _reporter.Build(_sequence, 0, 0, 0.Milliseconds());

    private void Receive(params int[] numbers)
    {
        foreach (var number in numbers)
        {
            _sequence.OnPacket(Seq(number));
            _reporter.OnPacket();
        }
    }
}
