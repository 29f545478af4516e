namespace Bisque.Channel.Client;

/// <summary>A request whose answer is awaited.</summary>
internal sealed class PendingRequest(RequestMethod method)
{
    private readonly TaskCompletionSource<object?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What was asked.</summary>
    public RequestMethod Method => method;

    /// <summary>The answer, once it is there.</summary>
    public Task<object?> Answer => _answer.Task;

    /// <summary>The worker answered.</summary>
    public void Complete(object? body) => _answer.TrySetResult(body);

    /// <summary>The worker rejected it, or there will be no answer.</summary>
    public void Fail(Exception reason) => _answer.TrySetException(reason);
}
