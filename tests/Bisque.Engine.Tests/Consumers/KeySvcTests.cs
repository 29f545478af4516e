using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// K-SVC over transports where nobody reports bandwidth: there is a picture from the first key frame on, in the preferred size, whatever happened
/// before and whatever is asked for afterwards.
/// </summary>
public sealed class KeySvcTests
{
    private const int FrameInterval = 33;

    public static TheoryData<string, string> Modes => new()
    {
        { "video/VP9", "L3T3_KEY" }, { "video/VP9", "L2T1_KEY" }, { "video/AV1", "L3T3_KEY" }, { "video/AV1", "L2T2_KEY" }, { "video/VP9", "S3T3" }, { "video/AV1", "S3T3" },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_preferred_layer_is_there_with_the_first_key_picture(string mimeType, string mode)
    {
        using var sender = new Sender(mimeType, mode);

        sender.Stream(30);

        Assert.Equal(30, sender.PicturesOf(sender.Highest));
        Assert.Equal(0, sender.Call.Sender.PliCount(1000));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Who_comes_long_after_the_last_key_picture_gets_one_asked_for_at_once(string mimeType, string mode)
    {
        using var sender = new Sender(mimeType, mode);
        sender.Call.Consumer.Pause();
        sender.Stream(900);
        Assert.Empty(sender.Call.Received);

        sender.Call.Consumer.Resume();
        sender.Call.World.Settle();
        Assert.Equal(1, sender.Call.Sender.PliCount(1000));
        sender.Stream(30);

        Assert.InRange(sender.PicturesOf(sender.Highest), 25, 30);
        Assert.Empty(sender.Decoder.InVain);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Layers_of_the_key_picture_that_come_late_are_not_left_out(string mimeType, string mode)
    {
        for (var lost = 0; lost < mode[1] - '0'; lost++)
        {
            for (var delay = 0; delay <= 3; delay++)
            {
                using var sender = new Sender(mimeType, mode);
                var key = sender.Encoder.Next(key: true);
                sender.Send(key.Where(packet => packet.Frame.Spatial != lost));
                sender.Stream(delay);
                sender.Send(key.Where(packet => packet.Frame.Spatial == lost).Select(packet => packet with { Rtp = sender.Encoder.Source.AsRtx(packet.Rtp) }));
                var from = sender.Call.World.Now;
                sender.Stream(60);

                var what = $"layer {lost}, {delay} pictures late";
                Assert.True(sender.Decoder.LongestFreeze(from, sender.Call.World.Now).TotalMilliseconds <= 250, what);
                Assert.True(sender.Decoder.Decoded.TakeLast(20).All(item => item.Frame.Spatial == sender.Highest), what);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Layers_change_up_and_down_between_key_pictures_without_a_gap(string mimeType, string mode)
    {
        using var sender = new Sender(mimeType, mode);
        sender.Stream(30);
        int[] wishes = [0, sender.Highest, sender.Highest - 1, sender.Highest, 0, 1, 0];
        foreach (var wish in wishes)
        {
            var asked = sender.Call.Sender.PliCount(1000);
            var from = sender.Call.World.Now;
            sender.Call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)wish });
            sender.Call.World.Settle();
            Assert.Equal(asked + 1, sender.Call.Sender.PliCount(1000));
            sender.Stream(30);

            Assert.InRange(sender.Decoder.LongestFreeze(from, sender.Call.World.Now).TotalMilliseconds, 0, FrameInterval + 1);
            Assert.All(sender.Decoder.Decoded.TakeLast(20), item => Assert.Equal(wish, item.Frame.Spatial));
        }

        Assert.Empty(sender.Decoder.InVain);
        sender.Call.AssertNoGaps();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_key_picture_that_does_not_come_leaves_the_picture_that_was_there(string mimeType, string mode)
    {
        using var sender = new Sender(mimeType, mode) { Answers = false };
        sender.Stream(30);
        var from = sender.Call.World.Now;

        sender.Call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0 });
        sender.Stream(90);

        Assert.InRange(sender.Decoder.LongestFreeze(from, sender.Call.World.Now).TotalMilliseconds, 0, FrameInterval + 1);
        Assert.InRange(sender.Call.Sender.PliCount(1000), 4, 12);
    }

    /// <summary>A sender that answers a request for a key frame with its third picture after it.</summary>
    private sealed class Sender : IDisposable
    {
        private int _seen;
        private int _keyIn = -1;

        public Sender(string mimeType, string mode)
        {
            var produce = LayeredMedia.Svc(mimeType, mode);
            Call = new LayeredCall(produce, LayeredMedia.Consume(produce));
            Encoder = LayeredEncoder.Of(Call.Layers[0], mimeType, mode);
            Highest = mode[1] - '1';
        }

        public LayeredCall Call { get; }

        public LayeredEncoder Encoder { get; }

        public int Highest { get; }

        public bool Answers { get; init; } = true;

        public DecoderModel Decoder => new(Call, Encoder);

        public int PicturesOf(int spatial) => Decoder.Decoded.Count(item => item.Frame.Spatial == spatial);

        public void Stream(int pictures)
        {
            for (var i = 0; i < pictures; i++)
            {
                var asked = Call.Sender.PliCount(1000);
                _keyIn = Answers && asked > _seen && _keyIn < 0 ? 2 : _keyIn;
                _seen = asked;
                Send(Encoder.Next(key: _keyIn == 0));
                _keyIn--;
                Call.Run(FrameInterval);
            }
        }

        public void Send(IEnumerable<EncodedPacket> packets)
        {
            Call.Sender.SendRtp(packets.Select(packet => packet.Rtp));
            Call.World.Settle();
        }

        public void Dispose() => Call.Dispose();
    }
}
