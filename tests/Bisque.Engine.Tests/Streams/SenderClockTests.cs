using Bisque.Engine.Streams;
using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Streams;

public class SenderClockTests
{
    // The sender's clock at our time 0.
    private const long SenderStart = 1_700_000_000_000_000;

    private readonly SenderClock _clock = new();

    [Fact]
    public void The_offset_is_believed_from_the_third_sample_on()
    {
        Report(0, 20);
        Report(1000, 1020);
        Assert.Null(_clock.Offset);
        Assert.False(_clock.TryTranslate(SenderTime(0), out _));

        Report(2000, 2020);
        Assert.True(_clock.TryTranslate(SenderTime(5000), out var local));
        Assert.Equal(5020.Milliseconds(), local);
    }

    [Fact]
    public void Half_the_round_trip_is_taken_off()
    {
        for (var ms = 0; ms < 3000; ms += 1000)
        {
            Report(ms, ms + 20, roundTrip: 40);
        }

        Assert.True(_clock.TryTranslate(SenderTime(5000), out var local));
        Assert.Equal(5000.Milliseconds(), local);
    }

    [Fact]
    public void One_late_report_does_not_move_the_clock()
    {
        Report(0, 10);
        Report(1000, 1900);
        Report(2000, 2010);
        Report(3000, 3010);

        _clock.TryTranslate(SenderTime(4000), out var local);
        Assert.Equal(4010.Milliseconds(), local);
    }

    [Theory]
    [InlineData(3_600_000)]
    [InlineData(-3_600_000)]
    public void A_clock_that_is_set_is_unknown_until_three_reports_agree_on_the_new_time(int step)
    {
        for (var ms = 0; ms < 7000; ms += 1000)
        {
            Report(ms, ms);
        }

        var before = _clock.Offset;
        Report(7000 + step, 7000);
        Assert.Null(_clock.Offset);
        Report(8000 + step, 8000);
        Assert.Null(_clock.Offset);
        Report(9000 + step, 9000);

        Assert.Equal(before - TimeSpan.FromMilliseconds(step), _clock.Offset);
    }

    [Fact]
    public void A_clock_that_never_agrees_with_itself_is_never_believed()
    {
        for (var i = 0; i < 100; i++)
        {
            Report(i * 1000 + i % 2 * 60_000, i * 1000);
        }

        Assert.Null(_clock.Offset);
    }

    [Fact]
    public void A_capture_instant_that_cannot_be_is_none()
    {
        _clock.AddProducer(true);
        var timeline = new CaptureTimeline(48_000);
        for (var ms = 0; ms <= 2000; ms += 1000)
        {
            Report(ms, ms);
        }

        timeline.OnCaptureTime(SenderTime(-8500), null, new RtpTimestamp(0), 2000.Milliseconds());
        Assert.Null(_clock.GetCaptureInstant(timeline, new RtpTimestamp(0), 2000.Milliseconds()));
        timeline.OnCaptureTime(SenderTime(60_000), null, new RtpTimestamp(0), 2000.Milliseconds());
        Assert.Null(_clock.GetCaptureInstant(timeline, new RtpTimestamp(0), 2000.Milliseconds()));
        timeline.OnCaptureTime(SenderTime(1000), null, new RtpTimestamp(0), 2000.Milliseconds());
        Assert.Equal(1000.Milliseconds(), _clock.GetCaptureInstant(timeline, new RtpTimestamp(0), 2000.Milliseconds()));
    }

    [Fact]
    public void Only_the_last_seven_samples_count()
    {
        for (var i = 0; i < 20; i++)
        {
            Report(i * 1000, (i * 1000) + i);
        }

        _clock.TryTranslate(SenderTime(0), out var local);
        Assert.Equal(16.Milliseconds(), local);
    }

    [Fact]
    public void Reports_of_one_compound_packet_are_one_sample_and_those_without_clock_none()
    {
        Report(0, 10);
        Report(0, 10);
        Report(0, 10);
        _clock.OnSenderReport(default, null, 20.Milliseconds());
        _clock.OnSenderReport(default, null, 30.Milliseconds());
        Assert.Null(_clock.Offset);
    }

    [Fact]
    public void The_source_moves_to_sender_reports_and_never_back()
    {
        Assert.Null(_clock.Source);
        _clock.AddProducer(true);
        Assert.Equal(CaptureTimeSource.AbsoluteCaptureTime, _clock.Source);
        _clock.AddProducer(false);
        _clock.AddProducer(true);
        Assert.Equal(CaptureTimeSource.SenderReport, _clock.Source);
    }

    [Fact]
    public void A_packet_between_reports_has_the_capture_instant_of_its_timestamp()
    {
        _clock.AddProducer(false);
        var timeline = new CaptureTimeline(90_000);
        for (var ms = 0; ms <= 2000; ms += 1000)
        {
            Report(ms, ms + 15);
            timeline.OnSenderReport(SenderTime(ms), new RtpTimestamp(unchecked((uint)(-90_000 + (ms * 90)))), (ms + 15).Milliseconds());
        }

        Assert.Equal(2515.Milliseconds(), _clock.GetCaptureInstant(timeline, new RtpTimestamp(135_000), 2600.Milliseconds()));
        Assert.Equal(1915.Milliseconds(), _clock.GetCaptureInstant(timeline, new RtpTimestamp(81_000), 2600.Milliseconds()));
        Assert.Null(_clock.GetCaptureInstant(timeline, new RtpTimestamp(135_000), 12_016.Milliseconds()));
    }

    [Fact]
    public void Capture_times_in_packets_are_preferred_and_corrected_by_their_offset()
    {
        _clock.AddProducer(true);
        var timeline = new CaptureTimeline(48_000);
        for (var ms = 0; ms <= 2000; ms += 1000)
        {
            Report(ms, ms);
            timeline.OnSenderReport(SenderTime(ms), new RtpTimestamp(0), ms.Milliseconds());
        }

        Assert.Null(_clock.GetCaptureInstant(timeline, new RtpTimestamp(0), 2000.Milliseconds()));

        var halfSecondAhead = 1L << 31;
        timeline.OnCaptureTime(SenderTime(2400), halfSecondAhead, new RtpTimestamp(1000), 2000.Milliseconds());
        Assert.Equal(1920.Milliseconds(), _clock.GetCaptureInstant(timeline, new RtpTimestamp(1960), 2000.Milliseconds()));
        Assert.Null(_clock.GetCaptureInstant(timeline, new RtpTimestamp(1960), 7001.Milliseconds()));
    }

    private static NtpTime SenderTime(int ms) => NtpTime.FromUnixMicroseconds(SenderStart + (ms * 1000L));

    private void Report(int sentAt, int receivedAt, int? roundTrip = null) => _clock.OnSenderReport(
        SenderTime(sentAt), roundTrip is { } rtt ? TimeSpan.FromMilliseconds(rtt) : null, receivedAt.Milliseconds());
}
