using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Rtp;
using Bisque.Testing;
using RtpHeaderExtensionUri = Bisque.Model.RtpHeaderExtensionUri;

namespace Bisque.Engine.Tests.Hostile;

/// <summary>A sender that makes up encodings, or whose encodings make no sense together.</summary>
public sealed class ManyStreamsTests
{
    private const byte RidId = 9;

    [Fact]
    public void Thousands_of_ssrcs_and_rids_open_no_more_streams_than_were_negotiated()
    {
        var produce = WithRids(LayeredMedia.Simulcast());
        using var world = new World();
        var sender = world.ConnectPlain("sender");
        var receiver = world.ConnectPlain("receiver");
        sender.Transport.Produce(produce);
        receiver.Transport.Consume(LayeredMedia.Consume(produce));

        for (var i = 0; i < 5000; i++)
        {
            var rid = i % 5 == 0 ? "r0" : i % 7 == 0 ? "r2" : $"made-up{i}";
            sender.SendRtp(new RtpSource(100_000u + (uint)i).KeyFrame((RidId, System.Text.Encoding.ASCII.GetBytes(rid))));
        }

        world.Settle();

        var producer = (Producer)world.Worker.FindRequestHandler("video")!;
        Assert.Equal(["r0", "r2"], producer.Dump().RtpStreams.Select(stream => stream.Parameters.Rid));
        Assert.Equal(2, ((PlainTransportDump)sender.Transport.Dump()).Base.RtpListener.SsrcTable.Count);
        Assert.InRange(receiver.Rtp.Count, 1, 2);
        Assert.Equal(0, world.Worker.FaultCount);
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(3ul)]
    public void Timestamps_that_jump_at_will_cost_no_sequence_number_and_no_fault(ulong seed)
    {
        var produce = LayeredMedia.Simulcast();
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var random = new SeededRandomSource(seed);
        for (var i = 0; i < 600; i++)
        {
            var layer = random.NextInt32(0, 2);
            call.Layers[layer].Timestamp = random.NextUInt32();
            call.Send(layer, key: random.NextInt32(0, 3) == 0);
            if (i % 10 == 0)
            {
                call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)random.NextInt32(0, 2) });
                call.Sender.SendSenderReport(new SenderInfo(
                    new Ssrc(LayeredMedia.Ssrc(layer)), new NtpTime(((ulong)random.NextUInt32() << 32) | 1), new RtpTimestamp(random.NextUInt32()), 1, 1));
            }

            call.Run(5);
        }

        call.AssertNoGaps();
        Assert.True(call.LayerEvents.Count() > 5);
        Assert.Equal(0, call.World.Worker.FaultCount);
    }

    [Fact]
    public void An_encoding_that_runs_backwards_still_goes_on_forwards_after_a_switch()
    {
        var produce = LayeredMedia.Simulcast();
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, preferred: new ConsumerLayers { SpatialLayer = 0 }));
        call.Stream(3, [0, 1], 0, 1);
        for (var i = 0; i < 10; i++)
        {
            var to = i % 2 == 0 ? 1 : 0;
            call.Layers[to].Timestamp -= 900_000;
            call.Consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = (byte)to });
            call.Stream(2, [0, 1], to);
        }

        call.AssertNoGaps();
        call.AssertTimestampsGrow();
    }

    private static ProduceRequest WithRids(ProduceRequest produce) => produce with
    {
        RtpParameters = produce.RtpParameters with
        {
            Encodings = [.. produce.RtpParameters.Encodings.Select((encoding, index) => encoding with { Ssrc = null, Rtx = null, Rid = $"r{index}" })],
            HeaderExtensions = [.. produce.RtpParameters.HeaderExtensions, new() { Uri = RtpHeaderExtensionUri.RtpStreamId, Id = RidId }],
        },
        RtpMapping = produce.RtpMapping with
        {
            Encodings = [.. produce.RtpMapping.Encodings.Select((encoding, index) => encoding with { Ssrc = null, Rid = $"r{index}" })],
        },
    };
}
