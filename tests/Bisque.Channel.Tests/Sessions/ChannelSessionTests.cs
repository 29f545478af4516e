using Bisque.Channel.Responses;
using Bisque.Model;

namespace Bisque.Channel.Tests.Sessions;

public sealed class ChannelSessionTests
{
    private readonly RecordingHandler _handler = new();
    private readonly RecordingOutput _output = new();
    private readonly MessageWriter _controller = new();
    private readonly ChannelSession _session;

    public ChannelSessionTests() => _session = new ChannelSession(_handler, _output);

    [Fact]
    public void Requests_are_answered_in_order()
    {
        _handler.Answer = request => request.Method == RequestMethod.ConsumerSetPriority ? new SetPriorityResponse { Priority = 4 } : null;
        byte[] stream =
        [
            .. Request(1, RequestMethod.WorkerCreateRouter, new CreateRouterRequest { RouterId = "r" }),
            .. Request(2, RequestMethod.ConsumerSetPriority, new SetPriorityRequest { Priority = 4 }),
        ];

        Assert.True(_session.Receive(stream));

        Assert.Equal(
            [new ChannelResponse(1, true, null, null, null), new ChannelResponse(2, true, new SetPriorityResponse { Priority = 4 }, null, null)],
            _output.Responses);
        Assert.Equal(new CreateRouterRequest { RouterId = "r" }, _handler.Requests[0].Body);
    }

    [Fact]
    public void Events_of_a_request_come_before_its_answer()
    {
        _handler.Answer = _ =>
        {
            _session.Send(new ConsumerProducerCloseEvent("c"));
            return null;
        };

        _session.Receive(Request(1, RequestMethod.ProducerPause));

        Assert.Equal(
            [Wire.MessageBody.Notification, Wire.MessageBody.Response],
            _output.Frames.Select(frame => Messages.Frames.Open(frame).DataType));
    }

    [Fact]
    public void A_rejection_reaches_the_controller_with_its_class_and_reason()
    {
        RequestException? logged = null;
        _session.Rejected = rejection => logged = rejection;
        _handler.Answer = _ => throw RequestException.NotFound("no such router");

        _session.Receive(Request(5, RequestMethod.RouterDump));

        Assert.Equal([new ChannelResponse(5, false, null, "NotFoundError", "no such router")], _output.Responses);
        Assert.Equal("no such router", logged?.Message);
    }

    [Fact]
    public void An_unexpected_exception_is_answered_and_reported_and_the_session_goes_on()
    {
        List<Exception> faults = [];
        _session.Faulted = faults.Add;
        _handler.Answer = request => request.Id == 1 ? throw new InvalidOperationException("broken") : null;

        _session.Receive(Request(1, RequestMethod.RouterDump));
        _session.Receive(Request(2, RequestMethod.ProducerPause));

        Assert.Equal("broken", Assert.Single(faults).Message);
        Assert.Equal([("Error", false), (null, true)], _output.Responses.Select(response => (response.Error, response.Accepted)));
    }

    [Fact]
    public void An_answer_of_the_wrong_type_is_a_fault_and_an_error()
    {
        List<Exception> faults = [];
        _session.Faulted = faults.Add;
        _handler.Answer = _ => new SetPriorityResponse();

        _session.Receive(Request(1, RequestMethod.WorkerDump));

        Assert.Single(faults);
        Assert.Equal("Error", Assert.Single(_output.Responses).Error);
    }

    [Theory]
    [InlineData((RequestMethod)200)]
    [InlineData(RequestMethod.TransportProduce)]
    public void A_request_that_cannot_be_understood_is_answered_with_an_error(RequestMethod method)
    {
        _session.Receive(Request(77, method));

        var response = Assert.Single(_output.Responses);
        Assert.Equal((77u, "Error"), (response.Id, response.Error));
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void A_malformed_message_is_counted_and_logged_and_the_stream_goes_on()
    {
        Assert.True(_session.Receive([5, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff]));
        Assert.True(_session.Receive(Request(1, RequestMethod.ProducerPause)));

        Assert.Equal(1, _session.MalformedFrames);
        Assert.StartsWith("E", Assert.Single(_output.Logs), StringComparison.Ordinal);
        Assert.Single(_output.Responses);
    }

    [Fact]
    public void A_message_for_a_controller_is_not_for_a_worker()
    {
        _session.Receive(_controller.Log("E hello"));
        _session.Receive(_controller.Accepted(1, RequestMethod.ProducerPause, null));

        Assert.Equal(2, _session.MalformedFrames);
        Assert.Empty(_output.Responses);
    }

    [Fact]
    public void An_impossible_length_ends_the_session() =>
        Assert.False(_session.Receive([0xff, 0xff, 0xff, 0x7f]));

    [Fact]
    public void A_notification_reaches_the_handler_and_is_not_answered()
    {
        _session.Receive(_controller.Notification(new ChannelNotification(NotificationEvent.WorkerClose, "", null)));

        Assert.Equal([new ChannelNotification(NotificationEvent.WorkerClose, "", null)], _handler.Notifications);
        Assert.Empty(_output.Frames);
    }

    [Fact]
    public void A_slow_controller_loses_traces_and_logs_but_no_answers_and_no_state()
    {
        _output.QueuedBytes = OutputBudget.DefaultLimit + 1;

        _session.Send(new ConsumerRtpEvent("c", new byte[] { 1 }));
        _session.Log("D chatter");
        _session.Send(new ConsumerProducerCloseEvent("c"));
        _session.Receive(Request(1, RequestMethod.ProducerPause));

        Assert.StartsWith("W", Assert.Single(_output.Logs), StringComparison.Ordinal);
        Assert.Equal(3, _output.Frames.Count);
        Assert.Equal(2, _session.Budget.Dropped);
    }

    private byte[] Request(uint id, RequestMethod method, object? body = null) =>
        _controller.Request(new ChannelRequest(id, method, "handler", body)).ToArray();
}
