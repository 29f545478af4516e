using System.Diagnostics;
using System.Globalization;

namespace Bisque.Worker.Tests;

/// <summary>The worker's executable as a child process, with its descriptors 3 and 4 on the child's standard input and output.</summary>
internal sealed class SpawnedWorker : IDisposable
{
    // Generous: a worker that has not ended by then hangs, however busy the machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private SpawnedWorker(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it as a controller does.</summary>
    public static SpawnedWorker WithChannel(params string[] arguments) =>
        Start("exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null", isVersionSet: true, arguments);

    /// <summary>
    /// Starts it as someone at a shell does. Descriptors 3 and 4 lead nowhere instead of being closed: the JIT's runtime, which these tests
    /// run on, would take the numbers for itself.
    /// </summary>
    public static SpawnedWorker ByHand(bool isVersionSet, params string[] arguments) =>
        Start("exec \"$0\" \"$@\" 3</dev/null 4>/dev/null", isVersionSet, arguments);

    /// <summary>Closes the controller's end of the channel.</summary>
    public void CloseChannel() => _process.StandardInput.Close();

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until the worker catches or ignores the signals that would otherwise end it.</summary>
    public void WaitUntilSignalsAreHandled()
    {
        const ulong Terminate = 1UL << (15 - 1);
        const ulong User2 = 1UL << (12 - 1);
        Assert.True(SpinWait.SpinUntil(() => (Mask("SigCgt") & (Terminate | User2)) == (Terminate | User2), Limit));
    }

    /// <summary>The exit code, and what the worker wrote.</summary>
    public (int Code, string Output, string Errors) WaitForExit()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        var errors = _process.StandardError.ReadToEndAsync();
        Assert.True(_process.WaitForExit(Limit), "The worker did not end.");
        return (_process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static SpawnedWorker Start(string script, bool isVersionSet, string[] arguments)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "bisque-worker");
        var start = new ProcessStartInfo("/bin/sh", ["-c", script, executable, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("MEDIASOUP_VERSION");
        if (isVersionSet)
        {
            start.Environment["MEDIASOUP_VERSION"] = "3.27.1";
        }

        return new SpawnedWorker(Process.Start(start)!);
    }

    private ulong Mask(string field)
    {
        var line = File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return ulong.Parse(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
