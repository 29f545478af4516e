using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Rtp;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// A packet of a layer that is not sent, which comes after numbers behind it were given out: the receiver cannot tell its hole from a loss, and
/// gets padding for it.
/// </summary>
public sealed class LateLayerTests
{
    [Theory]
    [InlineData("video/VP8", "L1T3")]
    [InlineData("video/VP9", "L3T3")]
    [InlineData("video/VP9", "L3T3_KEY")]
    [InlineData("video/AV1", "L3T3")]
    [InlineData("video/H264", "L1T3")]
    public void The_number_of_a_late_packet_that_is_left_out_goes_to_padding_at_once(string mimeType, string mode)
    {
        using var call = Call(mimeType, mode, out var encoder);
        var late = SendButOne(call, encoder);
        var before = call.Received.Count;
        var hole = Assert.Single(Holes(call));

        call.Sender.SendRtp(late);
        call.World.Settle();

        var padding = Assert.Single(call.Received.Skip(before));
        Assert.Equal(hole, padding.SequenceNumber);
        Assert.True(RtpPacket.TryParse(padding.Bytes, out var packet));
        Assert.Equal((0, 1, false), (packet.Payload.Length, (int)packet.PaddingLength, packet.Marker));
        Assert.DoesNotContain(Media.Consumed.DependencyDescriptor, padding.Extensions.Keys);
        Assert.Contains(call.Received.Take(before), sent => sent.Timestamp == padding.Timestamp || sent.Timestamp < padding.Timestamp);
        Assert.Empty(Holes(call));
    }

    [Fact]
    public void Padding_that_is_lost_is_sent_again_as_padding()
    {
        using var call = Call("video/VP9", "L3T3", out var encoder);
        var late = SendButOne(call, encoder);
        call.Sender.SendRtp(late);
        call.World.Settle();
        var lost = call.Received[^1];

        call.Receiver.SendNack(5000, lost.SequenceNumber);
        call.World.Settle();

        Assert.True(RtpPacket.TryParse(call.Received[^1].Bytes, out var resent));
        Assert.Equal(5001u, resent.Ssrc.Value);
        Assert.Equal([(byte)(lost.SequenceNumber >> 8), (byte)lost.SequenceNumber], resent.Payload.ToArray());
        Assert.Equal(1, resent.PaddingLength);
    }

    [Fact]
    public void A_browser_can_decrypt_it_and_a_late_packet_of_a_layer_that_is_sent_is_itself()
    {
        var produce = LayeredMedia.Svc("video/VP9", "L3T3");
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectWebRtc("receiver");
        sender.Transport.Produce(produce);
        receiver.Transport.Consume(LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0 }));
        var encoder = new LayeredEncoder(new RtpSource(), "video/VP9", 3, 3) { PacketsPerFrame = 1 };
        sender.SendRtp(encoder.Next(key: true).Select(packet => packet.Rtp));
        var picture = encoder.Next(key: false);
        sender.SendRtp(encoder.Next(key: false).Select(packet => packet.Rtp));
        world.Settle();

        sender.SendRtp(picture.Select(packet => packet.Rtp));
        world.Settle();

        Assert.Equal(0, receiver.UndecryptableDatagrams);
        Assert.Equal([false, false, false, true, true], receiver.Rtp.Select(packet => packet.Payload.Length == 0));
        Assert.Equal(5, receiver.Rtp.Select(packet => packet.SequenceNumber).Distinct().Count());
    }

    [Fact]
    public void Late_packets_from_before_the_beginning_leave_no_hole_and_get_nothing()
    {
        using var call = Call("video/VP9", "L3T3", out var encoder);
        var early = encoder.Next(key: false);
        call.Sender.SendRtp(encoder.Next(key: true).Select(packet => packet.Rtp));
        call.World.Settle();
        var before = call.Received.Count;

        call.Sender.SendRtp(early.Select(packet => packet.Rtp));
        call.World.Settle();

        Assert.Equal(before, call.Received.Count);
    }

    [Fact]
    public void Sound_that_is_late_and_not_wanted_leaves_no_hole_either()
    {
        var audio = Media.Audio();
        using var call = new Call(audio, consume => consume with { IgnoreDtx = true });
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        var late = call.Source.Next([0x08]);
        call.Sender.SendRtp(call.Source.Next(Payloads.Opus()));
        call.Sender.SendRtp(late);
        call.Settle();

        Assert.Equal(3, call.Received.Count);
        Assert.Empty(call.Received[^1].Payload);
        Assert.Equal(call.Received[0].SequenceNumber + 1, call.Received[^1].SequenceNumber);
    }

    private static LayeredCall Call(string mimeType, string mode, out LayeredEncoder encoder)
    {
        var produce = LayeredMedia.Svc(mimeType, mode);
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 0 }));
        encoder = LayeredEncoder.Of(call.Layers[0], mimeType, mode, packetsPerFrame: 1);
        return call;
    }

    /// <summary>Sends some pictures, but for one packet of the highest temporal layer.</summary>
    private static byte[] SendButOne(LayeredCall call, LayeredEncoder encoder)
    {
        byte[]? late = null;
        for (var i = 0; i < 9; i++)
        {
            foreach (var packet in encoder.Next(key: i == 0))
            {
                if (late is null && packet.Frame.Temporal > 0)
                {
                    late = packet.Rtp;
                    continue;
                }

                call.Sender.SendRtp(packet.Rtp);
            }

            call.World.Settle();
        }

        return late!;
    }

    private static ushort[] Holes(LayeredCall call)
    {
        var numbers = call.Received.Select(packet => packet.SequenceNumber).ToHashSet();
        return [.. Enumerable.Range(numbers.Min(), numbers.Max() - numbers.Min()).Select(number => (ushort)number).Where(number => !numbers.Contains(number))];
    }
}
