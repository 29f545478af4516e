using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Reports;

/// <summary>A peer that loses, swaps and doubles its own packets counts what it does, and the worker must come to the same figures.</summary>
public sealed class CountingPeerTests
{
    private const int Packets = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_a_producer_received_is_what_its_peer_sent(ulong seed)
    {
        using var call = new Call(Media.Video());
        var random = new SeededRandomSource(seed);
        var sent = new Dictionary<ushort, byte[]>();
        var lost = new HashSet<ushort>();
        ulong delivered = 0, bytes = 0, doubled = 0, rtxDoubled = 0, retransmitted = 0, repaired = 0;
        byte[]? held = null;
        var answered = 0;
        for (var i = 0; i < Packets; i++)
        {
            var number = call.Source.NextSequenceNumber;
            var packet = sent[number] = i == 0 ? call.Source.KeyFrame() : call.Source.DeltaFrame();
            var fate = i is 0 or Packets - 1 ? 99 : random.NextInt32(0, 99);
            switch (fate)
            {
                case < 10:
                    lost.Add(number);
                    break;
                case < 20 when held is null:
                    held = packet;
                    continue;
                case < 30:
                    Send(packet);
                    call.Sender.SendRtp(packet);
                    doubled++;
                    break;
                default:
                    Send(packet);
                    break;
            }

            if (held is not null)
            {
                Send(held);
                held = null;
            }

            call.Run(5);
            AnswerNacks();
        }

        for (var i = 0; i < 300; i++)
        {
            call.Run(10);
            AnswerNacks();
        }

        var nacks = Nacks();
        var stats = Assert.IsType<RtpStreamRecvStats>(Assert.Single(call.Producer.GetStats().Stats));
        Assert.Equal((ulong)nacks.Length, stats.Base.NackCount);
        Assert.Equal((ulong)nacks.Sum(nack => nack.NackedSequenceNumbers.Length), stats.Base.NackPacketCount);
        Assert.Equal(lost.Count, (int)repaired);
        Assert.Equal(repaired, stats.Base.PacketsRepaired);
        Assert.Equal(retransmitted, stats.Base.PacketsRetransmitted);
        Assert.Equal(doubled, stats.Base.PacketsDiscarded);
        Assert.Equal(rtxDoubled, stats.Base.RtxPacketsDiscarded);
        Assert.Equal(delivered + repaired, stats.PacketCount);
        Assert.Equal(bytes, stats.ByteCount);

        // Reports are about the path: what was repaired was lost on it all the same.
        Assert.Equal(lost.Count, stats.Base.PacketsLost);
        var report = call.Sender.RtcpOf(RtcpPacketType.ReceiverReport).SelectMany(packet => packet.ReportBlocks).Last(block => block.Ssrc.Value == 1000);
        Assert.Equal(lost.Count, report.CumulativeLost);
        Assert.Equal(call.Source.NextSequenceNumber - 1, (int)report.ExtendedHighestSequenceNumber);
        Assert.Equal(Packets, call.Received.Select(packet => packet.SequenceNumber).Distinct().Count());

        void Send(byte[] packet)
        {
            call.Sender.SendRtp(packet);
            delivered++;
            bytes += (ulong)packet.Length;
        }

        ReceivedRtcpPacket[] Nacks() =>
            [.. call.Sender.RtcpOf(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.GenericNack)];

        void AnswerNacks()
        {
            var all = Nacks();
            foreach (var nack in all[answered..])
            {
                foreach (var number in nack.NackedSequenceNumbers)
                {
                    if (random.NextInt32(0, 9) == 0)
                    {
                        continue;
                    }

                    var rtx = call.Source.AsRtx(sent[number]);
                    call.Sender.SendRtp(rtx);
                    retransmitted++;
                    if (random.NextInt32(0, 9) == 0)
                    {
                        call.Sender.SendRtp(rtx);
                        rtxDoubled++;
                    }

                    if (lost.Contains(number) && _repairedNumbers.Add(number))
                    {
                        repaired++;
                        bytes += (ulong)sent[number].Length;
                    }
                }
            }

            answered = all.Length;
            call.Settle();
        }
    }

    [Fact]
    public void What_a_consumer_sent_is_what_its_peer_received()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(60);
        var numbers = call.Received.Select(packet => packet.SequenceNumber).ToArray();

        call.Receiver.SendNack(5000, numbers[10], numbers[11], numbers[40]);
        call.Run(10);
        call.Receiver.SendNack(5000, numbers[11]);
        call.Run(500);
        call.Receiver.SendNack(5000, numbers[40]);
        call.Receiver.SendPli(5000);
        call.Receiver.SendReceiverReport(new ReportBlock(new Ssrc(5000), 13, 3, 0, 77, 0, 0));
        call.Run(10);

        var media = call.Received.Where(packet => packet.Ssrc == 5000).ToArray();
        var rtx = call.Received.Where(packet => packet.Ssrc == 5001).ToArray();
        Assert.Equal(4, rtx.Length);
        var stats = Assert.IsType<RtpStreamSendStats>(call.Consumer.GetStats().Stats[0]);
        Assert.Equal(((ulong)media.Length, (ulong)media.Sum(packet => packet.Bytes.Length)), (stats.PacketCount, stats.ByteCount));
        Assert.Equal((3ul, 5ul, 4ul, 3ul), (
            stats.Base.NackCount, stats.Base.NackPacketCount, stats.Base.PacketsRetransmitted, stats.Base.PacketsRepaired));
        Assert.Equal((1ul, 0ul), (stats.Base.PliCount, stats.Base.FirCount));
        Assert.Equal((3, (byte)13, 77u), (stats.Base.PacketsLost, stats.Base.FractionLost, stats.Base.Jitter));
        Assert.Equal((ulong)call.World.Now.Milliseconds, stats.Base.Timestamp);
        var transport = ((PlainTransportStats)call.ReceiverTransport.GetStats()).Base;
        Assert.Equal((ulong)media.Sum(packet => packet.Bytes.Length), transport.RtpBytesSent);
        Assert.Equal((ulong)rtx.Sum(packet => packet.Bytes.Length), transport.RtxBytesSent);
    }

    [Fact]
    public void A_transport_counts_the_bytes_of_what_came_twice_or_repaired_nothing()
    {
        using var call = new Call(Media.Video());
        var packets = call.SendVideo(3);
        var rtx = call.Source.AsRtx(packets[1]);

        call.Sender.SendRtp(packets[2]);
        call.Sender.SendRtp(rtx);
        call.Sender.SendRtp(rtx);
        call.Settle();

        var transport = ((PlainTransportStats)call.SenderTransport.GetStats()).Base;
        Assert.Equal((ulong)(packets.Sum(packet => packet.Length) + packets[2].Length), transport.RtpBytesReceived);
        Assert.Equal((ulong)(2 * rtx.Length), transport.RtxBytesReceived);
        var stats = call.Producer.GetStats().Stats[0];
        Assert.Equal((3ul, 1ul, 1ul), (stats.PacketCount, stats.Base.PacketsDiscarded, stats.Base.RtxPacketsDiscarded));
    }

    [Fact]
    public void Padding_alone_is_a_packet_of_no_bytes_to_its_stream_and_of_all_its_bytes_to_its_transport()
    {
        using var call = new Call(Media.Video());
        var packets = call.SendVideo(2);
        var padding = call.Source.Next([0, 0, 0, 4]);
        padding[0] |= 0x20;
        call.Sender.SendRtp(padding);
        call.Settle();

        var stats = call.Producer.GetStats().Stats[0];
        Assert.Equal((3ul, (ulong)packets.Sum(packet => packet.Length)), (stats.PacketCount, stats.ByteCount));
        Assert.Equal(
            stats.ByteCount + (ulong)padding.Length,
            ((PlainTransportStats)call.SenderTransport.GetStats()).Base.RtpBytesReceived);
    }

    [Theory]
    [InlineData(false, 2400, 2600)]
    [InlineData(true, 5900, 6100)]
    public void The_bitrate_is_that_of_a_window_which_is_longer_with_discontinuous_transmission(bool dtx, int withinMs, int pastMs)
    {
        var audio = Media.Audio();
        using var call = new Call(audio with
        {
            RtpParameters = audio.RtpParameters with { Encodings = [audio.RtpParameters.Encodings[0] with { Dtx = dtx }] },
        });
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));

        call.Run(withinMs);
        Assert.NotEqual(0ul, call.Producer.GetStats().Stats[0].Bitrate);

        call.Run(pastMs - withinMs);
        Assert.Equal(0ul, call.Producer.GetStats().Stats[0].Bitrate);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(0, 0)]
    public void A_sender_with_in_band_fec_hears_of_its_worst_receiver(int useInBandFec, byte told)
    {
        var audio = Media.Audio();
        using var call = new Call(audio with
        {
            RtpParameters = audio.RtpParameters with
            {
                Codecs =
                [
                    audio.RtpParameters.Codecs[0] with
                    {
                        Parameters = [new CodecParameter { Name = "useinbandfec", Value = new CodecParameterValue.Integer32(useInBandFec) }],
                    },
                ],
            },
        });
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Run(20);
        call.Receiver.SendReceiverReport(new ReportBlock(new Ssrc(5000), 64, 10, 0, 0, 0, 0));
        call.Run(2000);

        var report = call.Sender.RtcpOf(RtcpPacketType.ReceiverReport).SelectMany(packet => packet.ReportBlocks).Last();
        Assert.Equal(told, report.FractionLost);
        Assert.Equal(0, call.Producer.GetStats().Stats[0].Base.FractionLost);
    }

    private readonly HashSet<ushort> _repairedNumbers = [];
}
