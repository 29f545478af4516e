namespace Bisque.Worker;

internal static class Program
{
    private static int Main(string[] arguments) =>
        WorkerProcess.Run(arguments, (host, settings) => new WorkerSession(host, settings));
}
