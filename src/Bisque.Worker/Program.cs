namespace Bisque.Worker;

internal static class Program
{
    private static int Main(string[] arguments) => WorkerProcess.Run(arguments, (_, _) => new SilentSession());

    /// <summary>Reads and answers nothing, until the channel's dispatcher takes its place.</summary>
    private sealed class SilentSession : IChannelSession
    {
        public void OnStarted()
        {
        }

        public void OnBytes(ReadOnlySpan<byte> bytes)
        {
        }

        public void OnClosing()
        {
        }
    }
}
