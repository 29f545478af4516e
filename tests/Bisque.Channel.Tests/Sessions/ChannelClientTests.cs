using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Bisque.Model;

namespace Bisque.Channel.Tests.Sessions;

public sealed class ChannelClientTests : IAsyncLifetime
{
    private readonly Pipe _toWorker = new();
    private readonly Pipe _fromWorker = new();
    private readonly RecordingHandler _handler = new();
    private readonly Channel<object> _heard = System.Threading.Channels.Channel.CreateUnbounded<object>();
    private ChannelSession _session = null!;
    private ChannelClient _client = null!;
    private Task _worker = Task.CompletedTask;
    private volatile bool _gone;

    public ValueTask InitializeAsync()
    {
        var output = new PipeOutput(_fromWorker.Writer);
        _session = new ChannelSession(_handler, output);
        _worker = RunWorkerAsync(output);
        _client = new ChannelClient(_toWorker.Writer.AsStream(), _fromWorker.Reader.AsStream(), new ChannelClientHandlers
        {
            Event = workerEvent => _heard.Writer.TryWrite(workerEvent),
            Log = line => _heard.Writer.TryWrite(line),
            Fault = fault => _heard.Writer.TryWrite(fault),
        });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _worker;
    }

    [Fact]
    public async Task A_request_returns_what_the_worker_answers()
    {
        _handler.Answer = _ => new SetPriorityResponse { Priority = 9 };

        var answer = await AskAsync(RequestMethod.ConsumerSetPriority, "c", new SetPriorityRequest { Priority = 9 });

        Assert.Equal(new SetPriorityResponse { Priority = 9 }, answer);
        Assert.Equal("c", Assert.Single(_handler.Requests).HandlerId);
    }

    [Fact]
    public async Task Many_requests_at_once_get_their_own_answers()
    {
        _handler.Answer = request => new SetPriorityResponse { Priority = ((SetPriorityRequest)request.Body!).Priority };

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() =>
            AskAsync(RequestMethod.ConsumerSetPriority, "c", new SetPriorityRequest { Priority = (byte)i }))));

        Assert.Equal(Enumerable.Range(0, 200), answers.Select(answer => (int)((SetPriorityResponse)answer!).Priority));
    }

    [Fact]
    public async Task A_rejection_throws_with_its_class()
    {
        _handler.Answer = _ => throw RequestException.TypeError("wrong");

        var rejection = await Assert.ThrowsAsync<RequestException>(() => AskAsync(RequestMethod.ProducerPause, "p"));

        Assert.Equal((RequestErrorKind.TypeError, "wrong"), (rejection.Kind, rejection.Message));
    }

    [Fact]
    public async Task Events_and_logs_are_told_in_order()
    {
        _handler.Answer = _ =>
        {
            _session.Send(new ConsumerProducerPauseEvent("c"));
            _session.Log("D a line");
            _session.Send(new ConsumerProducerResumeEvent("c"));
            return null;
        };

        await AskAsync(RequestMethod.ProducerPause, "p");

        Assert.Equal(new ConsumerProducerPauseEvent("c"), await HearAsync());
        Assert.Equal("D a line", await HearAsync());
        Assert.Equal(new ConsumerProducerResumeEvent("c"), await HearAsync());
    }

    [Fact]
    public async Task Requests_fail_when_the_worker_goes_away()
    {
        _handler.Answer = _ =>
        {
            _gone = true;
            return null;
        };

        await Assert.ThrowsAsync<IOException>(() => AskAsync(RequestMethod.ProducerPause, "p"));

        await _client.Completion;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AskAsync(RequestMethod.ProducerPause, "p"));
    }

    [Fact]
    public async Task A_notification_reaches_the_worker_before_a_later_request()
    {
        _client.Notify(NotificationEvent.ProducerSend, "p", new ProducerSendNotification { Data = new byte[] { 1, 2 } });
        await AskAsync(RequestMethod.ProducerPause, "p");

        Assert.Equal(NotificationEvent.ProducerSend, Assert.Single(_handler.Notifications).Event);
    }

    private Task<object?> AskAsync(RequestMethod method, string handlerId, object? body = null) =>
        _client.RequestAsync(method, handlerId, body, TestContext.Current.CancellationToken);

    private async Task<object> HearAsync() => await _heard.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Reads until the controller ends the stream or the worker is gone.</summary>
    private async Task RunWorkerAsync(PipeOutput output)
    {
        var open = true;
        while (open)
        {
            var result = await _toWorker.Reader.ReadAsync();
            foreach (var segment in result.Buffer)
            {
                _session.Receive(segment.Span);
            }

            _toWorker.Reader.AdvanceTo(result.Buffer.End);
            open = !result.IsCompleted && !_gone;
            if (open)
            {
                await output.FlushAsync();
            }
        }

        await _fromWorker.Writer.CompleteAsync();
        await _toWorker.Reader.CompleteAsync();
    }

    /// <summary>Holds frames until the worker's turn ends, so that a worker that is gone has written nothing.</summary>
    private sealed class PipeOutput(PipeWriter writer) : IChannelOutput
    {
        private readonly ArrayBufferWriter<byte> _queued = new();

        public long QueuedBytes => _queued.WrittenCount;

        public void Write(ReadOnlySpan<byte> frame) => _queued.Write(frame);

        public async Task FlushAsync()
        {
            await writer.WriteAsync(_queued.WrittenMemory);
            _queued.ResetWrittenCount();
        }
    }
}
