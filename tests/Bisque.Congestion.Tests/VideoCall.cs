using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;

namespace Bisque.Congestion.Tests;

/// <summary>
/// A sender of 30 frames per second that obeys REMB (arriving after the propagation time), a bottleneck, and the server that estimates.
/// </summary>
internal sealed class VideoCall
{
    private const int PacketBytes = 1200;
    private const int StepMicroseconds = 1000;
    private static readonly TimeSpan Propagation = TimeSpan.FromMilliseconds(25);

    private readonly Queue<(MonotonicTime Arrival, uint SendTime, int Bytes)> _inFlight = new();
    private readonly Queue<(MonotonicTime Arrival, Bitrate Rate)> _reports = new();
    private readonly SeededRandomSource _random = new(21);
    private double _budget;
    private MonotonicTime _nextFrame;

    public VideoCall(Bitrate capacity)
    {
        Link = new BottleneckLink(capacity, Propagation, TimeSpan.FromMilliseconds(800));
        _nextFrame = Test.Now;
    }

    public ServerUnderTest Test { get; } = new(CongestionControlMode.Remb);

    public BottleneckLink Link { get; }

    /// <summary>What the encoder would like to send.</summary>
    public Bitrate Wanted { get; set; } = new(20_000_000);

    /// <summary>What REMB allows.</summary>
    public Bitrate Allowed { get; private set; } = new(300_000);

    /// <summary>Random delay that is added to each packet, as a radio link does.</summary>
    public int JitterMicroseconds { get; set; }

    public List<RecordedRtcp.Remb> Reports { get; } = [];

    public long ReceivedBytes { get; private set; }

    /// <summary>The longest time that a packet was under way in the last run.</summary>
    public TimeSpan LongestDelay { get; private set; }

    /// <summary>Runs and returns the rate at which bytes came through.</summary>
    public Bitrate RunFor(int seconds)
    {
        ReceivedBytes = 0;
        LongestDelay = TimeSpan.Zero;
        var end = Test.Now + TimeSpan.FromSeconds(seconds);
        while (Test.Now < end)
        {
            Test.RunUntil(Test.Now + TimeSpan.FromMicroseconds(StepMicroseconds));
            SendFrame();
            Deliver();
            CollectReports();
        }

        return Bitrate.Of(ReceivedBytes, TimeSpan.FromSeconds(seconds));
    }

    private void SendFrame()
    {
        if (Test.Now < _nextFrame)
        {
            return;
        }

        _nextFrame += TimeSpan.FromMicroseconds(33_333);
        _budget += Math.Min(Allowed.BitsPerSecond, Wanted.BitsPerSecond) / 8.0 / 30 * (0.8 + 0.4 * _random.NextDouble());
        for (var i = 0; _budget > 0; i++)
        {
            // Packets of a frame leave half a millisecond apart.
            var sendTime = Test.Now + TimeSpan.FromMicroseconds(500 * i);
            var bytes = (int)Math.Min(PacketBytes, Math.Max(_budget, 100));
            _budget -= bytes;
            if (Link.Send(sendTime, bytes) is { } arrival)
            {
                arrival += TimeSpan.FromMicroseconds(_random.NextInt32(0, JitterMicroseconds));
                _inFlight.Enqueue((arrival, AbsSendTime.From(sendTime).Value, bytes));
            }
        }
    }

    private void Deliver()
    {
        while (_inFlight.TryPeek(out var packet) && packet.Arrival <= Test.Now)
        {
            _inFlight.Dequeue();
            ReceivedBytes += packet.Bytes;
            var sent = (double)packet.SendTime / (1 << 18);
            var delay = TimeSpan.FromSeconds((packet.Arrival.Microseconds / 1e6 - sent) % 64);
            LongestDelay = delay > LongestDelay ? delay : LongestDelay;
            Test.Server.OnRtpPacket(packet.Arrival, ServerUnderTest.Stream, null, packet.SendTime, packet.Bytes);
        }
    }

    private void CollectReports()
    {
        if (Test.Rtcp.Packets.Count > 0)
        {
            foreach (var report in Test.Rtcp.TakeRembs())
            {
                Reports.Add(report);
                _reports.Enqueue((Test.Now + Propagation, report.Bitrate));
            }
        }

        while (_reports.TryPeek(out var report) && report.Arrival <= Test.Now)
        {
            Allowed = _reports.Dequeue().Rate;
        }
    }
}
