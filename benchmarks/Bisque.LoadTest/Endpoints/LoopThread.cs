using Bisque.Net;

namespace Bisque.LoadTest.Endpoints;

/// <summary>An event loop on a thread of its own: all sockets of the load test, senders and receivers, live there.</summary>
internal sealed class LoopThread : IDisposable
{
    private readonly Thread _thread;

    public LoopThread()
    {
        Loop = new EventLoop(new EventLoopOptions());
        _thread = new Thread(Loop.Run) { Name = "load", IsBackground = true };
        _thread.Start();
    }

    public EventLoop Loop { get; }

    /// <summary>Runs <paramref name="function"/> on the loop's thread.</summary>
    public Task<T> InvokeAsync<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Loop.Post(() =>
        {
            try
            {
                done.SetResult(function());
            }
            catch (Exception fault)
            {
                done.SetException(fault);
            }
        });
        return done.Task;
    }

    public Task InvokeAsync(Action action) => InvokeAsync(() =>
    {
        action();
        return true;
    });

    public void Dispose()
    {
        Loop.Stop();
        _thread.Join();
        Loop.Dispose();
    }
}
