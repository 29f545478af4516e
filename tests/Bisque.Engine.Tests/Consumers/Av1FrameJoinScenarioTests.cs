using System.Buffers.Binary;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>
/// A receiver of AV1 layers that did not negotiate the dependency descriptor, as none has behind the Node controller: whatever layers it gets,
/// and over whatever path, each picture is one frame for it.
/// </summary>
public sealed class Av1FrameJoinScenarioTests
{
    private const int Pictures = 400;

    public static TheoryData<string, ulong, int, int, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, ulong, int, int, int>();
            foreach (var mode in new[] { "L3T3", "L3T3_KEY", "L2T2", "L3T1_KEY", "L1T3" })
            {
                for (var seed = 1ul; seed <= 10; seed++)
                {
                    runs.Add(mode, seed, seed % 3 == 0 ? 0 : seed % 3 == 1 ? 2 : 5, seed % 2 == 0 ? 4 : seed == 7 ? 30 : 0, 1 + (int)(seed % 3));
                }
            }

            return runs;
        }
    }

    public static TheoryData<string, byte, byte> Layers
    {
        get
        {
            var layers = new TheoryData<string, byte, byte>();
            foreach (var mode in new[] { "L3T3", "L3T3_KEY" })
            {
                for (byte layer = 0; layer < 9; layer++)
                {
                    layers.Add(mode, (byte)(layer / 3), (byte)(layer % 3));
                }
            }

            return layers;
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_picture_of_any_layers_is_one_frame(string mode, byte spatial, byte temporal)
    {
        using var session = Session(mode, seed: 1, loss: 0, reordering: 0, packetsPerFrame: 2, new ConsumerLayers { SpatialLayer = spatial, TemporalLayer = temporal });
        for (var i = 0; i < 60; i++)
        {
            session.NextPicture();
        }

        var receiver = new LayeredReceiver(session, $"{mode} {spatial}.{temporal}");
        receiver.AssertOneStream();
        receiver.AssertComplete(mode.EndsWith("_KEY", StringComparison.Ordinal));
        var (frames, joins) = receiver.AssertAssembles();
        var pictures = session.Encoders[0].Frames.Where(frame => frame.Spatial == 0 && frame.Temporal <= temporal).ToArray();
        Assert.Equal(pictures.Length, frames);
        Assert.Equal(spatial * pictures.Count(frame => mode == "L3T3" || frame.IsKey), joins);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_picture_is_one_frame_through_switches_loss_and_reordering(string mode, ulong seed, int loss, int reordering, int packetsPerFrame)
    {
        var isKeySvc = mode.EndsWith("_KEY", StringComparison.Ordinal);
        using var session = Session(mode, seed, loss, reordering, packetsPerFrame);
        for (var i = 0; i < Pictures; i++)
        {
            ChangeMind(session, mode, i);
            session.NextPicture();
            AskAgain(session);
        }

        session.Finish();

        var receiver = new LayeredReceiver(session, $"{mode}, seed {seed}");
        receiver.AssertOneStream();
        receiver.AssertDecodable();
        receiver.AssertComplete(isKeySvc);
        var (frames, joins) = receiver.AssertAssembles();
        Assert.InRange(frames, Pictures / 8, Pictures);
        Assert.True(mode[1] == '1' ? joins == 0 : joins > 2, $"{joins} joins");
        AssertSentAgainAsBefore(session, expectsJoined: mode is "L3T3" or "L2T2");
    }

    [Theory]
    [InlineData("L3T3")]
    [InlineData("L3T3_KEY")]
    public void Changing_ones_mind_within_a_key_picture_splits_no_picture(string mode)
    {
        for (var at = 0; at < 6; at++)
        {
            using var session = Session(mode, seed: 1, loss: 0, reordering: 0, packetsPerFrame: 2, new ConsumerLayers { SpatialLayer = 0, TemporalLayer = 2 });
            for (var picture = 0; picture < 40; picture++)
            {
                session.NextPicture(key: picture % 10 == 9, packet =>
                {
                    if (packet == at && (picture % 10 is 5 or 9))
                    {
                        session.Call.World.Settle();
                        session.Call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)(picture % 10 == 9 ? 2 : 0), TemporalLayer = 2 });
                    }
                });
            }

            new LayeredReceiver(session, $"{mode}, changed before packet {at}").AssertAssembles();
        }
    }

    [Theory]
    [InlineData("L3T3")]
    [InlineData("L3T3_KEY")]
    public void A_receiver_that_negotiated_the_descriptor_gets_payloads_as_they_are(string mode)
    {
        var produce = LayeredMedia.Svc("video/AV1", mode);
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var encoder = new LayeredEncoder(call.Layers[0], "video/AV1", 3, 3, mode == "L3T3_KEY");
        var sent = new List<byte[]>();
        for (var i = 0; i < 20; i++)
        {
            foreach (var packet in encoder.Next(key: i == 0).Where(packet => packet.Frame.IsKey || packet.Frame.IsLast || mode == "L3T3"))
            {
                sent.Add(ReceivedRtp.Parse(default, packet.Rtp).Payload);
                call.Sender.SendRtp(packet.Rtp);
            }

            call.World.Settle();
        }

        Assert.Equal(sent, call.Received.Select(packet => packet.Payload));
    }

    [Fact]
    public void A_packet_whose_lengths_are_wrong_goes_as_it_is()
    {
        var produce = LayeredMedia.Svc("video/AV1", "L3T3");
        using var call = new LayeredCall(produce, LayeredMedia.WithoutDescriptor(LayeredMedia.Consume(produce)));
        var encoder = new LayeredEncoder(call.Layers[0], "video/AV1", 3, 3) { PacketsPerFrame = 1 };
        var packets = encoder.Next(key: true);
        var payload = packets[1].Rtp.AsSpan(packets[1].Rtp.Length - ReceivedRtp.Parse(default, packets[1].Rtp).Payload.Length);
        payload[0] = 0;
        payload[1] = 0x7f;
        var damaged = payload.ToArray();
        packets.ForEach(packet => call.Sender.SendRtp(packet.Rtp));
        call.World.Settle();

        Assert.Equal(3, call.Received.Count);
        Assert.Equal(damaged, call.Received[1].Payload);
        Assert.NotEqual(ReceivedRtp.Parse(default, packets[2].Rtp).Payload, call.Received[2].Payload);
        Assert.Equal(0, call.World.Worker.FaultCount);
    }

    [Theory]
    [InlineData("L3T3", 0)]
    [InlineData("L3T3", 1)]
    [InlineData("L3T3", 2)]
    [InlineData("L2T2", 0)]
    [InlineData("L2T2", 1)]
    [InlineData("L3T3_KEY", 1)]
    [InlineData("L3T3_KEY", 2)]
    public void Pictures_of_which_the_encoder_left_layers_out_are_frames_all_the_same(string mode, byte spatial)
    {
        for (var seed = 1ul; seed <= 12; seed++)
        {
            var (loss, reordering) = ((int)(seed % 3) * 2, (int)(seed % 4) * 3);
            using var session = Session(
                mode, seed, loss, reordering, packetsPerFrame: (int)(1 + (seed % 2)), new ConsumerLayers { SpatialLayer = spatial, TemporalLayer = 2 }, leavesOut: true);
            for (var i = 0; i < 150; i++)
            {
                session.NextPicture();
            }

            session.Finish();
            var receiver = new LayeredReceiver(session, $"{mode} {spatial}, seed {seed}");
            receiver.AssertOneStream();
            if (loss == 0)
            {
                // What is lost for good is the end of it for this receiver, until the next key frame.
                receiver.AssertDecodable();
            }

            var (frames, _) = receiver.AssertAssembles();
            Assert.InRange(frames, loss == 0 ? 100 : 30, 200);
        }
    }

    private static LayeredSession Session(
        string mode, ulong seed, int loss, int reordering, int packetsPerFrame, ConsumerLayers? preferred = null, bool leavesOut = false)
    {
        var produce = LayeredMedia.Svc("video/AV1", mode);
        var call = new LayeredCall(produce, LayeredMedia.WithoutDescriptor(LayeredMedia.Consume(produce, preferred: preferred)));
        var encoder = new LayeredEncoder(call.Layers[0], "video/AV1", mode[1] - '0', mode[3] - '0', mode.EndsWith("_KEY", StringComparison.Ordinal))
        {
            PacketsPerFrame = packetsPerFrame,
            LeavesOut = leavesOut,
        };
        return new LayeredSession(call, [encoder], seed, loss, reordering) { AlwaysRepairsKeyFrames = true };
    }

    private static void ChangeMind(LayeredSession session, string mode, int picture)
    {
        if (picture % 13 == 12)
        {
            session.Call.Consumer.SetPreferredLayers(new ConsumerLayers
            {
                SpatialLayer = (byte)session.Random.NextInt32(0, mode[1] - '1'),
                TemporalLayer = (byte)session.Random.NextInt32(0, mode[3] - '1'),
            });
        }

        if (picture % 120 == 100)
        {
            session.Pause();
        }
        else if (picture % 120 == 105)
        {
            session.Call.Consumer.Resume();
        }
    }

    /// <summary>The receiver misses one of the newest packets now and then.</summary>
    private static void AskAgain(LayeredSession session)
    {
        var received = session.Call.Received.TakeLast(6).Where(packet => packet.Ssrc == 5000).ToArray();
        if (received.Length > 0)
        {
            session.Call.Receiver.SendNack(5000, received[session.Random.NextInt32(0, received.Length - 1)].SequenceNumber);
            session.Call.World.Settle();
        }
    }

    private static void AssertSentAgainAsBefore(LayeredSession session, bool expectsJoined)
    {
        var sent = new Dictionary<ushort, byte[]>();
        var again = 0;
        var joined = 0;
        foreach (var packet in session.Call.Received)
        {
            if (packet.Ssrc == 5000)
            {
                sent[packet.SequenceNumber] = packet.Payload;
                continue;
            }

            again++;
            var before = sent[BinaryPrimitives.ReadUInt16BigEndian(packet.Payload)];
            Assert.Equal(before, packet.Payload[2..]);
            joined += before.Length > 0 && Av1Elements.Of(before).Any(element => element is [0x78] or [0x80]) ? 1 : 0;
        }

        Assert.True(again > Pictures / 8, $"{again} packets were sent again");
        Assert.True(joined > 0 || !expectsJoined, $"{joined} of them were joined");
    }
}
