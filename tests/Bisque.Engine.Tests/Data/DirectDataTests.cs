using Bisque.Engine.Internal;
using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Data;

/// <summary>Messages from the controller to the controller, through a router.</summary>
public sealed class DirectDataTests : IDisposable
{
    private readonly World _world = new();
    private readonly DirectTransport _from;
    private readonly DirectTransport _to;

    public DirectDataTests()
    {
        _from = _world.CreateDirectTransport("from", DataWorld.Direct).Transport;
        _to = _world.CreateDirectTransport("to", DataWorld.Direct).Transport;
        _from.ProduceData(DataWorld.Produce());
        _to.ConsumeData(DataWorld.Consume());
    }

    [Fact]
    public void A_message_reaches_every_consumer_as_it_came()
    {
        _to.ConsumeData(DataWorld.Consume("another"));

        _world.DataProducer().Send(51, "hello"u8);

        Assert.Equal(["consumer", "another"], _world.Events.Of<DataConsumerMessageEvent>().Select(message => message.HandlerId));
        Assert.All(_world.Events.Of<DataConsumerMessageEvent>(), message => Assert.Equal(51u, message.Ppid));
        Assert.All(_world.Events.Of<DataConsumerMessageEvent>(), message => Assert.Equal("hello"u8, message.Data.Span));
    }

    [Fact]
    public void A_paused_producer_counts_messages_and_drops_them()
    {
        var producer = _world.DataProducer();
        producer.Pause();

        producer.Send(51, [1, 2]);

        Assert.Empty(_world.Messages());
        Assert.Equal((1ul, 2ul), (producer.GetStats().MessagesReceived, producer.GetStats().BytesReceived));
    }

    [Fact]
    public void Pausing_the_producer_is_told_when_it_changes_something()
    {
        var producer = _world.DataProducer();

        producer.Pause();
        producer.Pause();
        producer.Resume();
        producer.Resume();

        Assert.Single(_world.Events.Of<DataConsumerDataProducerPauseEvent>("consumer"));
        Assert.Single(_world.Events.Of<DataConsumerDataProducerResumeEvent>("consumer"));
    }

    [Fact]
    public void A_consumer_of_a_paused_producer_starts_with_it_paused()
    {
        _from.ProduceData(DataWorld.Produce("quiet", paused: true));

        var dump = _to.ConsumeData(DataWorld.Consume("late", "quiet"));

        Assert.True(dump.DataProducerPaused);
        Assert.False(dump.Paused);
    }

    [Fact]
    public void A_paused_consumer_receives_nothing_and_the_others_do()
    {
        _to.ConsumeData(DataWorld.Consume("another"));
        _world.DataConsumer().Pause();

        _world.DataProducer().Send(51, [1]);
        _world.DataConsumer().Resume();
        _world.DataProducer().Send(51, [2]);

        Assert.Equal([2], _world.Messages());
        Assert.Equal([1, 2], _world.Messages("another"));
        Assert.Equal(1ul, _world.DataConsumer().GetStats().MessagesSent);
    }

    [Fact]
    public void What_is_longer_than_the_transport_receives_is_refused_and_not_counted()
    {
        var producer = _world.DataProducer();

        Refused(RequestErrorKind.TypeError, () => producer.Send(51, new byte[1001]));
        producer.Send(51, new byte[1000]);

        Assert.Single(_world.Messages());
        Assert.Equal((1ul, 1000ul), (producer.GetStats().MessagesReceived, producer.GetStats().BytesReceived));
    }

    [Fact]
    public void What_is_longer_than_a_consumers_transport_sends_is_not_sent()
    {
        var narrow = _world.CreateDirectTransport("narrow", DataWorld.Direct with { MaxSendMessageSize = 10 }).Transport;
        narrow.ConsumeData(DataWorld.Consume("short"));

        _world.DataProducer().Send(51, new byte[11]);

        Assert.Empty(_world.Messages("short"));
        Assert.Equal(0ul, _world.DataConsumer("short").GetStats().MessagesSent);
        Assert.Single(_world.Messages());
    }

    [Fact]
    public void Closing_the_producer_tells_its_consumers_and_ends_them()
    {
        _from.CloseDataProducer("producer");

        Assert.Equal("consumer", Assert.Single(_world.Events.Of<DataConsumerDataProducerCloseEvent>()).HandlerId);
        Assert.Null(_world.Worker.FindRequestHandler("producer"));
        Assert.Null(_world.Worker.FindRequestHandler("consumer"));
        Assert.Empty(((DirectTransportDump)_to.Dump()).Base.DataConsumerIds);
        Refused(RequestErrorKind.NotFoundError, () => _to.CloseDataConsumer("consumer"));
    }

    [Fact]
    public void Closing_a_transport_tells_the_consumers_elsewhere_and_only_them()
    {
        _from.ConsumeData(DataWorld.Consume("beside"));

        _world.Router.CloseTransport("from");

        Assert.Equal("consumer", Assert.Single(_world.Events.Of<DataConsumerDataProducerCloseEvent>()).HandlerId);
        Assert.Null(_world.Worker.FindRequestHandler("beside"));
        Assert.Empty(_world.Router.Dump().MapDataProducerIdDataConsumerIds);
    }

    [Fact]
    public void A_closed_consumer_receives_nothing_more()
    {
        var producer = _world.DataProducer();
        _to.CloseDataConsumer("consumer");

        producer.Send(51, [1]);

        Assert.Empty(_world.Messages());
        Assert.Empty(producer.Consumers);
        Assert.Empty(_world.Events.Of<DataConsumerDataProducerCloseEvent>());
    }

    [Fact]
    public void Dumps_tell_who_consumes_what()
    {
        _to.ConsumeData(DataWorld.Consume("another"));
        _from.ProduceData(DataWorld.Produce("unheard"));

        var dump = _world.Router.Dump();

        Assert.Equal(
            [("producer", "consumer another"), ("unheard", "")],
            dump.MapDataProducerIdDataConsumerIds.Select(entry => (entry.Key, string.Join(' ', entry.Value))));
        Assert.Equal(
            [("consumer", "producer"), ("another", "producer")],
            dump.MapDataConsumerIdDataProducerId.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(["producer", "unheard"], ((DirectTransportDump)_from.Dump()).Base.DataProducerIds);
        Assert.Equal(["consumer", "another"], ((DirectTransportDump)_to.Dump()).Base.DataConsumerIds);
        Assert.Equal(("chat", "text"), (_world.DataProducer().Dump().Label, _world.DataProducer().Dump().Protocol));
        Assert.Equal("producer", _world.DataConsumer().Dump().DataProducerId);
    }

    [Fact]
    public void A_producer_takes_notifications_and_a_consumer_does_not()
    {
        var handlers = _world.Worker.Dump().ChannelMessageHandlers;

        Assert.Contains("producer", handlers.ChannelNotificationHandlers);
        Assert.Contains("consumer", handlers.ChannelRequestHandlers);
        Assert.DoesNotContain("consumer", handlers.ChannelNotificationHandlers);
    }

    [Fact]
    public void The_transports_count_what_passes()
    {
        _world.DataProducer().Send(51, new byte[100]);

        Assert.Equal(100ul, ((DirectTransportStats)_from.GetStats()).Base.BytesReceived);
        Assert.Equal(100ul, ((DirectTransportStats)_to.GetStats()).Base.BytesSent);
    }

    [Fact]
    public void What_only_a_stream_has_cannot_be_asked_of_a_direct_consumer()
    {
        var consumer = _world.DataConsumer();

        Refused(RequestErrorKind.TypeError, () => consumer.Send(51, [1]));
        Refused(RequestErrorKind.TypeError, () => consumer.GetBufferedAmount());
        Refused(RequestErrorKind.TypeError, () => consumer.SetBufferedAmountLowThreshold(1));
        Assert.Equal(0u, consumer.Dump().BufferedAmount);
    }

    [Fact]
    public void A_consumer_that_throws_ends_its_own_transport_and_the_others_receive()
    {
        var other = _world.CreateDirectTransport("other", DataWorld.Direct).Transport;
        other.ConsumeData(DataWorld.Consume("unharmed"));
        _to.ProduceData(DataWorld.Produce("of-faulty"));
        other.ConsumeData(DataWorld.Consume("orphan", "of-faulty"));
        _world.Worker.Context.InjectFault = (point, transport) =>
        {
            if (point == FaultPoint.FanOut && transport == _to)
            {
                throw new InvalidOperationException("Injected.");
            }
        };

        _world.DataProducer().Send(51, [1]);
        _world.Worker.Context.InjectFault = null;
        _world.DataProducer().Send(51, [2]);

        Assert.Equal([1, 2], _world.Messages("unharmed"));
        Assert.Empty(_world.Messages());
        Assert.True(_to.IsFaulted);
        Assert.False(_from.IsFaulted || other.IsFaulted);
        Assert.Equal(1, _world.Worker.FaultCount);
        Assert.Equal("orphan", Assert.Single(_world.Events.Of<DataConsumerDataProducerCloseEvent>()).HandlerId);
        Refused(RequestErrorKind.Error, () => _to.ProduceData(DataWorld.Produce("late")));
        Refused(RequestErrorKind.Error, () => _to.ConsumeData(DataWorld.Consume("late")));
        _world.Router.CloseTransport("to");
        Assert.Null(_world.Worker.FindRequestHandler("consumer"));
    }

    public void Dispose() => _world.Dispose();

    private static void Refused(RequestErrorKind kind, Action action) => Assert.Equal(kind, Assert.Throws<RequestException>(action).Kind);
}
