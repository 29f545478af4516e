namespace Bisque.Engine.Streams;

/// <summary>How much is kept for retransmission, and how long.</summary>
internal static class RetransmissionLimits
{
    /// <summary>Most packets per stream.</summary>
    public const int MaxPackets = 2500;

    /// <summary>Most bytes per producer stream: 2 s of 16 Mbit/s.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Age, by RTP time, past which a video packet comes too late to be shown.</summary>
    public static readonly TimeSpan VideoDelay = TimeSpan.FromMilliseconds(2000);

    /// <summary>The same for audio.</summary>
    public static readonly TimeSpan AudioDelay = TimeSpan.FromMilliseconds(1000);

    /// <summary>Round-trip time while none was measured.</summary>
    public static readonly TimeSpan DefaultRoundTripTime = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How often one packet is sent again to one receiver. Endpoints ask ten times at most; without a limit, one that claims a round trip
    /// of nothing could have everything that is kept sent to it over and over, and keep the worker from serving others.
    /// </summary>
    public const int MaxResends = 10;

    /// <summary>The age limit of a stream in its timestamp units.</summary>
    public static int InTimestampUnits(bool isVideo, uint clockRate) =>
        (int)Math.Min((long)(isVideo ? VideoDelay : AudioDelay).TotalMilliseconds * clockRate / 1000, int.MaxValue);
}
