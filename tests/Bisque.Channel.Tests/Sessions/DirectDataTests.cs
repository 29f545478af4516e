using Bisque.Channel.Dispatch;
using Bisque.Channel.Events;
using Bisque.Engine;
using Bisque.Model;
using Bisque.Net;

namespace Bisque.Channel.Tests.Sessions;

/// <summary>Messages of the controller through a whole worker and back, as frames.</summary>
public sealed class DirectDataTests : IDisposable
{
    private readonly RecordingOutput _output = new();
    private readonly MessageWriter _controller = new();
    private readonly EventLoop _loop = new(new EventLoopOptions());
    private readonly MediaWorker _worker;
    private readonly ChannelSession _session;
    private readonly List<RequestException> _rejections = [];
    private uint _lastRequest;

    public DirectDataTests()
    {
        var events = new Forwarded();
        _worker = new MediaWorker(_loop, new MediaWorkerOptions(), events);
        _session = new ChannelSession(new EngineRequestHandler(_worker, () => new ResourceUsage(), () => { }), _output)
        {
            Rejected = _rejections.Add,
        };
        events.Session = _session;
        Request(RequestMethod.WorkerCreateRouter, "", new CreateRouterRequest { RouterId = "router" });
        var options = new TransportOptions { Direct = true, MaxReceiveMessageSize = 1000, MaxSendMessageSize = 1000 };
        Request(RequestMethod.RouterCreateDirectTransport, "router", new CreateDirectTransportRequest
        {
            TransportId = "direct",
            Options = new DirectTransportOptions { Base = options },
        });
        Request(RequestMethod.TransportProduceData, "direct", new ProduceDataRequest
        {
            DataProducerId = "producer",
            Type = DataProducerType.Direct,
        });
        Request(RequestMethod.TransportConsumeData, "direct", new ConsumeDataRequest
        {
            DataConsumerId = "consumer",
            DataProducerId = "producer",
            Type = DataConsumerType.Direct,
            Subchannels = [1],
        });
    }

    [Fact]
    public void Two_hundred_messages_between_pauses_and_resumes_are_counted_exactly()
    {
        var expected = new List<byte>();
        for (var i = 0; i < 200; i++)
        {
            Send((byte)i);
            if (i % 50 is < 10 or >= 30)
            {
                expected.Add((byte)i);
            }

            if (i % 50 == 9)
            {
                Request(i < 100 ? RequestMethod.DataProducerPause : RequestMethod.DataConsumerPause, i < 100 ? "producer" : "consumer");
            }
            else if (i % 50 == 29)
            {
                Request(i < 100 ? RequestMethod.DataProducerResume : RequestMethod.DataConsumerResume, i < 100 ? "producer" : "consumer");
            }
        }

        Assert.Equal(expected, Messages.Select(message => message.Data.Span[0]));
        var received = Request<DataProducerStats>(RequestMethod.DataProducerGetStats, "producer");
        var sent = Request<DataConsumerStats>(RequestMethod.DataConsumerGetStats, "consumer");
        Assert.Equal((200ul, (ulong)expected.Count), (received.MessagesReceived, sent.MessagesSent));
        Assert.All(_output.Responses, response => Assert.True(response.Accepted));
    }

    [Fact]
    public void A_message_comes_back_with_its_identifier_if_its_subchannels_are_listened_to()
    {
        Send(1, subchannels: [2]);
        Send(2, subchannels: [2, 1]);
        Send(3, required: 2);
        Send(4, ignored: 1);
        Request<AddSubchannelResponse>(RequestMethod.DataConsumerAddSubchannel, "consumer", new AddSubchannelRequest { Subchannel = 2 });
        Send(5, required: 2);

        Assert.Equal([2, 5], Messages.Select(message => message.Data.Span[0]));
        Assert.All(Messages, message => Assert.Equal(("consumer", 53u), (message.HandlerId, message.Ppid)));
    }

    [Fact]
    public void A_message_that_is_too_long_is_reported_and_nobody_is_answered()
    {
        var before = _output.Frames.Count;

        Notify(new DataProducerSendNotification { Ppid = 53, Data = new byte[1001] });

        Assert.Equal(RequestErrorKind.TypeError, Assert.Single(_rejections).Kind);
        Assert.Equal(before, _output.Frames.Count);
    }

    [Fact]
    public void A_slow_controller_loses_messages_and_is_warned_once()
    {
        _output.QueuedBytes = OutputBudget.DefaultLimit + 1;
        for (var i = 0; i < 10; i++)
        {
            Send(1);
        }

        Assert.Empty(Messages);
        Assert.Equal(10, _session.Budget.Dropped);
        Assert.StartsWith("W", Assert.Single(_output.Logs), StringComparison.Ordinal);

        _output.QueuedBytes = 0;
        Send(2);
        Assert.Equal([2], Messages.Select(message => message.Data.Span[0]));
    }

    [Fact]
    public void Data_entities_answer_what_they_cannot_do_with_an_error()
    {
        Request(RequestMethod.ConsumerPause, "producer");
        Request(RequestMethod.ProducerPause, "consumer");
        Request(RequestMethod.DataConsumerSend, "consumer", new DataConsumerSendRequest { Ppid = 51, Data = new byte[1] });
        Request(RequestMethod.DataConsumerDump, "nobody");

        Assert.Equal(["Error", "Error", "TypeError", "NotFoundError"], _output.Responses.TakeLast(4).Select(response => response.Error));
    }

    public void Dispose()
    {
        _worker.Dispose();
        _loop.Dispose();
    }

    private IEnumerable<DataConsumerMessageEvent> Messages => _output.Frames.Select(frame => Tests.Messages.Frames.Open(frame))
        .Where(message => message.DataType == Wire.MessageBody.Notification)
        .Select(message => EventMessages.Read(message.DataAsNotification()))
        .OfType<DataConsumerMessageEvent>();

    private void Send(byte value, ushort[]? subchannels = null, ushort? required = null, ushort? ignored = null) =>
        Notify(new DataProducerSendNotification
        {
            Ppid = 53,
            Data = new[] { value, value },
            Subchannels = subchannels ?? [],
            RequiredSubchannel = required,
            IgnoredSubchannel = ignored,
        });

    private void Notify(DataProducerSendNotification message) =>
        _session.Receive(_controller.Notification(new ChannelNotification(NotificationEvent.DataProducerSend, "producer", message)));

    private void Request(RequestMethod method, string handlerId, object? body = null) =>
        _session.Receive(_controller.Request(new ChannelRequest(++_lastRequest, method, handlerId, body)));

    private T Request<T>(RequestMethod method, string handlerId, object? body = null)
    {
        Request(method, handlerId, body);
        return Assert.IsType<T>(_output.Responses.Last().Body);
    }

    private sealed class Forwarded : IMediaWorkerEvents
    {
        public ChannelSession? Session { get; set; }

        public void OnEvent(WorkerEvent workerEvent) => Session!.Send(workerEvent);

        public void OnDataConsumerMessage(string dataConsumerId, uint ppid, ReadOnlySpan<byte> message) =>
            Session!.SendDataConsumerMessage(dataConsumerId, ppid, message);

        public void OnConsumerRtp(string consumerId, ReadOnlySpan<byte> packet)
        {
        }

        public void OnDirectTransportRtcp(string transportId, ReadOnlySpan<byte> packet)
        {
        }

        public void OnLog(LogLevel level, string text)
        {
        }
    }
}
