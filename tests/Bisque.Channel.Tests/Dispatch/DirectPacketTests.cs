using Bisque.Channel.Dispatch;
using Bisque.Channel.Events;
using Bisque.Channel.Tests.Sessions;
using Bisque.Engine;
using Bisque.Model;
using Bisque.Net;

namespace Bisque.Channel.Tests.Dispatch;

/// <summary>Packets of direct transports through the whole channel: frames in, the engine, frames out.</summary>
public sealed class DirectPacketTests : IDisposable
{
    private readonly EventLoop _loop = new(new EventLoopOptions());
    private readonly RecordingOutput _output = new();
    private readonly MessageWriter _controller = new();
    private readonly List<RequestException> _rejections = [];
    private readonly List<Exception> _faults = [];
    private readonly MediaWorker _worker;
    private readonly ChannelSession _session;
    private ushort _sequenceNumber = 100;
    private uint _id;

    public DirectPacketTests()
    {
        var events = new Events();
        _worker = new MediaWorker(_loop, new MediaWorkerOptions(), events);
        _session = new ChannelSession(new EngineRequestHandler(_worker, () => new ResourceUsage(), () => { }), _output)
        {
            Rejected = _rejections.Add,
            Faulted = _faults.Add,
        };
        events.Session = _session;
        Ask(RequestMethod.WorkerCreateRouter, "", new CreateRouterRequest { RouterId = "router" });
        Ask(RequestMethod.RouterCreateDirectTransport, "router", new CreateDirectTransportRequest
        {
            TransportId = "direct",
            Options = new DirectTransportOptions { Base = new TransportOptions { Direct = true } },
        });
        Ask(RequestMethod.TransportProduce, "direct", Produce());
        Ask(RequestMethod.TransportConsume, "direct", Consume());
        Assert.All(_output.Responses, response => Assert.True(response.Accepted, response.Reason));
        _output.Frames.Clear();
    }

    [Fact]
    public void Packets_come_back_in_order_and_before_the_answer_to_what_was_asked_after_them()
    {
        byte[] stream =
        [
            .. Send("producer", Packet(1)), .. Send("producer", Packet(2)), .. Send("producer", Packet(3)),
            .. _controller.Request(new ChannelRequest(++_id, RequestMethod.ConsumerPause, "consumer", null)),
            .. Send("producer", Packet(4)),
            .. _controller.Request(new ChannelRequest(++_id, RequestMethod.ConsumerResume, "consumer", null)),
            .. Send("producer", Packet(5)),
        ];

        Assert.True(_session.Receive(stream));
        _worker.FlushMedia();

        Assert.Equal(["1", "2", "3", "answer", "answer", "5"], Told());
        Assert.Empty(_rejections);
    }

    [Fact]
    public void Rtcp_reaches_the_transport_and_what_it_causes_comes_back()
    {
        _session.Receive(Send("producer", Packet(1)));
        byte[] pli = [0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0x13, 0x88];

        _session.Receive(_controller.Notification(
            new ChannelNotification(NotificationEvent.TransportSendRtcp, "direct", new SendRtcpNotification { Data = pli })));
        _session.Receive(_controller.Request(new ChannelRequest(9, RequestMethod.ConsumerGetStats, "consumer", null)));

        var stats = (ConsumerStats)_output.Responses.Single().Body!;
        Assert.Equal(1ul, stats.Stats[0].Base.PliCount);
    }

    [Fact]
    public void What_is_for_nobody_is_rejected_without_an_answer()
    {
        _session.Receive(Send("nobody", Packet(1)));
        _session.Receive(Send("direct", Packet(1)));
        _session.Receive(_controller.Notification(
            new ChannelNotification(NotificationEvent.TransportSendRtcp, "producer", new SendRtcpNotification { Data = new byte[8] })));

        Assert.Equal(
            [RequestErrorKind.NotFoundError, RequestErrorKind.Error, RequestErrorKind.Error], _rejections.Select(rejection => rejection.Kind));
        Assert.Empty(_output.Frames);
    }

    [Fact]
    public void A_packet_as_long_as_the_protocol_allows_is_dropped_without_a_fault()
    {
        _session.Receive(Send("producer", new byte[65_536]));
        _session.Receive(Send("producer", []));
        _session.Receive(Send("producer", Packet(1)));
        _worker.FlushMedia();

        Assert.Equal(["1"], Told());
        Assert.Empty(_faults);
    }

    [Fact]
    public void A_controller_that_does_not_read_gets_no_more_packets_but_its_answers()
    {
        _output.QueuedBytes = OutputBudget.DefaultLimit + 1;
        for (var i = 0; i < 10; i++)
        {
            _session.Receive(Send("producer", Packet(i)));
        }

        _worker.FlushMedia();
        Ask(RequestMethod.ConsumerPause, "consumer", null);

        Assert.Equal(10, _session.Budget.Dropped);
        Assert.StartsWith("W", Assert.Single(_output.Logs), StringComparison.Ordinal);
        Assert.Equal(["answer"], Told());
    }

    public void Dispose()
    {
        _worker.Dispose();
        _loop.Dispose();
    }

    private void Ask(RequestMethod method, string handlerId, object? body) =>
        _session.Receive(_controller.Request(new ChannelRequest(++_id, method, handlerId, body)));

    private byte[] Send(string producerId, byte[] packet) =>
        _controller.Notification(new ChannelNotification(
            NotificationEvent.ProducerSend, producerId, new ProducerSendNotification { Data = packet })).ToArray();

    private byte[] Packet(int mark)
    {
        var number = _sequenceNumber++;
        return [0x80, 111, (byte)(number >> 8), (byte)number, 0, 0, (byte)(mark >> 8), (byte)mark, 0, 0, 0x0b, 0xb8, 0x78, 1, (byte)mark];
    }

    /// <summary>The packets by their mark, and the answers, in the order in which they came.</summary>
    private List<string> Told() =>
    [
        .. _output.Frames.Select(frame => Messages.Frames.Open(frame)).Where(message => message.DataType != Wire.MessageBody.Log).Select(
            message => message.DataType == Wire.MessageBody.Response
                ? "answer"
                : EventMessages.Read(message.DataAsNotification()) is ConsumerRtpEvent { HandlerId: "consumer" } rtp
                    ? $"{rtp.Data.Span[^1]}"
                    : "other").Where(text => text != "other"),
    ];

    private static ProduceRequest Produce() => new()
    {
        ProducerId = "producer",
        Kind = MediaKind.Audio,
        RtpParameters = Parameters(111, 3000),
        RtpMapping = new RtpMapping
        {
            Codecs = [new RtpCodecMapping { PayloadType = 111, MappedPayloadType = 100 }],
            Encodings = [new RtpEncodingMapping { Ssrc = 3000, MappedSsrc = 4000 }],
        },
    };

    private static ConsumeRequest Consume() => new()
    {
        ConsumerId = "consumer",
        ProducerId = "producer",
        Kind = MediaKind.Audio,
        Type = RtpParametersType.Simple,
        RtpParameters = Parameters(100, 5000),
        ConsumableRtpEncodings = [new RtpEncodingParameters { Ssrc = 4000 }],
    };

    private static RtpParameters Parameters(byte payloadType, uint ssrc) => new()
    {
        Codecs = [new RtpCodecParameters { MimeType = "audio/opus", PayloadType = payloadType, ClockRate = 48_000, Channels = 2, RtcpFeedback = [] }],
        HeaderExtensions = [],
        Encodings = [new RtpEncodingParameters { Ssrc = ssrc }],
        Rtcp = new RtcpParameters { Cname = "sender" },
    };

    private sealed class Events : IMediaWorkerEvents
    {
        public ChannelSession? Session { get; set; }

        public void OnEvent(WorkerEvent workerEvent) => Session!.Send(workerEvent);

        public void OnConsumerRtp(string consumerId, ReadOnlySpan<byte> packet) => Session!.SendConsumerRtp(consumerId, packet);

        public void OnDirectTransportRtcp(string transportId, ReadOnlySpan<byte> packet) => Session!.SendDirectTransportRtcp(transportId, packet);

        public void OnDataConsumerMessage(string dataConsumerId, uint ppid, ReadOnlySpan<byte> message) =>
            Session!.SendDataConsumerMessage(dataConsumerId, ppid, message);

        public void OnLog(LogLevel level, string text)
        {
        }
    }
}
