using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Congestion.Tests;

/// <summary>A server in virtual time.</summary>
internal sealed class ServerUnderTest
{
    public static readonly Ssrc Stream = new(77);

    public ServerUnderTest(CongestionControlMode mode, int maximumRtcpPacketLength = 1292)
    {
        Server = new CongestionControlServer(
            new CongestionControlServerOptions { Mode = mode, MaximumRtcpPacketLength = maximumRtcpPacketLength }, Rtcp);
        Server.Start(Now);
    }

    public RecordedRtcp Rtcp { get; } = new();

    public CongestionControlServer Server { get; }

    public MonotonicTime Now { get; private set; } = 10_000.Milliseconds();

    /// <summary>Lets deadlines pass until <paramref name="time"/>.</summary>
    public void RunUntil(MonotonicTime time)
    {
        while (Server.NextDeadline <= time)
        {
            Now = Server.NextDeadline;
            Server.OnDeadline(Now);
        }

        Now = time;
    }

    public void RunFor(int milliseconds) => RunUntil(Now + TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>A packet with a transport-wide number arrives now.</summary>
    public void Receive(int wideSequenceNumber) => Server.OnRtpPacket(Now, Stream, (ushort)wideSequenceNumber, null, 1200);

    /// <summary>Packets with these numbers arrive one millisecond apart, the first of them now.</summary>
    public void ReceiveAll(params ReadOnlySpan<int> wideSequenceNumbers)
    {
        foreach (var number in wideSequenceNumbers)
        {
            Receive(number);
            RunFor(1);
        }
    }
}
