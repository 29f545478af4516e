using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Bisque.Channel;
using Bisque.Model;

namespace Bisque.LoadTest.Processes;

/// <summary>A running worker and the controller's end of its channel.</summary>
internal sealed class SpawnedWorker : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ChildProcess _process;
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket _toWorker;
    private readonly Socket _fromWorker;

    private SpawnedWorker(ChildProcess process, int toWorker, int fromWorker)
    {
        _process = process;
        _toWorker = Open(toWorker);
        _fromWorker = Open(fromWorker);
        Channel = new ChannelClient(new NetworkStream(_toWorker), new NetworkStream(_fromWorker), new ChannelClientHandlers
        {
            Event = OnEvent,
            Log = line => Console.Error.WriteLine($"worker {process.Id}: {line}"),
            Fault = fault => Console.Error.WriteLine($"worker {process.Id}: {fault.Message}"),
        });
    }

    public int Id => _process.Id;

    /// <summary>The file that the kernel says is running, which is the one that was asked for.</summary>
    public string Executable { get; private set; } = "";

    public ChannelClient Channel { get; }

    /// <summary>Starts the worker and waits until it says that it runs.</summary>
    /// <param name="binary">Its executable.</param>
    /// <param name="arguments">More arguments; of one that is given twice the last counts.</param>
    public static async Task<SpawnedWorker> StartAsync(WorkerBinary binary, params string[] arguments)
    {
        var (process, toWorker, fromWorker) = Spawn(binary, isSilent: false, arguments);
        var worker = new SpawnedWorker(process, toWorker, fromWorker);
        var first = await Task.WhenAny(worker._running.Task, worker.Channel.Completion, Task.Delay(Limit));
        if (first != worker._running.Task)
        {
            await worker.DisposeAsync();
            throw new InvalidOperationException($"{binary.Path} did not start (end code {process.ExitCode}).");
        }

        worker.Executable = process.Executable;
        if (worker.Executable != binary.Path)
        {
            await worker.DisposeAsync();
            throw new InvalidOperationException($"{binary.Path} was asked for, but {worker.Executable} runs.");
        }

        return worker;
    }

    /// <summary>Starts the worker and blocks until its first message, which must be its "running"; nothing but that is done in between.</summary>
    public static unsafe ChildProcess SpawnUntilRunning(WorkerBinary binary, out Action close)
    {
        var (process, toWorker, fromWorker) = Spawn(binary, isSilent: true);
        close = () =>
        {
            _ = Libc.Close(toWorker);
            _ = Libc.Close(fromWorker);
        };
        var bytes = stackalloc byte[4096];
        var filled = 0;
        while (filled < FrameReader.PrefixLength || filled < FrameReader.PrefixLength + *(int*)bytes)
        {
            var count = (int)Libc.Read(fromWorker, bytes + filled, (nuint)(4096 - filled));
            if (count <= 0)
            {
                close();
                process.WaitForExit();
                throw new InvalidOperationException($"{binary.Path} ended before it ran (end code {process.ExitCode}).");
            }

            filled += count;
        }

        // The notification's handler id is the pid, by which a controller knows it.
        var pid = Encoding.ASCII.GetBytes(process.Id.ToString(CultureInfo.InvariantCulture));
        return new ReadOnlySpan<byte>(bytes, filled).IndexOf(pid) >= 0
            ? process
            : throw new InvalidOperationException($"The first message of {binary.Path} is not that it runs.");
    }

    /// <summary>A request whose answer has a body.</summary>
    public async Task<T> AskAsync<T>(RequestMethod method, string handlerId, object body)
    {
        var answer = await Channel.RequestAsync(method, handlerId, body).WaitAsync(Limit);
        return answer is T typed ? typed : throw new InvalidOperationException($"{method} was answered with {answer ?? "nothing"}.");
    }

    /// <summary>A request whose answer has none.</summary>
    public Task DoAsync(RequestMethod method, string handlerId, object body) => Channel.RequestAsync(method, handlerId, body).WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        if (!Channel.Completion.IsCompleted)
        {
            Channel.Notify(NotificationEvent.WorkerClose, "");
        }

        await Channel.DisposeAsync();
        _toWorker.Dispose();
        _fromWorker.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(3)))
        {
            Console.Error.WriteLine($"worker {_process.Id} did not end by itself");
            _process.KillAndWait();
        }
    }

    private static (ChildProcess Process, int ToWorker, int FromWorker) Spawn(WorkerBinary binary, bool isSilent, params string[] more)
    {
        var (toWorker, childsInput) = ChildProcess.SocketPair();
        var (fromWorker, childsOutput) = ChildProcess.SocketPair();
        try
        {
            string[] arguments = ["--logLevel=error", "--rtcMinPort=10000", "--rtcMaxPort=59999", .. more];
            return (ChildProcess.Start(binary.Path, arguments, Environments.ForWorker, childsInput, childsOutput, isSilent), toWorker, fromWorker);
        }
        finally
        {
            _ = Libc.Close(childsInput);
            _ = Libc.Close(childsOutput);
        }
    }

    private static Socket Open(int descriptor) => new(new SafeSocketHandle(descriptor, ownsHandle: true));

    private void OnEvent(WorkerEvent workerEvent)
    {
        if (workerEvent is WorkerRunningEvent)
        {
            _running.TrySetResult();
        }
    }
}
