using Bisque.Net.Backends;
using Bisque.Net.Buffers;
using Bisque.Net.Timers;
using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>
/// The event loop of one worker: sockets, streams and timers, all on the thread that runs it. A turn waits, reads the clock once,
/// and dispatches what arrived, then what was posted, then the timers that are due, then <see cref="EndOfTurn"/>. Only <see cref="Post"/> and
/// <see cref="Stop"/> may be called from other threads.
/// </summary>
public sealed class EventLoop : IDisposable
{
    private const int StreamBufferSize = 64 * 1024;

    private readonly ILoopBackend _backend;
    private readonly Func<MonotonicTime> _clock;
    private readonly TimerHeap _timers = new();
    private readonly Lock _gate = new();
    private readonly List<LoopStream> _dirtyStreams = [];
    private List<Action> _posted = [];
    private List<Action> _running = [];
    private volatile bool _isStopping;
    private bool _isDisposed;
    private byte[]? _frameBuffer;

    /// <summary>A loop that nobody runs yet.</summary>
    /// <exception cref="NetException">The system refuses what the back end needs.</exception>
    public EventLoop(EventLoopOptions options)
        : this(options, loop => BackendFactory.Create(options, loop), MonotonicClock.Read)
    {
    }

    /// <summary>A loop over another network and clock than the system's: how tests run whole workers in virtual time.</summary>
    internal EventLoop(EventLoopOptions options, Func<EventLoop, ILoopBackend> backend, Func<MonotonicTime> clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _clock = clock;
        Now = clock();
        Packets = new PacketPool(options.PooledPackets);
        Arena = new ReceiveArena(Packets);
        _backend = backend(this);
    }

    /// <summary>The time of this turn.</summary>
    public MonotonicTime Now { get; private set; }

    /// <summary>The pool of packet buffers.</summary>
    public PacketPool Packets { get; }

    /// <summary>The outgoing datagrams of this turn; sent at its end if nobody flushes them earlier.</summary>
    public SendBatch Outgoing { get; } = new();

    /// <summary>Called after every turn's events were dispatched, before <see cref="Outgoing"/> is flushed.</summary>
    public Action? EndOfTurn { get; set; }

    /// <summary>
    /// Takes what a handler, timer or posted action threw, and the loop goes on. Without it, the exception leaves <see cref="Run"/>.
    /// </summary>
    public Action<Exception>? UnhandledFault { get; set; }

    internal ReceiveArena Arena { get; }

    /// <summary>Timers that are going to fire.</summary>
    internal int ActiveTimers => _timers.Count;

    /// <summary>Where streams read to; valid until the next read.</summary>
    internal byte[] StreamBuffer { get; } = GC.AllocateUninitializedArray<byte>(StreamBufferSize, pinned: true);

    /// <summary>Where frames to one connection are put together; valid until the next write. Made for the first that needs it.</summary>
    internal byte[] FrameBuffer => _frameBuffer ??= GC.AllocateUninitializedArray<byte>(StreamBufferSize);

    /// <summary>Runs turns on this thread until <see cref="Stop"/>.</summary>
    public void Run()
    {
        while (!_isStopping)
        {
            RunOnce(Timeout.InfiniteTimeSpan);
        }

        _isStopping = false;
    }

    /// <summary>Ends <see cref="Run"/> after the turn that runs. Safe from any thread.</summary>
    public void Stop()
    {
        _isStopping = true;
        Wake();
    }

    /// <summary>Runs <paramref name="action"/> on the loop's thread, in this turn or the next one. Safe from any thread.</summary>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        bool isFirst;
        lock (_gate)
        {
            isFirst = _posted.Count == 0;
            _posted.Add(action);
        }

        if (isFirst)
        {
            Wake();
        }
    }

    /// <summary>
    /// One turn, which waits up to <paramref name="maxWait"/> (negative: without end) for something to do. True if there was any event, post or timer.
    /// </summary>
    public bool RunOnce(TimeSpan maxWait)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        FlushStreams();
        Now = _clock();
        var events = _backend.Wait(WaitLimit(maxWait));
        Now = _clock();
        for (var i = 0; i < events; i++)
        {
            try
            {
                _backend.Dispatch(i);
            }
            catch (Exception fault) when (UnhandledFault is not null)
            {
                UnhandledFault(fault);
            }
        }

        var posts = RunPosted();
        var timers = FireTimers();
        if (EndOfTurn is not null)
        {
            Guard(EndOfTurn);
        }

        Outgoing.Flush();
        FlushStreams();
        return events + posts + timers > 0;
    }

    /// <summary>A timer that is not started. It needs no disposal.</summary>
    public LoopTimer CreateTimer(Action onDue)
    {
        ArgumentNullException.ThrowIfNull(onDue);
        return new LoopTimer(_timers, onDue);
    }

    /// <summary>The clock at this moment, for work that measures itself; everything else uses <see cref="Now"/>.</summary>
    public static MonotonicTime ReadClock() => MonotonicClock.Read();

    /// <summary>Binds a UDP socket; port 0 lets the system choose.</summary>
    /// <exception cref="NetException">It could not be bound.</exception>
    public UdpSocket OpenUdp(TransportAddress local, UdpSocketOptions options, IDatagramHandler handler) =>
        new(this, _backend, local, options, handler);

    /// <summary>Binds a TCP socket and listens; port 0 lets the system choose.</summary>
    /// <exception cref="NetException">It could not be bound.</exception>
    public TcpServer OpenTcp(TransportAddress local, TcpServerOptions options, ITcpServerHandler handler) =>
        new(this, _backend, local, options, handler);

    /// <summary>
    /// Takes over a connected descriptor, a socket or (not with <see cref="NetBackend.Portable"/>) an end of a pipe, and makes it non-blocking.
    /// </summary>
    /// <exception cref="NetException">The descriptor is not open or not usable.</exception>
    public LoopStream OpenStream(int descriptor, IStreamHandler handler) => new(this, _backend, descriptor, handler);

    /// <summary>Frees the loop's own resources, on the thread that ran it. Sockets are closed by their owners, before.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _backend.Dispose();
    }

    internal void FlushAtEndOfTurn(LoopStream stream) => _dirtyStreams.Add(stream);

    private TimeSpan WaitLimit(TimeSpan limit)
    {
        if (_isStopping)
        {
            return TimeSpan.Zero;
        }

        var deadline = _timers.NextDeadline;
        if (deadline == MonotonicTime.Never)
        {
            return limit;
        }

        var untilTimer = deadline > Now ? deadline - Now : TimeSpan.Zero;
        return limit < TimeSpan.Zero || untilTimer < limit ? untilTimer : limit;
    }

    private int RunPosted()
    {
        lock (_gate)
        {
            if (_posted.Count == 0)
            {
                return 0;
            }

            (_posted, _running) = (_running, _posted);
        }

        var count = _running.Count;
        foreach (var action in _running)
        {
            Guard(action);
        }

        _running.Clear();
        return count;
    }

    private int FireTimers()
    {
        var due = _timers.TakeDue(Now);
        foreach (var timer in due)
        {
            if (!timer.IsDue)
            {
                continue;
            }

            try
            {
                timer.Fire();
            }
            catch (Exception fault) when (UnhandledFault is not null)
            {
                UnhandledFault(fault);
            }
        }

        return due.Length;
    }

    private void FlushStreams()
    {
        // A stream that ends may write to another one: the list can grow while it is walked.
        for (var i = 0; i < _dirtyStreams.Count; i++)
        {
            var stream = _dirtyStreams[i];
            try
            {
                stream.Flush();
            }
            catch (Exception fault) when (UnhandledFault is not null)
            {
                UnhandledFault(fault);
            }
        }

        _dirtyStreams.Clear();
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (UnhandledFault is not null)
        {
            UnhandledFault(fault);
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _backend.Wake();
            }
        }
    }
}
