using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Data;

/// <summary>What produceData() and consumeData() refuse, in which order, and that nothing is left of it.</summary>
public sealed class DataRequestTests : IDisposable
{
    private readonly World _world = new();
    private readonly PlainTransport _plain;
    private readonly DirectTransport _direct;

    public DataRequestTests()
    {
        _plain = _world.CreatePlainTransport("plain", options => options with { Base = DataWorld.Sctp });
        _direct = _world.CreateDirectTransport("direct", DataWorld.Direct).Transport;
        _plain.ProduceData(DataWorld.ProduceSctp("sctp", 7));
        _direct.ProduceData(DataWorld.Produce());
    }

    [Fact]
    public void A_transport_without_sctp_takes_no_data()
    {
        var transport = _world.CreatePlainTransport("rtp only");

        Refused(RequestErrorKind.Error, () => transport.ProduceData(DataWorld.ProduceSctp("p", 1)));
        Refused(RequestErrorKind.Error, () => transport.ConsumeData(DataWorld.ConsumeSctp("c", "sctp", 1)));
        Refused(RequestErrorKind.Error, () => transport.ProduceData(DataWorld.Produce("p")));
    }

    [Fact]
    public void A_type_must_fit_the_transport()
    {
        Refused(RequestErrorKind.TypeError, () => _plain.ProduceData(DataWorld.Produce("p")));
        Refused(RequestErrorKind.TypeError, () => _plain.ConsumeData(DataWorld.Consume("c")));
        Refused(RequestErrorKind.TypeError, () => _direct.ProduceData(DataWorld.ProduceSctp("p", 1)));
        Refused(RequestErrorKind.TypeError, () => _direct.ConsumeData(DataWorld.ConsumeSctp("c", "sctp", 1)));
    }

    [Fact]
    public void An_id_is_taken_once()
    {
        var other = _world.CreatePlainTransport("other", options => options with { Base = DataWorld.Sctp });
        _plain.ConsumeData(DataWorld.ConsumeSctp("consumer", "sctp", 1));

        Refused(RequestErrorKind.Error, () => _plain.ProduceData(DataWorld.ProduceSctp("sctp", 8)));
        Refused(RequestErrorKind.Error, () => other.ProduceData(DataWorld.ProduceSctp("sctp", 8)));
        Refused(RequestErrorKind.Error, () => _plain.ConsumeData(DataWorld.ConsumeSctp("consumer", "sctp", 2)));
        Refused(RequestErrorKind.Error, () => other.ConsumeData(DataWorld.ConsumeSctp("consumer", "sctp", 2)));
        Refused(RequestErrorKind.Error, () => _plain.ProduceData(DataWorld.ProduceSctp("router", 8)));
    }

    [Fact]
    public void A_stream_is_taken_once_in_each_direction_and_again_when_it_is_free()
    {
        _plain.ConsumeData(DataWorld.ConsumeSctp("consumer", "producer", 7));

        Refused(RequestErrorKind.Error, () => _plain.ProduceData(DataWorld.ProduceSctp("p", 7)));
        Refused(RequestErrorKind.Error, () => _plain.ConsumeData(DataWorld.ConsumeSctp("c", "producer", 7)));

        _plain.CloseDataProducer("sctp");
        _plain.CloseDataConsumer("consumer");
        _plain.ProduceData(DataWorld.ProduceSctp("p", 7));
        _plain.ConsumeData(DataWorld.ConsumeSctp("c", "producer", 7));
    }

    [Fact]
    public void A_stream_needs_parameters_that_make_sense()
    {
        ProduceDataRequest[] senseless =
        [
            DataWorld.ProduceSctp("p", 1) with { SctpStreamParameters = null },
            DataWorld.ProduceSctp("p", 65_535),
            DataWorld.ProduceSctp("p", 1, new() { StreamId = 1, MaxPacketLifeTime = 100, MaxRetransmits = 1 }),
            DataWorld.ProduceSctp("p", 1, new() { StreamId = 1, Ordered = true, MaxPacketLifeTime = 100 }),
            DataWorld.ProduceSctp("p", 1, new() { StreamId = 1, Ordered = true, MaxRetransmits = 1 }),
        ];

        Assert.All(senseless, request => Refused(RequestErrorKind.TypeError, () => _plain.ProduceData(request)));
        Refused(
            RequestErrorKind.TypeError,
            () => _plain.ConsumeData(DataWorld.ConsumeSctp("c", "sctp", 1) with { SctpStreamParameters = null }));
    }

    [Theory]
    [InlineData(null, null, null, true)]
    [InlineData(null, 100, null, false)]
    [InlineData(null, null, 3, false)]
    [InlineData(false, null, null, false)]
    [InlineData(true, null, null, true)]
    public void A_limit_makes_a_stream_unordered(bool? ordered, int? lifeTime, int? retransmits, bool expected)
    {
        var dump = _plain.ProduceData(DataWorld.ProduceSctp("p", 1, new()
        {
            StreamId = 1,
            Ordered = ordered,
            MaxPacketLifeTime = (ushort?)lifeTime,
            MaxRetransmits = (ushort?)retransmits,
        }));

        Assert.Equal(expected, dump.SctpStreamParameters!.Ordered);
        Assert.Equal((ushort?)lifeTime, dump.SctpStreamParameters.MaxPacketLifeTime);
        Assert.Equal((ushort?)retransmits, dump.SctpStreamParameters.MaxRetransmits);
    }

    [Fact]
    public void A_consumer_needs_a_producer()
    {
        Refused(RequestErrorKind.NotFoundError, () => _plain.ConsumeData(DataWorld.ConsumeSctp("c", "nobody", 1)));

        _plain.ConsumeData(DataWorld.ConsumeSctp("c", "sctp", 1));
    }

    [Fact]
    public void What_does_not_exist_cannot_be_closed()
    {
        Refused(RequestErrorKind.NotFoundError, () => _plain.CloseDataProducer("producer"));
        Refused(RequestErrorKind.NotFoundError, () => _plain.CloseDataConsumer("nobody"));
    }

    [Fact]
    public void A_refused_request_leaves_everything_as_it_was()
    {
        var handlers = _world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers.Order().ToArray();
        var router = _world.Router.Dump();

        Refused(RequestErrorKind.Error, () => _plain.ProduceData(DataWorld.ProduceSctp("p", 7)));
        Refused(RequestErrorKind.TypeError, () => _plain.ConsumeData(DataWorld.Consume("c")));
        Refused(RequestErrorKind.NotFoundError, () => _direct.ConsumeData(DataWorld.Consume("c", "nobody")));
        Refused(RequestErrorKind.Error, () => _direct.ProduceData(DataWorld.Produce("sctp")));

        Assert.Equal(handlers, _world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers.Order());
        Assert.Equal(router.MapDataProducerIdDataConsumerIds.Count, _world.Router.Dump().MapDataProducerIdDataConsumerIds.Count);
        Assert.Equal([7], ((PlainTransportDump)_plain.Dump()).Base.SctpListener!.StreamIdTable.Select(entry => entry.Key));
    }

    [Fact]
    public void A_transport_tells_its_sctp_parameters_before_anything_is_connected()
    {
        var dump = ((PlainTransportDump)_plain.Dump()).Base;

        Assert.Equal(5000, dump.SctpParameters!.Port);
        Assert.Equal(5_242_880u, dump.SctpParameters.MaxReceiverWindowBufferSize);
        Assert.Equal(SctpState.New, dump.SctpState);
        Assert.Equal(new SctpNegotiatedCapabilities(), dump.SctpNegotiatedCapabilities);
        Assert.Equal([KeyValuePair.Create((ushort)7, "sctp")], dump.SctpListener!.StreamIdTable);
        Assert.Null(((DirectTransportDump)_direct.Dump()).Base.SctpState);
    }

    [Fact]
    public void The_threshold_of_a_stream_is_the_transports_until_it_is_set()
    {
        Assert.Equal(1024u, _plain.ConsumeData(DataWorld.ConsumeSctp("c", "sctp", 1)).BufferedAmountLowThreshold);

        _world.DataConsumer("c").SetBufferedAmountLowThreshold(5);

        Assert.Equal(5u, _world.DataConsumer("c").Dump().BufferedAmountLowThreshold);
        _plain.CloseDataConsumer("c");
        Assert.Equal(1024u, _plain.ConsumeData(DataWorld.ConsumeSctp("d", "sctp", 1)).BufferedAmountLowThreshold);
    }

    public void Dispose() => _world.Dispose();

    private static void Refused(RequestErrorKind kind, Action action) => Assert.Equal(kind, Assert.Throws<RequestException>(action).Kind);
}
