using Bisque.Channel.Events;
using Bisque.Channel.Notifications;
using Bisque.Channel.Requests;
using Bisque.Channel.Responses;
using Bisque.Model;

namespace Bisque.Channel.Tests.Messages;

public sealed class RoundTripTests
{
    private readonly MessageWriter _writer = new();

    public static TheoryData<RequestMethod> Methods() => new(Frames.Methods);

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_request_arrives_as_it_was_sent(RequestMethod method)
    {
        foreach (var full in new[] { true, false })
        {
            var request = new ChannelRequest(0xfffffffe, method, full ? "handler" : "", Frames.RequestBody(method, full));

            var read = RequestMessages.Read(Frames.Open(_writer.Request(request)).DataAsRequest());

            Assert.Equal(Sample.Describe(request), Sample.Describe(read));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_answer_arrives_as_it_was_sent(RequestMethod method)
    {
        foreach (var full in new[] { true, false })
        {
            foreach (var body in Frames.ResponseBody(method, full))
            {
                var read = ResponseMessages.Read(Frames.Open(_writer.Accepted(9, method, body)).DataAsResponse());

                Assert.True(read.Accepted);
                Assert.Equal(9u, read.Id);
                Assert.Null(read.Error);
                Assert.Equal(Sample.Describe(body), Sample.Describe(read.Body));
            }
        }
    }

    [Theory]
    [InlineData(RequestErrorKind.Error, "Error")]
    [InlineData(RequestErrorKind.TypeError, "TypeError")]
    [InlineData(RequestErrorKind.NotFoundError, "NotFoundError")]
    public void A_rejection_names_the_class_of_its_error(RequestErrorKind kind, string name)
    {
        var read = ResponseMessages.Read(Frames.Open(_writer.Rejected(3, kind, "why")).DataAsResponse());

        Assert.Equal(new ChannelResponse(3, false, null, name, "why"), read);
        Assert.Equal(kind, ResponseMessages.ErrorKind(read.Error));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_event_arrives_as_it_was_sent(bool full)
    {
        var events = Sample.Events(full).ToList();

        foreach (var workerEvent in events)
        {
            var read = EventMessages.Read(Frames.Open(_writer.Event(workerEvent)).DataAsNotification());

            Assert.Equal(Sample.Describe(workerEvent), Sample.Describe(read));
        }

        Assert.Equal(29, events.Select(workerEvent => workerEvent.GetType()).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1200)]
    [InlineData(5000)]
    public void A_packet_written_from_a_span_is_the_event_that_it_stands_for(int length)
    {
        byte[] packet = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 3))];

        var rtp = _writer.Event(new ConsumerRtpEvent("c", packet)).ToArray();
        Assert.Equal(rtp, _writer.ConsumerRtp("c", packet));
        var rtcp = _writer.Event(new DirectTransportRtcpEvent("t", packet)).ToArray();
        Assert.Equal(rtcp, _writer.DirectTransportRtcp("t", packet));
        Assert.NotEqual(rtp, rtcp);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_notification_arrives_as_it_was_sent(bool full)
    {
        foreach (var notification in Frames.Notifications(full))
        {
            var read = NotificationMessages.Read(Frames.Open(_writer.Notification(notification)).DataAsNotification());

            Assert.Equal(Sample.Describe(notification), Sample.Describe(read));
        }
    }

    [Fact]
    public void A_body_of_another_method_is_rejected()
    {
        var frame = _writer.Request(new ChannelRequest(1, RequestMethod.WorkerCreateRouter, "", new CloseRouterRequest { RouterId = "r" }));
        var request = Frames.Open(frame).DataAsRequest();

        Assert.Equal(RequestErrorKind.Error, Assert.Throws<RequestException>(() => RequestMessages.Read(request)).Kind);
    }

    [Fact]
    public void A_missing_body_is_rejected()
    {
        var request = Frames.Open(_writer.Request(new ChannelRequest(1, RequestMethod.TransportProduce, "t", null))).DataAsRequest();

        Assert.Throws<RequestException>(() => RequestMessages.Read(request));
    }

    [Fact]
    public void A_method_beyond_the_last_is_rejected()
    {
        var request = Frames.Open(_writer.Request(new ChannelRequest(1, (RequestMethod)68, "", null))).DataAsRequest();

        Assert.Throws<RequestException>(() => RequestMessages.Read(request));
    }

    [Fact]
    public void An_enumerator_that_the_schema_does_not_know_is_a_type_error()
    {
        var body = (ProduceRequest)Sample.Create(typeof(ProduceRequest), full: true) with { Kind = (MediaKind)2 };
        var request = Frames.Open(_writer.Request(new ChannelRequest(1, RequestMethod.TransportProduce, "t", body))).DataAsRequest();

        Assert.Equal(RequestErrorKind.TypeError, Assert.Throws<RequestException>(() => RequestMessages.Read(request)).Kind);
    }

    [Fact]
    public void A_method_cannot_be_answered_with_the_record_of_another() =>
        Assert.Throws<ArgumentException>(() => _ = _writer.Accepted(1, RequestMethod.WorkerDump, new SetPriorityResponse()).Length);
}
