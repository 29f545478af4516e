namespace Bisque.Net.Backends;

/// <summary>Chooses the back end that the options ask for.</summary>
internal static class BackendFactory
{
    public static ILoopBackend Create(EventLoopOptions options, EventLoop loop) => throw new NotSupportedException();
}
