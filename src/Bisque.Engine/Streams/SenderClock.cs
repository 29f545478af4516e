using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// How far a sender's wall clock is from ours, by the sender reports of all its streams. One per CNAME and transport: streams that share
/// a CNAME share a clock (RFC 3550 section 6.5.1).
/// </summary>
internal sealed class SenderClock
{
    /// <summary>Samples remembered.</summary>
    public const int Window = 7;

    /// <summary>Samples needed before the offset is believed.</summary>
    public const int MinSamples = 3;

    /// <summary>
    /// A report that says something else than those before it by more than this comes from a clock that was set: they say nothing any more.
    /// </summary>
    public static readonly TimeSpan MaxStep = TimeSpan.FromSeconds(5);

    /// <summary>No packet was captured so long before it came, or so long after: whoever says so is mistaken.</summary>
    public static readonly TimeSpan MaxCaptureAge = TimeSpan.FromSeconds(10);

    private readonly long[] _samples = new long[Window];
    private readonly long[] _sorted = new long[Window];
    private int _count;
    private int _next;
    private long _offset;
    private MonotonicTime? _lastSampleAt;

    /// <summary>Where capture times are read from: null while no producer of this CNAME exists.</summary>
    public CaptureTimeSource? Source { get; private set; }

    /// <summary>What to add to a time of the sender's (Unix) clock to get ours (monotonic); null until there are enough samples.</summary>
    public TimeSpan? Offset => _count < MinSamples ? null : TimeSpan.FromMicroseconds(_offset);

    /// <summary>
    /// Takes note of a producer of this CNAME. The first one that did not negotiate abs-capture-time moves the source to sender reports,
    /// for good: mixing the two would put the streams of one sender on different time lines.
    /// </summary>
    public void AddProducer(bool negotiatedAbsoluteCaptureTime)
    {
        if (Source != CaptureTimeSource.SenderReport)
        {
            Source = negotiatedAbsoluteCaptureTime ? CaptureTimeSource.AbsoluteCaptureTime : CaptureTimeSource.SenderReport;
        }
    }

    /// <summary>
    /// Takes a sender report as a sample. Of the reports in one compound packet, which arrive at the same instant, only the first
    /// counts: they would fill the window with copies of one measurement.
    /// </summary>
    public void OnSenderReport(NtpTime ntp, TimeSpan? roundTripTime, MonotonicTime receivedAt)
    {
        if (ntp.Value == 0 || receivedAt == _lastSampleAt)
        {
            return;
        }

        _lastSampleAt = receivedAt;
        var travelled = (roundTripTime ?? TimeSpan.Zero).Ticks / TimeSpan.TicksPerMicrosecond / 2;
        var sample = receivedAt.Microseconds - ntp.ToUnixMicroseconds() - travelled;
        if (_count > 0 && Math.Abs(sample - _offset) > MaxStep.Ticks / TimeSpan.TicksPerMicrosecond)
        {
            (_count, _next) = (0, 0);
        }

        _samples[_next] = sample;
        _next = (_next + 1) % Window;
        _count = Math.Min(_count + 1, Window);
        _offset = Median();
    }

    /// <summary>Translates a time of the sender's clock to ours; false while the offset is not known.</summary>
    public bool TryTranslate(NtpTime senderTime, out MonotonicTime local)
    {
        local = new MonotonicTime(senderTime.ToUnixMicroseconds() + _offset);
        return _count >= MinSamples;
    }

    /// <summary>How far the sender's wall clock is ahead of ours; null while the offset is not known.</summary>
    public TimeSpan? GetLead(NtpClock clock) => _count < MinSamples
        ? null
        : TimeSpan.FromMicroseconds(-(_offset + clock.ToNtp(new MonotonicTime(0)).ToUnixMicroseconds()));

    /// <summary>
    /// The capture instant, by our clock, of the packet with the given timestamp that came just now; null when it cannot be told, or what is
    /// told cannot be.
    /// </summary>
    public MonotonicTime? GetCaptureInstant(CaptureTimeline timeline, RtpTimestamp timestamp, MonotonicTime now) =>
        Source is { } source && timeline.TryGetSenderTime(source, timestamp, now, out var senderTime)
        && TryTranslate(senderTime, out var local)
        && (now - local).Duration() <= MaxCaptureAge
            ? local
            : null;

    private long Median()
    {
        _samples.AsSpan(0, _count).CopyTo(_sorted);
        var sorted = _sorted.AsSpan(0, _count);
        sorted.Sort();
        var middle = _count / 2;
        return _count % 2 == 1 ? sorted[middle] : sorted[middle - 1] + ((sorted[middle] - sorted[middle - 1]) / 2);
    }
}
