using Bisque.Net;

namespace Bisque.Worker;

/// <summary>
/// The worker's process: its event loop, the channel on two descriptors, signals, and how it ends. The session is what does the
/// work; it is closed once, before the last bytes leave.
/// </summary>
internal sealed class ProcessHost : IDisposable
{
    /// <summary>Where the controller's messages come from.</summary>
    public const int InputDescriptor = 3;

    /// <summary>Where messages to the controller go.</summary>
    public const int OutputDescriptor = 4;

    // A controller that reads at all has taken the rest by then; Node gives a worker two seconds to end.
    private static readonly TimeSpan FlushLimit = TimeSpan.FromMilliseconds(500);

    private readonly Action<string> _report;
    private readonly LoopStream _input;
    private readonly LoopStream _output;
    private IChannelSession? _session;
    private bool _isClosing;

    /// <summary>
    /// Opens the loop, and the channel on the two descriptors, which the host then owns. <paramref name="report"/> takes lines for the
    /// user's eyes.
    /// </summary>
    /// <exception cref="NetException">A descriptor is not open, or is no socket or pipe.</exception>
    public ProcessHost(int input, int output, Action<string> report)
    {
        _report = report;
        Loop = new EventLoop(new EventLoopOptions());
        try
        {
            _input = Loop.OpenStream(input, new Input(this));
            _output = Loop.OpenStream(output, new Output());
        }
        catch
        {
            _input?.Dispose();
            Loop.Dispose();
            throw;
        }
    }

    /// <summary>The loop that owns the worker.</summary>
    public EventLoop Loop { get; }

    /// <summary>Bytes that the controller has not taken yet.</summary>
    public int QueuedBytes => _output.QueuedBytes;

    /// <summary>Sends bytes to the controller; lost without error once it is gone.</summary>
    public void Write(ReadOnlySpan<byte> bytes) => _output.Write(bytes);

    /// <summary>Runs the session on this thread until the process is to end; then closes it and sends the rest.</summary>
    public void Run(IChannelSession session)
    {
        _session = session;
        using (new ProcessSignals(() => Loop.Post(Close)))
        {
            Loop.Post(session.OnStarted);
            Loop.Run();
        }

        session.OnClosing();
        Loop.Outgoing.Flush();
        _output.FlushBlocking(FlushLimit);
        _output.ShutdownWrite();
    }

    /// <summary>Ends <see cref="Run"/> after this turn. On the loop's thread; once is enough.</summary>
    public void Close()
    {
        if (!_isClosing)
        {
            _isClosing = true;
            Loop.Stop();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        Loop.Dispose();
    }

    private sealed class Input(ProcessHost host) : IStreamHandler
    {
        public void OnData(ReadOnlySpan<byte> data)
        {
            if (!host._isClosing)
            {
                host._session?.OnBytes(data);
            }
        }

        public void OnEnd(NetError? error)
        {
            if (!host._isClosing)
            {
                host._report("bisque-worker: the controller closed the channel");
                host.Close();
            }
        }
    }

    /// <summary>The controller sends nothing here, and may close it first: the input's end is what ends the worker.</summary>
    private sealed class Output : IStreamHandler
    {
        public void OnData(ReadOnlySpan<byte> data)
        {
        }

        public void OnEnd(NetError? error)
        {
        }
    }
}
