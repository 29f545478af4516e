using System.Runtime.InteropServices;

namespace Bisque.Worker;

/// <summary>
/// The signals that end the worker, and those that must not although that is what the system would do. Callbacks come on another
/// thread.
/// </summary>
internal sealed class ProcessSignals : IDisposable
{
    // Raw numbers, which PosixSignal has no names for.
    private const int Sigpipe = 13;
    private const int Sigalrm = 14;

    private readonly List<PosixSignalRegistration> _registrations = [];

    public ProcessSignals(Action end)
    {
        Register(PosixSignal.SIGINT, end);
        Register(PosixSignal.SIGTERM, end);
        Register(PosixSignal.SIGHUP, Ignore);
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Register((PosixSignal)Sigpipe, Ignore);
        Register((PosixSignal)Sigalrm, Ignore);
        foreach (var user in OperatingSystem.IsLinux() ? [10, 12] : (ReadOnlySpan<int>)[30, 31])
        {
            Register((PosixSignal)user, Ignore);
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private static void Ignore()
    {
    }

    private void Register(PosixSignal signal, Action action) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            action();
        }));
}
