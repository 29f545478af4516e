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

    [Theory]
    [InlineData(RtpParametersType.Simulcast)]
    [InlineData(RtpParametersType.Svc)]
    [InlineData(RtpParametersType.Pipe)]
    public void A_packet_to_ten_consumers_of_each_kind_allocates_nothing(RtpParametersType type)
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var video = type == RtpParametersType.Svc ? LayeredMedia.Svc("video/VP8", "L1T3") : LayeredMedia.Simulcast();
        sender.Transport.Produce(video);
        var receivers = new List<MediaPeer>();
        for (var i = 0; i < Receivers; i++)
        {
            var receiver = world.ConnectPlain($"receiver{i}");
            receiver.Transport.Consume(type == RtpParametersType.Pipe
                ? LayeredMedia.Pipe(video, $"consumer{i}")
                : LayeredMedia.Consume(video, $"consumer{i}"));
            receivers.Add(receiver);
        }

        AssertForwardsWithoutAllocation(world, sender, receivers);
        Assert.Equal(type, ((Consumer)world.Worker.FindRequestHandler("consumer0")!).Type);
    }

    [Theory]
    [InlineData("video/VP8", "L1T3", true)]
    [InlineData("video/VP9", "L3T3", true)]
    [InlineData("video/VP9", "L3T3_KEY", true)]
    [InlineData("video/AV1", "L3T3", true)]
    [InlineData("video/AV1", "L3T3", false)]
    [InlineData("video/H264", "L1T3", true)]
    public void A_packet_of_layers_of_which_ten_consumers_want_some_allocates_nothing(string mimeType, string mode, bool takesDescriptors)
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var video = LayeredMedia.Svc(mimeType, mode);
        sender.Transport.Produce(video);
        var receivers = new List<MediaPeer>();
        for (var i = 0; i < Receivers; i++)
        {
            var receiver = world.ConnectPlain($"receiver{i}");
            var consume = LayeredMedia.Consume(
                video, $"consumer{i}", preferred: new ConsumerLayers { SpatialLayer = (byte)(i % 3), TemporalLayer = (byte)(i % 2) });
            receiver.Transport.Consume(takesDescriptors ? consume : LayeredMedia.WithoutDescriptor(consume));
            receivers.Add(receiver);
        }

        var encoder = new LayeredEncoder(
            new RtpSource { TimestampStep = 4500 }, mimeType, mode[1] - '0', mode[3] - '0', mode.EndsWith("_KEY", StringComparison.Ordinal));
        var pictures = new Queue<List<byte[]>>();
        for (var i = 0; i < WarmUpTurns + MeasuredTurns; i++)
        {
            pictures.Enqueue([.. encoder.Next(key: i % 40 == 0).Select(packet => packet.Rtp)]);
        }

        sender.IsDeaf = true;
        receivers.ForEach(receiver => receiver.IsDeaf = true);
        Action turn = () =>
        {
            foreach (var packet in pictures.Dequeue())
            {
                sender.SendUnhindered(packet);
            }

            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
        };

        Assert.Equal(0, AllocationAssert.BytesAllocated(turn, WarmUpTurns, MeasuredTurns));
        Assert.All(receivers, receiver => Assert.InRange(receiver.DatagramsReceived, 150, int.MaxValue));
    }

    [Fact]
    public void A_layer_structure_that_changes_in_every_picture_allocates_nothing()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var video = LayeredMedia.Svc("video/AV1", "L3T3");
        sender.Transport.Produce(video);
        var receivers = new List<MediaPeer>();
        for (var i = 0; i < Receivers; i++)
        {
            var receiver = world.ConnectPlain($"receiver{i}");

            // Layers that every structure has: of a change of layers the controller is told, which takes a record.
            receiver.Transport.Consume(LayeredMedia.Consume(
                video, $"consumer{i}", preferred: new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 0 }));
            receivers.Add(receiver);
        }

        var source = new RtpSource { TimestampStep = 4500 };
        LayeredEncoder[] encoders = [.. new[] { "L3T3", "L1T2", "L2T3", "L2T1", "L3T1" }.Select(mode => LayeredEncoder.Of(source, "video/AV1", mode))];
        var pictures = new Queue<List<byte[]>>();
        for (var i = 0; i < WarmUpTurns + MeasuredTurns; i++)
        {
            pictures.Enqueue([.. encoders[i % encoders.Length].Next(key: true).Select(packet => packet.Rtp)]);
        }

        sender.IsDeaf = true;
        receivers.ForEach(receiver => receiver.IsDeaf = true);
        Action turn = () =>
        {
            foreach (var packet in pictures.Dequeue())
            {
                sender.SendUnhindered(packet);
            }

            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
        };

        Assert.Equal(0, AllocationAssert.BytesAllocated(turn, WarmUpTurns, MeasuredTurns));
        Assert.All(receivers, receiver => Assert.InRange(receiver.DatagramsReceived, 150, int.MaxValue));
    }

    [Fact]
    public void Waiting_for_a_key_frame_of_another_encoding_allocates_nothing()
    {
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver");
        var video = LayeredMedia.Simulcast();
        sender.Transport.Produce(video);
        receiver.Transport.Consume(LayeredMedia.Consume(video));
        RtpSource[] layers = [new(LayeredMedia.Ssrc(0)) { TimestampStep = 450 }, new(LayeredMedia.Ssrc(1)) { TimestampStep = 450 }];
        var packets = new Queue<byte[]>();
        sender.Intercept = packets.Enqueue;
        for (var i = 0; i < 2 * 900; i++)
        {
            sender.SendRtp(i < 2 ? layers[i % 2].KeyFrame() : layers[i % 2].DeltaFrame());
        }

        sender.IsDeaf = true;
        receiver.IsDeaf = true;
        Action turn = () =>
        {
            world.Network.Deliver(packets.Dequeue(), sender.Address, sender.Worker);
            world.Network.Deliver(packets.Dequeue(), sender.Address, sender.Worker);
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
        };
        for (var i = 0; i < 400; i++)
        {
            turn();
        }

        // What is sent goes on, and the other encoding is asked for a key frame again and again.
        ((Consumer)world.Worker.FindRequestHandler("consumer")!).SetPreferredLayers(new ConsumerLayers { SpatialLayer = 0 });

        Assert.Equal(0, AllocationAssert.BytesAllocated(turn, warmUp: 200, repetitions: 300));
    }

    [Fact]
    public void A_packet_to_ten_browsers_over_tcp_allocates_nothing()
    {
        using var world = new World();
        var sender = world.ConnectTcp("sender");
        var video = Media.Video(congestionControl: "transport-cc");
        sender.Transport.Produce(video);
        var receivers = new List<MediaPeer>();
        for (var i = 0; i < Receivers; i++)
        {
            var receiver = world.ConnectTcp($"receiver{i}");
            receiver.Transport.Consume(Media.Consume(video, $"consumer{i}"));
            receivers.Add(receiver);
        }

        AssertForwardsWithoutAllocation(world, sender, receivers);
    }

    [Fact]
    public void A_packet_to_ten_browsers_on_a_server_allocates_nothing()
    {
        using var world = new World();
        var server = world.CreateWebRtcServer();
        var sender = world.Connect(world.PeerOf(world.CreateWebRtcTransport("sender", server)));
        var video = Media.Video(congestionControl: "transport-cc");
        sender.Transport.Produce(video);
        var receivers = new List<MediaPeer>();
        for (var i = 0; i < Receivers; i++)
        {
            var transport = world.CreateWebRtcTransport($"receiver{i}", server);
            var receiver = world.Connect(i % 2 == 0 ? world.PeerOf(transport) : world.TcpPeerOf(transport));
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
                sender.SendUnhindered(packets.Dequeue());
            }

            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
            world.Loop.RunOnce(TimeSpan.FromMilliseconds(5));
        };

        var allocated = AllocationAssert.BytesAllocated(turn, WarmUpTurns, MeasuredTurns);

        Assert.Equal(0, allocated);
        Assert.All(receivers, receiver => Assert.True(receiver.DatagramsReceived >= PacketsPerTurn * (WarmUpTurns + MeasuredTurns)));
    }
}
