using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>
/// Says when a packet was captured by its sender's clock: interpolates from the last abs-capture-time value or sender report. Capture
/// times are known to the sender's clock only; <see cref="SenderClock"/> translates them.
/// </summary>
internal sealed class CaptureTimeline(uint clockRate)
{
    /// <summary>Past this age an abs-capture-time value says nothing any more; senders repeat it every second or so.</summary>
    public static readonly TimeSpan MaxCaptureTimeAge = TimeSpan.FromSeconds(5);

    /// <summary>Past this age a sender report says nothing any more.</summary>
    public static readonly TimeSpan MaxSenderReportAge = TimeSpan.FromSeconds(10);

    private Anchor? _captureTime;
    private Anchor? _senderReport;

    /// <summary>Whether a sender report anchors timestamps.</summary>
    public bool HasSenderReport => _senderReport is not null;

    /// <summary>Takes the abs-capture-time of a packet.</summary>
    /// <param name="captureTime">Capture time by the capturing system's clock.</param>
    /// <param name="clockOffset">How far the capturing system's clock is ahead of the sender's, Q32.32 seconds, when the packet carries it.</param>
    /// <param name="timestamp">The packet's RTP timestamp.</param>
    /// <param name="now">The current time.</param>
    public void OnCaptureTime(NtpTime captureTime, long? clockOffset, RtpTimestamp timestamp, MonotonicTime now)
    {
        var ntp = new NtpTime(unchecked(captureTime.Value - (ulong)(clockOffset ?? 0)));
        _captureTime = new Anchor(ntp.ToUnixMicroseconds(), timestamp, now);
    }

    /// <summary>Takes a sender report. One without NTP time, as from senders that have no clock, is passed over.</summary>
    public void OnSenderReport(NtpTime ntp, RtpTimestamp timestamp, MonotonicTime now)
    {
        if (ntp.Value != 0)
        {
            _senderReport = new Anchor(ntp.ToUnixMicroseconds(), timestamp, now);
        }
    }

    /// <summary>When the packet with the given timestamp was captured, by the sender's clock; false when nothing recent tells.</summary>
    public bool TryGetSenderTime(CaptureTimeSource source, RtpTimestamp timestamp, MonotonicTime now, out NtpTime senderTime)
    {
        var (candidate, maxAge) = source == CaptureTimeSource.AbsoluteCaptureTime
            ? (_captureTime, MaxCaptureTimeAge)
            : (_senderReport, MaxSenderReportAge);
        if (candidate is not { } anchor || now - anchor.TakenAt > maxAge)
        {
            senderTime = default;
            return false;
        }

        var elapsed = (long)anchor.Timestamp.DistanceTo(timestamp) * 1_000_000 / clockRate;
        senderTime = NtpTime.FromUnixMicroseconds(anchor.UnixMicroseconds + elapsed);
        return true;
    }

    private readonly record struct Anchor(long UnixMicroseconds, RtpTimestamp Timestamp, MonotonicTime TakenAt);
}
