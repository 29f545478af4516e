using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;
using Bisque.Channel.Client;
using Bisque.Model;

namespace Bisque.Channel;

/// <summary>
/// The controller's side of the channel, over the two streams of a worker. May be called from any thread; events and logs are told
/// one after another, on a thread that is never the worker's loop.
/// </summary>
public sealed class ChannelClient : IAsyncDisposable
{
    /// <summary>How long a worker that does not read is waited for when the client is disposed.</summary>
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<byte[]> _outgoing = System.Threading.Channels.Channel.CreateUnbounded<byte[]>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly ConcurrentDictionary<uint, PendingRequest> _pending = new();
    private readonly MessageWriter _writer = new();
    private readonly Lock _writing = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly PipeReader _fromWorker;
    private readonly PipeWriter _toWorker;
    private readonly Task _reading;
    private readonly Task _sending;
    private uint _lastId;
    private volatile bool _closed;

    /// <summary>Speaks to the worker that reads from <paramref name="toWorker"/> and writes to <paramref name="fromWorker"/>.</summary>
    public ChannelClient(Stream toWorker, Stream fromWorker, ChannelClientHandlers? handlers = null)
    {
        _fromWorker = PipeReader.Create(fromWorker);
        _toWorker = PipeWriter.Create(toWorker);
        var incoming = new IncomingMessages(_pending, handlers ?? new ChannelClientHandlers());
        _reading = Task.Run(() => ReadAsync(incoming));
        _sending = Task.Run(SendAsync);
    }

    /// <summary>Completes when the worker's stream has ended.</summary>
    public Task Completion => _reading;

    /// <summary>
    /// Asks the worker and returns the record that it answers with, null where the method has none. A rejected request throws
    /// <see cref="RequestException"/>; a worker that went away throws <see cref="IOException"/>.
    /// </summary>
    public Task<object?> RequestAsync(
        RequestMethod method,
        string handlerId,
        object? body = null,
        CancellationToken cancellationToken = default)
    {
        var pending = new PendingRequest(method);
        uint id;
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            id = NextId();
            var frame = _writer.Request(new ChannelRequest(id, method, handlerId, body));
            if (frame.Length > FrameReader.MaxMessageLength + FrameReader.PrefixLength)
            {
                throw RequestException.Error("request too big");
            }

            _pending[id] = pending;
            _outgoing.Writer.TryWrite(frame.ToArray());
        }

        return WaitAsync(id, pending, cancellationToken);
    }

    /// <summary>Tells the worker something that it does not answer.</summary>
    public void Notify(NotificationEvent notificationEvent, string handlerId, object? body = null)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var frame = _writer.Notification(new ChannelNotification(notificationEvent, handlerId, body));
            _outgoing.Writer.TryWrite(frame.ToArray());
        }
    }

    /// <summary>Ends the worker's input, which is how a worker is told that its controller is gone, and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        _stop.CancelAfter(FarewellTimeout);
        await _sending.ConfigureAwait(false);
        _stop.Cancel();
        await _reading.ConfigureAwait(false);
    }

    private async Task<object?> WaitAsync(uint id, PendingRequest pending, CancellationToken cancellationToken)
    {
        try
        {
            return await pending.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    private uint NextId() => _lastId = _lastId == uint.MaxValue ? 1 : _lastId + 1;

    private async Task SendAsync()
    {
        try
        {
            await foreach (var frame in _outgoing.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                _toWorker.Write(frame);
                if (!_outgoing.Reader.TryPeek(out _))
                {
                    await _toWorker.FlushAsync(_stop.Token).ConfigureAwait(false);
                }
            }

            await _toWorker.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            Close();
            FailPending(fault);
        }
    }

    private async Task ReadAsync(IncomingMessages incoming)
    {
        Exception? fault = null;
        try
        {
            var open = true;
            while (open)
            {
                var result = await _fromWorker.ReadAsync(_stop.Token).ConfigureAwait(false);
                foreach (var segment in result.Buffer)
                {
                    open = open && incoming.Receive(segment.Span);
                }

                _fromWorker.AdvanceTo(result.Buffer.End);
                open = open && !result.IsCompleted;
            }

            await _fromWorker.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is IOException or ObjectDisposedException or OperationCanceledException)
        {
            fault = reason;
        }

        Close();
        FailPending(fault);
    }

    private void Close()
    {
        lock (_writing)
        {
            _closed = true;
            _outgoing.Writer.TryComplete();
        }
    }

    private void FailPending(Exception? cause)
    {
        foreach (var (_, pending) in _pending)
        {
            pending.Fail(new IOException("The worker's channel is closed.", cause));
        }
    }
}
