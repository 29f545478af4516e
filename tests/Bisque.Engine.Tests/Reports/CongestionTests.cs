using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Reports;

/// <summary>What a sender hears of its packets' arrival, so that it finds its rate.</summary>
public sealed class CongestionTests
{
    [Fact]
    public void Transport_wide_feedback_goes_back_each_100_milliseconds()
    {
        using var call = new Call(Media.Video(congestionControl: "transport-cc"));
        for (ushort i = 0; i < 60; i++)
        {
            var packet = call.Source.DeltaFrame((Media.Sent.TransportWide, [(byte)(i >> 8), (byte)i]));
            if (i != 17)
            {
                call.Sender.SendRtp(packet);
            }

            call.Run(10);
        }

        call.Run(150);
        var feedback = call.Sender.RtcpOf(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.TransportWide).ToArray();
        Assert.InRange(feedback.Length, 6, 8);
        var statuses = new List<(ushort Number, bool IsReceived)>();
        foreach (var packet in feedback)
        {
            Assert.True(TransportFeedback.TryParse(packet.View, out var view));
            foreach (var status in view)
            {
                statuses.Add((status.SequenceNumber.Value, status.IsReceived));
            }
        }

        Assert.Equal(Enumerable.Range(0, 60).Select(i => ((ushort)i, i != 17)), statuses);
        Assert.Equal(0ul, ((PlainTransportStats)call.SenderTransport.GetStats()).Base.AvailableIncomingBitrate);
    }

    [Fact]
    public void Without_it_being_negotiated_there_is_none()
    {
        using var call = new Call(Media.Video());
        for (byte i = 0; i < 60; i++)
        {
            call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.TransportWide, [0, i])));
            call.Run(10);
        }

        Assert.Empty(call.Sender.RtcpOf(RtcpPacketType.TransportLayerFeedback, RtcpFeedbackFormat.TransportWide));
        Assert.Null(((PlainTransportStats)call.SenderTransport.GetStats()).Base.AvailableIncomingBitrate);
    }

    [Fact]
    public void Remb_never_tells_more_than_the_limit_of_incoming_bitrate()
    {
        using var call = new Call(Media.Video(congestionControl: "goog-remb"));
        call.SenderTransport.SetMaxIncomingBitrate(300_000);
        for (var i = 0; i < 200; i++)
        {
            var sent = new byte[AbsSendTime.Length];
            AbsSendTime.From(call.World.Now).Write(sent);
            call.Sender.SendRtp(call.Source.Next(Payloads.Vp8DeltaFrame(1000), (Media.Sent.AbsSendTime, sent)));
            call.Run(10);
        }

        var estimates = Estimates(call);
        Assert.NotEmpty(estimates);
        Assert.All(estimates, estimate => Assert.InRange(estimate, 1, 300_000));
        Assert.Contains(300_000, estimates);
    }

    [Fact]
    public void With_transport_wide_feedback_the_limit_is_told_by_remb_too()
    {
        using var call = new Call(Media.Video(congestionControl: "transport-cc"));
        call.SenderTransport.SetMaxIncomingBitrate(300_000);

        for (byte i = 0; i < 200; i++)
        {
            call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.TransportWide, [0, i])));
            call.Run(10);
        }

        Assert.Contains(300_000, Estimates(call));
    }

    [Fact]
    public void The_limit_is_told_again_each_second_and_a_half_while_packets_come()
    {
        using var call = new Call(Media.Video(congestionControl: "transport-cc"));
        call.SenderTransport.SetMaxIncomingBitrate(300_000);

        SendFor(call, 6100);

        Assert.InRange(Estimates(call).Count, 4, 5);
        Assert.All(Estimates(call), estimate => Assert.Equal(300_000, estimate));
        call.Run(10_000);
        Assert.InRange(Estimates(call).Count, 4, 5);
    }

    [Fact]
    public void A_limit_that_is_removed_is_told_four_times_the_first_at_once()
    {
        using var call = new Call(Media.Video(congestionControl: "transport-cc"));
        call.SenderTransport.SetMaxIncomingBitrate(300_000);
        SendFor(call, 100);
        call.Sender.Rtcp.Clear();

        call.SenderTransport.SetMaxIncomingBitrate(0);
        call.Settle();
        Assert.Equal([0], Estimates(call));

        SendFor(call, 12_000);
        Assert.Equal([0, 0, 0, 0], Estimates(call));
    }

    [Fact]
    public void A_limit_that_was_never_set_is_not_removed()
    {
        using var call = new Call(Media.Video(congestionControl: "transport-cc"));

        call.SenderTransport.SetMaxIncomingBitrate(0);
        SendFor(call, 3000);

        Assert.Empty(Estimates(call));
    }

    private static void SendFor(Call call, int milliseconds)
    {
        for (var i = 0; i < milliseconds / 20; i++)
        {
            var number = call.Source.NextSequenceNumber;
            call.Sender.SendRtp(call.Source.DeltaFrame((Media.Sent.TransportWide, [(byte)(number >> 8), (byte)number])));
            call.Run(20);
        }
    }

    private static List<long> Estimates(Call call)
    {
        var estimates = new List<long>();
        foreach (var packet in call.Sender.RtcpOf(RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.ApplicationLayer))
        {
            Assert.True(ReceiverEstimatedMaximumBitrate.TryParse(packet.View, out var estimate));
            estimates.Add(estimate.Bitrate.BitsPerSecond);
        }

        return estimates;
    }
}
