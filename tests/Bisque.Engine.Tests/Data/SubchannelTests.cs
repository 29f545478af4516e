using Bisque.Engine.Tests.Worlds;

namespace Bisque.Engine.Tests.Data;

/// <summary>Who receives a message that names subchannels.</summary>
public sealed class SubchannelTests : IDisposable
{
    private readonly World _world = new();
    private readonly DirectTransport _transport;

    public SubchannelTests()
    {
        _transport = _world.CreateDirectTransport("direct", DataWorld.Direct).Transport;
        _transport.ProduceData(DataWorld.Produce());
        _transport.ConsumeData(DataWorld.Consume("none"));
        _transport.ConsumeData(DataWorld.Consume("one", subchannels: 1));
        _transport.ConsumeData(DataWorld.Consume("both", subchannels: [1, 2]));
    }

    [Fact]
    public void A_message_without_subchannels_is_for_everybody() => Assert.Equal("none one both", WhoReceives([]));

    [Fact]
    public void A_message_for_some_reaches_who_listens_to_any_of_them() => Assert.Equal("both", WhoReceives([2, 3]));

    [Fact]
    public void A_required_one_must_be_listened_to() => Assert.Equal("both", WhoReceives([], required: 2));

    [Fact]
    public void A_required_one_does_not_replace_the_others() => Assert.Equal("", WhoReceives([3], required: 1));

    [Fact]
    public void Who_listens_to_the_ignored_one_is_left_out() => Assert.Equal("none one", WhoReceives([], ignored: 2));

    [Fact]
    public void Who_listens_to_the_ignored_one_is_left_out_of_what_names_others() => Assert.Equal("one", WhoReceives([1], ignored: 2));

    [Fact]
    public void The_set_can_be_replaced_added_to_and_taken_from()
    {
        var consumer = _world.DataConsumer("none");

        Assert.Equal([2, 9], consumer.SetSubchannels([9, 2, 9]).Subchannels);
        Assert.Equal([2, 5, 9], consumer.AddSubchannel(5).Subchannels);
        Assert.Equal([2, 5, 9], consumer.AddSubchannel(5).Subchannels);
        Assert.Equal([5, 9], consumer.RemoveSubchannel(2).Subchannels);
        Assert.Equal([5, 9], consumer.RemoveSubchannel(2).Subchannels);
        Assert.Equal([5, 9], consumer.Dump().Subchannels);
        Assert.Equal("none", WhoReceives([9]));
    }

    public void Dispose() => _world.Dispose();

    private string WhoReceives(ushort[] subchannels, ushort? required = null, ushort? ignored = null)
    {
        _world.Events.All.Clear();
        _world.DataProducer().Send(51, [1], subchannels, required, ignored);
        return string.Join(' ', _world.Events.All.Select(message => message.HandlerId));
    }
}
