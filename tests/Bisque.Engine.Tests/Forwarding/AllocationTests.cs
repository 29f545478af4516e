using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Forwarding;

/// <summary>The steady path allocates nothing: measured around whole turns of the loop, from socket to socket.</summary>
public sealed class AllocationTests
{
    private const int Receivers = 10;
    private const int PacketsPerTurn = 4;
    private const int WarmUpTurns = 300;
    private const int MeasuredTurns = 300;

    [Theory]
    [InlineData(null)]
    [InlineData(SrtpCryptoSuite.AeadAes256Gcm)]
    [InlineData(SrtpCryptoSuite.AesCm128HmacSha1_80)]
    public void A_packet_to_ten_plain_receivers_allocates_nothing(SrtpCryptoSuite? suite)
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender", suite);
        var video = Media.Video();
        sender.Transport.Produce(video);
        var receivers = new List<MediaPeer>();
        for (var i = 0; i < Receivers; i++)
        {
            var receiver = world.ConnectPlain($"receiver{i}", suite);
            receiver.Transport.Consume(Media.Consume(video, $"consumer{i}"));
            receivers.Add(receiver);
        }

        AssertForwardsWithoutAllocation(world, sender, receivers);
    }

    [Fact]
    public void A_packet_to_ten_browsers_allocates_nothing()
    {
        using var world = new World();
        var sender = world.ConnectWebRtc("sender");
        var video = Media.Video(congestionControl: "transport-cc");
        sender.Transport.Produce(video);
        var receivers = new List<MediaPeer>();
        for (var i = 0; i < Receivers; i++)
        {
            var receiver = world.ConnectWebRtc($"receiver{i}");
            receiver.Transport.Consume(Media.Consume(video, $"consumer{i}"));
            receivers.Add(receiver);
        }

        AssertForwardsWithoutAllocation(world, sender, receivers);
    }

    [Fact]
    public void A_packet_from_owner_to_owner_allocates_nothing()
    {
        using var world = new World();
        var from = world.CreateDirectTransport("from");
        var to = world.CreateDirectTransport("to");
        var video = Media.Video();
        from.Transport.Produce(video);
        for (var i = 0u; i < Receivers; i++)
        {
            to.Transport.Consume(Media.Consume(video, $"consumer{i}", 5000 + 2 * i));
        }

        world.Events.IsDeaf = true;
        var source = new RtpSource { TimestampStep = 450 };
        var packets = new Queue<byte[]>();
        for (var i = 0; i < PacketsPerTurn * (WarmUpTurns + MeasuredTurns); i++)
        {
            packets.Enqueue(i == 0 ? source.KeyFrame() : source.DeltaFrame((Media.Sent.VideoOrientation, [0])));
        }

        var producer = world.Producer("video");
        Action turn = () =>
        {
            for (var i = 0; i < PacketsPerTurn; i++)
            {
                producer.InjectRtp(packets.Dequeue());
            }

            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
        };

        Assert.Equal(0, AllocationAssert.BytesAllocated(turn, WarmUpTurns, MeasuredTurns));
        Assert.True(world.Events.DirectPackets >= Receivers * PacketsPerTurn * (WarmUpTurns + MeasuredTurns));
    }

    [Fact]
    public void An_answered_nack_allocates_nothing()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver", SrtpCryptoSuite.AeadAes256Gcm);
        var video = Media.Video();
        sender.Transport.Produce(video);
        receiver.Transport.Consume(Media.Consume(video));
        var source = new RtpSource();
        sender.SendRtp(source.KeyFrame());
        for (var i = 0; i < 40; i++)
        {
            sender.SendRtp(source.DeltaFrame());
        }

        world.Settle();
        var numbers = receiver.Rtp.Select(packet => packet.SequenceNumber).ToArray();
        var nacks = new Queue<byte[]>();
        receiver.Intercept = nacks.Enqueue;
        for (var i = 0; i < 900; i++)
        {
            receiver.SendNack(5000, numbers[i % 20], numbers[i % 20 + 3], numbers[i % 20 + 5]);
        }

        receiver.IsDeaf = true;
        sender.IsDeaf = true;
        var before = receiver.DatagramsReceived;
        Action turn = () =>
        {
            world.Network.Deliver(nacks.Dequeue(), receiver.Address, receiver.Worker);
            world.Loop.RunOnce(TimeSpan.Zero);
        };

        var allocated = AllocationAssert.BytesAllocated(turn, warmUp: 300, repetitions: 500);

        Assert.Equal(0, allocated);
        Assert.True(receiver.DatagramsReceived > before);
    }

    [Fact]
    public void Every_answered_nack_sends_and_allocates_nothing()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver");
        var video = Media.Video();
        sender.Transport.Produce(video);
        receiver.Transport.Consume(Media.Consume(video));
        var source = new RtpSource();
        sender.SendRtp(source.KeyFrame());
        for (var i = 0; i < 1200; i++)
        {
            sender.SendRtp(source.Next(Payloads.Vp8DeltaFrame()));
            source.Timestamp -= source.TimestampStep - 90;
        }

        world.Settle();
        var nacks = new Queue<byte[]>();
        receiver.Intercept = nacks.Enqueue;
        foreach (var packet in receiver.Rtp)
        {
            receiver.SendNack(5000, packet.SequenceNumber);
        }

        receiver.IsDeaf = true;
        var before = receiver.DatagramsReceived;
        Action turn = () =>
        {
            world.Network.Deliver(nacks.Dequeue(), receiver.Address, receiver.Worker);
            world.Loop.RunOnce(TimeSpan.Zero);
        };

        Assert.Equal(0, AllocationAssert.BytesAllocated(turn, warmUp: 500, repetitions: 600));
        Assert.Equal(before + 1100, receiver.DatagramsReceived);
    }

    [Fact]
    public void A_consent_check_allocates_nothing()
    {
        using var world = new World();
        var peer = world.ConnectWebRtc("browser");
        var check = peer.Check();
        peer.IsDeaf = true;
        var before = peer.DatagramsReceived;
        Action turn = () =>
        {
            world.Network.Deliver(check, peer.Address, peer.Worker);
            world.Loop.RunOnce(TimeSpan.Zero);
        };

        Assert.Equal(0, AllocationAssert.BytesAllocated(turn));
        Assert.Equal(before + 1200, peer.DatagramsReceived);
    }

    /// <summary>A second and a half of turns of some packets each, with the reports and the feedback that fall into them.</summary>
    private static void AssertForwardsWithoutAllocation(World world, MediaPeer sender, List<MediaPeer> receivers)
    {
        // 5 ms each: the store of packets to send again is full, and steady, after 400.
        var source = new RtpSource { TimestampStep = 450 };
        var packets = new Queue<byte[]>();
        sender.Intercept = packets.Enqueue;
        for (var i = 0; i < PacketsPerTurn * (WarmUpTurns + MeasuredTurns); i++)
        {
            byte[] wide = [(byte)(i >> 8), (byte)i];
            sender.SendRtp(i == 0
                ? source.KeyFrame((Media.Sent.TransportWide, wide))
                : source.DeltaFrame((Media.Sent.TransportWide, wide), (Media.Sent.VideoOrientation, [0])));
        }

        sender.IsDeaf = true;
        receivers.ForEach(receiver => receiver.IsDeaf = true);
        Action turn = () =>
        {
            for (var i = 0; i < PacketsPerTurn; i++)
            {
                world.Network.Deliver(packets.Dequeue(), sender.Address, sender.Worker);
            }

            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
        };

        var allocated = AllocationAssert.BytesAllocated(turn, WarmUpTurns, MeasuredTurns);

        Assert.Equal(0, allocated);
        Assert.All(receivers, receiver => Assert.True(receiver.DatagramsReceived >= PacketsPerTurn * (WarmUpTurns + MeasuredTurns)));
    }
}
