using Bisque.Primitives;
using Bisque.Rtp;

namespace Bisque.Congestion.Tests;

/// <summary>Reads back what a server sent.</summary>
internal sealed class RecordedRtcp : ICongestionControlServerEvents
{
    public List<byte[]> Packets { get; } = [];

    public void SendRtcp(ReadOnlySpan<byte> packet) => Packets.Add(packet.ToArray());

    /// <summary>Bitrate and streams of each REMB since the last call; fails on anything else.</summary>
    public List<Remb> TakeRembs()
    {
        List<Remb> rembs = [];
        foreach (var bytes in Packets)
        {
            Assert.True(RtcpPacket.TryParse(bytes, out var packet));
            Assert.Equal(bytes.Length, packet.Length);
            Assert.True(ReceiverEstimatedMaximumBitrate.TryParse(packet, out var remb));
            Assert.Equal(new Ssrc(0), remb.SenderSsrc);
            var streams = new uint[remb.SourceCount];
            for (var i = 0; i < streams.Length; i++)
            {
                streams[i] = remb.GetSource(i).Value;
            }

            rembs.Add(new Remb(remb.Bitrate, streams));
        }

        Packets.Clear();
        return rembs;
    }

    /// <summary>Each transport feedback packet since the last call; fails on anything else.</summary>
    public List<Feedback> TakeFeedback()
    {
        List<Feedback> all = [];
        foreach (var bytes in Packets)
        {
            Assert.True(RtcpPacket.TryParse(bytes, out var packet));
            Assert.Equal(bytes.Length, packet.Length);
            Assert.True(TransportFeedback.TryParse(packet, out var feedback));
            Assert.Equal(new Ssrc(0), feedback.SenderSsrc);
            List<(int Number, double? Milliseconds)> statuses = [];
            foreach (var status in feedback)
            {
                statuses.Add((status.SequenceNumber.Value, status.IsReceived ? status.ArrivalTicks * 0.25 : null));
            }

            all.Add(new Feedback(feedback.FeedbackPacketCount, feedback.MediaSsrc, statuses, bytes.Length));
        }

        Packets.Clear();
        return all;
    }

    internal sealed record Remb(Bitrate Bitrate, uint[] Streams);

    internal sealed record Feedback(int Count, Ssrc MediaSsrc, List<(int Number, double? Milliseconds)> Statuses, int Length);
}
