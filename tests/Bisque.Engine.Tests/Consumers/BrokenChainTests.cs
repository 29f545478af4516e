using Bisque.Engine.Consumers.Layers;
using Bisque.Engine.Tests.Worlds;
using Bisque.Primitives;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// AV1 when a packet is lost for good that others depend on: the receiver gets what can still be decoded, never waits for what will not
/// come, and the sender is asked for a key frame until it sends one.
/// </summary>
public sealed class BrokenChainTests
{
    private const int FrameInterval = 33;

    public static TheoryData<string, int, int> Losses
    {
        get
        {
            var losses = new TheoryData<string, int, int>();
            foreach (var (mode, spatialLayers) in new[] { ("L1T3", 1), ("L2T1", 2), ("L3T3", 3), ("L3T3_KEY", 3), ("L2T2_KEY", 2) })
            {
                // With K-SVC nothing depends on the lower layers between key pictures.
                for (var spatial = mode.EndsWith("_KEY", StringComparison.Ordinal) ? spatialLayers - 1 : 0; spatial < spatialLayers; spatial++)
                {
                    // The first packet of the frame, the last, or both.
                    losses.Add(mode, spatial, 0);
                    losses.Add(mode, spatial, 1);
                    losses.Add(mode, spatial, -1);
                }
            }

            return losses;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_frame_of_a_chain_that_is_lost_costs_a_moment_and_nothing_undecodable_is_sent_for_long(string mode, int spatial, int part)
    {
        var (call, encoder) = Call(mode);
        using var _ = call;
        Stream(call, encoder, pictures: 40);
        var asked = call.Sender.PliCount(1000);
        var lostAt = Lose(call, encoder, spatial, part);
        var askedAt = MonotonicTime.Never;
        for (var i = 0; i < 90; i++)
        {
            // No key frame comes for three seconds.
            Send(call, encoder.Next(key: false));
            call.Run(FrameInterval);
            askedAt = call.Sender.PliCount(1000) > asked && askedAt == MonotonicTime.Never ? call.World.Now : askedAt;
        }

        Assert.InRange((askedAt - lostAt).TotalMilliseconds, 200, 350);
        Assert.InRange(call.Sender.PliCount(1000) - asked, 4, 12);
        var keyAt = call.World.Now;
        Send(call, encoder.Next(key: true));
        call.Run(FrameInterval);
        Stream(call, encoder, pictures: 30);

        var decoder = new DecoderModel(call, encoder);
        var isEndMissing = spatial == mode[1] - '1' && part != 0 && !mode.EndsWith("_KEY", StringComparison.Ordinal);
        if (isEndMissing && spatial > 0)
        {
            // The lower layers of that picture went without a marker, which was to come with the upper one: a browser waits for it until the key frame.
            Assert.All(decoder.InVain, frame => Assert.True(frame.At >= lostAt && frame.At < keyAt));
            return;
        }

        Assert.All(decoder.InVain, frame => Assert.InRange((frame.At - lostAt).TotalMilliseconds, 0, 1070));
        Assert.InRange(decoder.LongestFreeze(keyAt, call.World.Now).TotalMilliseconds, 0, 2 * FrameInterval);
        Assert.Equal(mode[1] - '1', decoder.Decoded.Last().Frame.Spatial);
        if (spatial > 0 && !mode.EndsWith("_KEY", StringComparison.Ordinal))
        {
            // The layers below are whole: they are shown, and are what is sent after a little.
            // Where nothing of the layer above came, it takes a while until it is given up.
            var waits = part < 0 ? ChainWatch.Patience.TotalMilliseconds : 0;
            Assert.InRange(decoder.LongestFreeze(lostAt, keyAt).TotalMilliseconds, 0, waits + (2 * FrameInterval));
            Assert.All(decoder.InVain, frame => Assert.InRange((frame.At - lostAt).TotalMilliseconds, 0, ChainWatch.Patience.TotalMilliseconds + 2 * FrameInterval));
        }
    }

    [Theory]
    [InlineData("L1T3", 0, 400)]
    [InlineData("L1T3", 1, 700)]
    [InlineData("L3T3", 0, 900)]
    public void What_is_repaired_late_is_worth_waiting_for_while_nothing_else_can_be_shown(string mode, int part, int delay)
    {
        var (call, encoder) = Call(mode);
        using var _ = call;
        Stream(call, encoder, pictures: 40);
        var lost = BasePicture(encoder, call);
        Send(call, lost.Where(packet => !IsLost(packet, 0, part)));
        call.Run(FrameInterval);
        Stream(call, encoder, pictures: delay / FrameInterval);

        Send(call, lost.Where(packet => IsLost(packet, 0, part)).Select(packet => packet with { Rtp = encoder.Source.AsRtx(packet.Rtp) }));
        Stream(call, encoder, pictures: 60);

        var decoder = new DecoderModel(call, encoder);
        Assert.Empty(decoder.InVain);
        Assert.InRange(decoder.LongestFreeze(call.World.Now - TimeSpan.FromSeconds(1.9), call.World.Now).TotalMilliseconds, 0, 2 * FrameInterval);
    }

    [Fact]
    public void With_KSVC_a_loss_in_a_layer_that_is_not_shown_is_nobodys_concern()
    {
        var (call, encoder) = Call("L3T3_KEY");
        using var _ = call;
        Stream(call, encoder, pictures: 40);
        var asked = call.Sender.PliCount(1000);

        var lostAt = Lose(call, encoder, spatial: 1, part: -1);
        Stream(call, encoder, pictures: 60);

        Assert.Equal(asked, call.Sender.PliCount(1000));
        Assert.Empty(new DecoderModel(call, encoder).InVain);
        Assert.InRange(new DecoderModel(call, encoder).LongestFreeze(lostAt, call.World.Now).TotalMilliseconds, 0, FrameInterval);
    }

    [Fact]
    public void A_second_loss_is_not_forgotten_when_the_first_is_repaired()
    {
        var (call, encoder) = Call("L1T3");
        using var _ = call;
        Stream(call, encoder, pictures: 40);
        var first = BasePicture(encoder, call);
        Stream(call, encoder, pictures: 3);
        BasePicture(encoder, call);
        Stream(call, encoder, pictures: 3);
        var lostAt = call.World.Now;
        var asked = call.Sender.PliCount(1000);

        Send(call, first.Select(packet => packet with { Rtp = encoder.Source.AsRtx(packet.Rtp) }));
        Stream(call, encoder, pictures: 60);

        Assert.True(call.Sender.PliCount(1000) > asked);
        Assert.All(new DecoderModel(call, encoder).InVain, frame => Assert.InRange((frame.At - lostAt).TotalMilliseconds, -1000, 1070));
    }

    private static (LayeredCall Call, LayeredEncoder Encoder) Call(string mode)
    {
        var produce = LayeredMedia.Svc("video/AV1", mode);
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        return (call, LayeredEncoder.Of(call.Layers[0], "video/AV1", mode));
    }

    /// <summary>Sends the next picture of the base temporal layer but for some packets of one frame; what is sent before it is whole.</summary>
    private static MonotonicTime Lose(LayeredCall call, LayeredEncoder encoder, int spatial, int part)
    {
        var picture = BasePicture(encoder, call);
        Send(call, picture.Where(packet => !IsLost(packet, spatial, part)));
        call.Run(FrameInterval);
        return call.World.Now - TimeSpan.FromMilliseconds(FrameInterval);
    }

    private static bool IsLost(EncodedPacket packet, int spatial, int part) =>
        packet.Frame.Spatial == spatial && (part < 0 || LayeredEncoder.Identify(ReceivedRtp.Parse(default, packet.Rtp).Payload)!.Value.Part == part);

    private static List<EncodedPacket> BasePicture(LayeredEncoder encoder, LayeredCall call)
    {
        var picture = encoder.Next(key: false);
        for (; picture[0].Frame.Temporal > 0; picture = encoder.Next(key: false))
        {
            Send(call, picture);
            call.Run(FrameInterval);
        }

        return picture;
    }

    private static void Stream(LayeredCall call, LayeredEncoder encoder, int pictures)
    {
        for (var i = 0; i < pictures; i++)
        {
            Send(call, encoder.Next(key: false));
            call.Run(FrameInterval);
        }
    }

    private static void Send(LayeredCall call, IEnumerable<EncodedPacket> packets)
    {
        call.Sender.SendRtp(packets.Select(packet => packet.Rtp));
        call.World.Settle();
    }
}
