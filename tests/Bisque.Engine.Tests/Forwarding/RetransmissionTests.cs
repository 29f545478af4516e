using System.Buffers.Binary;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Forwarding;

/// <summary>Repair on both sides: what a receiver asks for again, and what the worker asks its sender for.</summary>
public sealed class RetransmissionTests
{
    [Fact]
    public void A_nack_is_answered_by_rtx_with_the_original_number_in_front()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(5);
        var lost = call.Received[2];

        call.Receiver.SendNack(5000, lost.SequenceNumber);
        call.Settle();

        var answer = call.Received[^1];
        Assert.Equal((5001u, Media.ConsumedVideoRtxPayloadType), (answer.Ssrc, answer.PayloadType));
        Assert.Equal((lost.Timestamp, lost.Marker), (answer.Timestamp, answer.Marker));
        Assert.Equal(lost.SequenceNumber, BinaryPrimitives.ReadUInt16BigEndian(answer.Payload));
        Assert.Equal(lost.Payload, answer.Payload[2..]);
        Assert.Equal("c"u8, answer.Extensions[Media.Consumed.Mid]);
    }

    [Fact]
    public void Without_rtx_the_packet_is_sent_again_as_it_was()
    {
        using var call = new Call(Media.Video(), consume => Media.Consume(Media.Video(), rtx: false));
        call.SendVideo(5);
        var lost = call.Received[2];

        call.Receiver.SendNack(5000, lost.SequenceNumber);
        call.Settle();

        var answer = call.Received[^1];
        Assert.Equal((lost.Ssrc, lost.PayloadType, lost.SequenceNumber), (answer.Ssrc, answer.PayloadType, answer.SequenceNumber));
        Assert.Equal(lost.Payload, answer.Payload);
    }

    [Fact]
    public void Without_negotiated_nack_nothing_is_sent_again()
    {
        using var call = new Call(Media.Video(), consume => Media.Consume(Media.Video(), nack: false));
        call.SendVideo(5);

        call.Receiver.SendNack(5000, call.Received[2].SequenceNumber);
        call.Settle();

        Assert.Equal(5, call.Received.Count);
    }

    [Fact]
    public void A_packet_is_not_sent_again_twice_within_a_round_trip()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(5);
        var lost = call.Received[2].SequenceNumber;

        call.Receiver.SendNack(5000, lost);
        call.Run(50);
        call.Receiver.SendNack(5000, lost);
        call.Run(60);
        Assert.Equal(6, call.Received.Count);

        call.Receiver.SendNack(5000, lost);
        call.Settle();
        Assert.Equal(7, call.Received.Count);
    }

    [Fact]
    public void Packets_older_than_two_seconds_are_not_kept()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(100);
        var count = call.Received.Count;

        call.Receiver.SendNack(5000, call.Received[0].SequenceNumber);
        call.Settle();
        Assert.Equal(count, call.Received.Count);

        call.Receiver.SendNack(5000, call.Received[60].SequenceNumber);
        call.Settle();
        Assert.Equal(count + 1, call.Received.Count);
    }

    [Fact]
    public void A_packet_that_does_not_arrive_is_asked_for_and_its_rtx_forwarded_once()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(3);
        var lost = call.Source.DeltaFrame();
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Run(20);
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Settle();

        var nack = Assert.Single(call.Sender.RtcpOf(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.GenericNack));
        Assert.Equal(1000u, nack.MediaSsrc);
        Assert.Equal([ReceivedRtp.Parse(default, lost).SequenceNumber], nack.NackedSequenceNumbers);

        var before = call.Received.Count;
        call.Sender.SendRtp(call.Source.AsRtx(lost));
        call.Sender.SendRtp(call.Source.AsRtx(lost));
        call.Settle();
        var recovered = Assert.Single(call.Received.Skip(before));
        Assert.Equal((5000u, Media.ConsumedVideoPayloadType), (recovered.Ssrc, recovered.PayloadType));
        Assert.Equal(ReceivedRtp.Parse(default, lost).Payload, recovered.Payload);
        Assert.Equal((ushort)(call.Received[2].SequenceNumber + 1), recovered.SequenceNumber);
    }

    [Fact]
    public void A_missing_packet_is_asked_for_again_until_it_comes()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(3);
        var lost = call.Source.DeltaFrame();
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Run(1000);
        var asked = call.Sender.RtcpOf(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.GenericNack).Count();
        Assert.InRange(asked, 5, 10);

        call.Sender.SendRtp(call.Source.AsRtx(lost));
        call.Run(1000);

        Assert.Equal(asked, call.Sender.RtcpOf(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.GenericNack).Count());
    }

    [Fact]
    public void A_packet_recovered_by_rtx_can_be_sent_again_itself()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(3);
        var lost = call.Source.DeltaFrame();
        call.Sender.SendRtp(call.Source.DeltaFrame());
        call.Sender.SendRtp(call.Source.AsRtx(lost));
        call.Settle();
        var recovered = call.Received[^1];

        call.Receiver.SendNack(5000, recovered.SequenceNumber);
        call.Settle();

        Assert.Equal(ReceivedRtp.Parse(default, lost).Payload, call.Received[^1].Payload[2..]);
        Assert.Equal(5001u, call.Received[^1].Ssrc);
    }

    [Fact]
    public void Retransmissions_are_counted_apart()
    {
        using var call = new Call(Media.Video());
        call.SendVideo(5);
        call.Receiver.SendNack(5000, call.Received[1].SequenceNumber, call.Received[2].SequenceNumber);
        call.Settle();

        var sent = (RtpStreamSendStats)call.Consumer.GetStats().Stats[0];
        Assert.Equal((1ul, 2ul, 2ul), (sent.Base.NackCount, sent.Base.NackPacketCount, sent.Base.PacketsRetransmitted));
        var transport = ((PlainTransportStats)call.ReceiverTransport.GetStats()).Base;
        Assert.Equal((ulong)call.Received.Where(packet => packet.Ssrc == 5001).Sum(packet => packet.Bytes.Length), transport.RtxBytesSent);
        Assert.Equal((ulong)call.Received.Where(packet => packet.Ssrc == 5000).Sum(packet => packet.Bytes.Length), transport.RtpBytesSent);
    }
}
