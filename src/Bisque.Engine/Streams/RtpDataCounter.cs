using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>Packets, bytes and bitrate of one flow of RTP.</summary>
/// <param name="leavePaddingOut">Count packets that are nothing but padding, but not their bytes: the counters of streams do so, a transport's do not.</param>
/// <param name="windowMilliseconds">Window of the bitrate.</param>
internal sealed class RtpDataCounter(bool leavePaddingOut = false, int windowMilliseconds = RtpDataCounter.DefaultWindowMilliseconds)
{
    /// <summary>Long enough to smooth the bursts in which video is sent.</summary>
    public const int DefaultWindowMilliseconds = 2500;

    private readonly RateCalculator _rate = new(windowMilliseconds);

    /// <summary>Packets since creation.</summary>
    public ulong PacketCount { get; private set; }

    /// <summary>Bytes since creation.</summary>
    public ulong ByteCount => _rate.TotalBytes;

    /// <summary>Counts a packet of <paramref name="size"/> bytes.</summary>
    public void Update(int size, bool isPaddingOnly, MonotonicTime now)
    {
        PacketCount++;
        _rate.Update(leavePaddingOut && isPaddingOnly ? 0 : size, now);
    }

    /// <summary>Counts a received packet.</summary>
    public void Update(in RtpPacketInfo packet, MonotonicTime now) => Update(packet.Size, packet.IsPaddingOnly, now);

    /// <summary>Current bits per second.</summary>
    public ulong GetBitrate(MonotonicTime now) => _rate.GetRate(now);
}
