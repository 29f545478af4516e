using Bisque.Engine.Consumers;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Consumers;

/// <summary>A consumer whose layers somebody else decides on, by what they cost.</summary>
public sealed class LayerBitrateTests : ILayerBitrateOwner
{
    private int _changes;

    void ILayerBitrateOwner.OnLayersChanged(LayeredConsumer consumer) => _changes++;

    [Theory]
    [InlineData("L3T3", 9)]
    [InlineData("L3T3_KEY", 9)]
    [InlineData("L1T3", 3)]
    public void Steps_lead_from_the_lowest_layers_to_the_preferred_ones_and_cost_what_these_take(string mode, int steps)
    {
        using var session = Svc(mode, out var consumer);
        var total = 0UL;
        var count = 0;

        consumer.BeginProposal();
        while (consumer.StepUp(ulong.MaxValue) is var step and > 0)
        {
            total += step;
            count++;
        }

        Assert.Equal(steps, count);
        Assert.True(total >= consumer.DesiredBitrate);
        Assert.Equal(new LayerPair((short)(mode[1] - '1'), 2), consumer.Proposal);
    }

    [Fact]
    public void A_step_that_costs_too_much_is_not_taken()
    {
        using var session = Svc("L3T3", out var consumer);
        consumer.BeginProposal();
        var first = consumer.StepUp(ulong.MaxValue);

        Assert.Equal(0ul, consumer.StepUp(1));
        Assert.Equal(new LayerPair(0, 0), consumer.Proposal);
        consumer.BeginProposal();
        Assert.Equal(0ul, consumer.StepUp(first - 1));
        Assert.Equal(first, consumer.StepUp(first));
    }

    [Fact]
    public void What_is_proposed_is_aimed_at_when_it_is_applied_and_only_then()
    {
        using var session = Svc("L3T3", out var consumer);
        consumer.BitrateOwner = this;
        consumer.BeginProposal();
        consumer.StepUp(ulong.MaxValue);
        Assert.Equal((2, 2, 2), session.Call.Spatial());

        consumer.ApplyProposal();
        session.NextPicture();
        Assert.Equal((2, 0, 0), session.Call.Spatial());

        consumer.SetPreferredLayers(new ConsumerLayers { SpatialLayer = 1 });
        Assert.Equal(1, _changes);
        Assert.Equal((1, 0, 0), session.Call.Spatial());
        consumer.Pause();
        Assert.Equal((1, -1, -1), session.Call.Spatial());
    }

    [Fact]
    public void Layers_that_are_negotiated_and_not_sent_are_not_desired()
    {
        var produce = LayeredMedia.Simulcast(2, mode: "L1T3");
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce, temporalLayers: 3));
        call.Stream(60, [0, 1], 0, 1);
        var consumer = (LayeredConsumer)call.Consumer;

        consumer.BeginProposal();
        Assert.True(consumer.StepUp(ulong.MaxValue) > 1000);
        Assert.True(consumer.DesiredBitrate > 1000);
    }

    [Fact]
    public void Encodings_cost_their_own_bitrate_and_a_silent_one_cannot_be_had()
    {
        var produce = LayeredMedia.Simulcast();
        using var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        call.Stream(60, [0, 2], 0, 2);
        var consumer = (LayeredConsumer)call.Consumer;

        consumer.BeginProposal();
        Assert.True(consumer.StepUp(ulong.MaxValue) > 1000);
        Assert.Equal(new LayerPair(0, 0), consumer.Proposal);
        Assert.Equal(1ul, consumer.StepUp(1));
        Assert.Equal(new LayerPair(2, 0), consumer.Proposal);
        Assert.Equal(0ul, consumer.StepUp(ulong.MaxValue));
    }

    private static LayeredSession Svc(string mode, out LayeredConsumer consumer)
    {
        var produce = LayeredMedia.Svc(mode: mode);
        var call = new LayeredCall(produce, LayeredMedia.Consume(produce));
        var encoder = LayeredEncoder.Of(call.Layers[0], "video/VP9", mode);
        var session = new LayeredSession(call, [encoder], 1, 0, 0);
        for (var i = 0; i < 60; i++)
        {
            session.NextPicture();
        }

        consumer = (LayeredConsumer)call.Consumer;
        return session;
    }
}
