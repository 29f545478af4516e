using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Direct;

/// <summary>Packets that the worker's owner hands in and gets handed.</summary>
public sealed class DirectMediaTests
{
    [Fact]
    public void What_is_handed_in_reaches_a_network_peer()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct");
        var audio = Media.Audio();
        direct.Transport.Produce(audio);
        var receiver = world.ConnectPlain("receiver");
        receiver.Transport.Consume(Media.Consume(audio));
        var source = RtpSource.Audio();

        for (var i = 0; i < 50; i++)
        {
            world.Producer("audio").InjectRtp(source.Next(Payloads.Opus(60 + i)));
            world.Run(20);
        }

        Assert.Equal(Enumerable.Range(60, 50), receiver.Rtp.Select(packet => packet.Payload.Length));
        Assert.Equal(Payloads.Opus(60), receiver.Rtp[0].Payload);
        Assert.Equal(50ul, world.Producer("audio").GetStats().Stats[0].PacketCount);
    }

    [Fact]
    public void What_a_network_peer_sends_is_handed_out_under_the_consumers_numbers()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var video = Media.Video();
        sender.Transport.Produce(video);
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Consume(Media.Consume(video));
        var source = new RtpSource();

        sender.SendRtp(source.KeyFrame());
        for (var i = 0; i < 20; i++)
        {
            sender.SendRtp(source.Next(Payloads.Vp8DeltaFrame(300 + i)));
        }

        world.Settle();

        var received = direct.Rtp("consumer");
        Assert.Equal([200, .. Enumerable.Range(300, 20)], received.Select(packet => packet.Payload.Length));
        Assert.All(received, packet => Assert.Equal((5000u, Media.ConsumedVideoPayloadType), (packet.Ssrc, packet.PayloadType)));
        Assert.All(received, packet => Assert.Equal("c"u8.ToArray(), packet.Extensions[Media.Consumed.Mid]));
        Assert.Equal(
            Enumerable.Range(received[0].SequenceNumber, 21).Select(number => (ushort)number), received.Select(packet => packet.SequenceNumber));
    }

    [Fact]
    public void From_owner_to_owner_every_packet_and_byte_is_counted()
    {
        using var world = new World();
        var from = world.CreateDirectTransport("from");
        var to = world.CreateDirectTransport("to");
        var audio = Media.Audio();
        from.Transport.Produce(audio);
        to.Transport.Consume(Media.Consume(audio));
        var source = RtpSource.Audio();
        byte[][] packets = [.. Enumerable.Range(0, 600).Select(i => source.Next(Payloads.Opus(50 + i)))];

        foreach (var packet in packets)
        {
            world.Producer("audio").InjectRtp(packet);
        }

        world.Settle();

        var received = to.Rtp();
        Assert.Equal(packets.Select(packet => ReceivedRtp.Parse(default, packet).Payload), received.Select(packet => packet.Payload));
        var stats = ((DirectTransportStats)from.Transport.GetStats()).Base;
        var bytes = (ulong)packets.Sum(packet => packet.Length);
        Assert.Equal((bytes, bytes, 0ul), (stats.BytesReceived, stats.RtpBytesReceived, stats.BytesSent));
        stats = ((DirectTransportStats)to.Transport.GetStats()).Base;
        bytes = (ulong)received.Sum(packet => packet.Bytes.Length);
        Assert.Equal((bytes, bytes, 0ul), (stats.BytesSent, stats.RtpBytesSent, stats.BytesReceived));
    }

    [Fact]
    public void An_owner_that_lost_a_packet_gets_it_again_as_rtx()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var video = Media.Video();
        sender.Transport.Produce(video);
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Consume(Media.Consume(video));
        var source = new RtpSource();
        sender.SendRtp(source.KeyFrame());
        sender.SendRtp(source.DeltaFrame());
        world.Run(100);
        var lost = direct.Rtp()[1];

        direct.Nack(5000, lost.SequenceNumber);
        world.Settle();

        var again = direct.Rtp("consumer")[^1];
        Assert.Equal((5001u, Media.ConsumedVideoRtxPayloadType), (again.Ssrc, again.PayloadType));
        Assert.Equal([(byte)(lost.SequenceNumber >> 8), (byte)lost.SequenceNumber, .. lost.Payload], again.Payload);
        var stats = ((DirectTransportStats)direct.Transport.GetStats()).Base;
        Assert.Equal((ulong)again.Bytes.Length, stats.RtxBytesSent);
        Assert.Equal(16ul, stats.BytesReceived);
    }

    [Fact]
    public void Key_frame_requests_pass_both_ways()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var video = Media.Video();
        sender.Transport.Produce(video);
        var out1 = world.CreateDirectTransport("out");
        out1.Transport.Consume(Media.Consume(video));
        var source = new RtpSource();
        sender.SendRtp(source.KeyFrame());
        world.Run(2000);
        var asked = sender.PliCount(1000);
        out1.Pli(5000);
        world.Settle();
        Assert.Equal(asked + 1, sender.PliCount(1000));

        var in1 = world.CreateDirectTransport("in");
        var handedIn = Media.Video("handed-in", 2000);
        in1.Transport.Produce(handedIn);
        world.Producer("handed-in").InjectRtp(new RtpSource(2000).DeltaFrame());
        world.Settle();
        Assert.Equal(1, in1.PliCount(2000));
        Assert.True(((DirectTransportStats)in1.Transport.GetStats()).Base.BytesSent >= 12);
    }

    [Fact]
    public void Holes_in_what_is_handed_in_are_asked_for()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Produce(Media.Video());
        var source = new RtpSource();
        world.Producer("video").InjectRtp(source.KeyFrame());
        var missing = ReceivedRtp.Parse(default, source.DeltaFrame()).SequenceNumber;
        world.Producer("video").InjectRtp(source.DeltaFrame());
        world.Run(50);

        var nack = direct.Rtcp().First(packet => packet.Type == RtcpPacketType.TransportLayerFeedback);
        Assert.Equal([missing], nack.NackedSequenceNumbers);
    }

    [Fact]
    public void It_sends_no_reports_by_itself()
    {
        using var world = new World();
        var from = world.CreateDirectTransport("from");
        var to = world.CreateDirectTransport("to");
        from.Transport.Produce(Media.Audio());
        to.Transport.Consume(Media.Consume(Media.Audio()));
        var source = RtpSource.Audio();
        for (var i = 0; i < 300; i++)
        {
            world.Producer("audio").InjectRtp(source.Next(Payloads.Opus()));
            world.Run(20);
        }

        Assert.Equal(300, to.Rtp().Count);
        Assert.Empty(from.Rtcp());
        Assert.Empty(to.Rtcp());
    }

    [Fact]
    public void A_paused_consumer_is_handed_nothing()
    {
        using var world = new World();
        var direct = world.CreateDirectTransport("direct");
        direct.Transport.Produce(Media.Audio());
        direct.Transport.Consume(Media.Consume(Media.Audio()));
        var consumer = (Consumer)world.Worker.FindRequestHandler("consumer")!;
        var source = RtpSource.Audio();
        for (var i = 0; i < 30; i++)
        {
            if (i == 10)
            {
                consumer.Pause();
            }
            else if (i == 20)
            {
                consumer.Resume();
            }

            world.Producer("audio").InjectRtp(source.Next(Payloads.Opus(100 + i)));
            world.Settle();
        }

        Assert.Equal([.. Enumerable.Range(100, 10), .. Enumerable.Range(120, 10)], direct.Rtp().Select(packet => packet.Payload.Length));
    }
}
