using System.Reflection;
using Bisque.Net;
using Bisque.Worker.Settings;

namespace Bisque.Worker;

/// <summary>From the command line to the exit code.</summary>
internal static class WorkerProcess
{
    private const string VersionVariable = "MEDIASOUP_VERSION";

    private const string ByHand =
        "bisque-worker is started by a mediasoup controller (workerBin or MEDIASOUP_WORKER_BIN), which sets MEDIASOUP_VERSION and opens descriptors 3 and 4; see --help";

    private const string Help =
        """
        usage: bisque-worker [--option=value ...]
          --logLevel=debug|warn|error|none   what to log (error)
          --logTag=TAG                       a subject to log, repeatable: info ice dtls rtp srtp rtcp rtx bwe score simulcast svc sctp message
          --rtcMinPort=N --rtcMaxPort=N      ports for media (10000 to 59999)
          --dtlsCertificateFile=PATH         certificate in PEM, together with
          --dtlsPrivateKeyFile=PATH          its key; otherwise one is made
          --libwebrtcFieldTrials=TEXT        accepted for compatibility
          --version, --help

        A mediasoup controller starts this program: set MEDIASOUP_WORKER_BIN to its path, or pass workerBin to createWorker().
        """;

    /// <summary>Runs the process to its end. <paramref name="createSession"/> makes what answers the controller.</summary>
    public static int Run(string[] arguments, Func<ProcessHost, WorkerSettings, IChannelSession> createSession)
    {
        if (arguments is ["--version" or "-version"])
        {
            Console.Out.WriteLine(VersionLine());
            return ExitCode.Closed;
        }

        if (arguments is ["--help" or "-help" or "-h"])
        {
            Console.Out.WriteLine(Help);
            return ExitCode.Closed;
        }

        if (Environment.GetEnvironmentVariable(VersionVariable) is null)
        {
            Console.Error.WriteLine(ByHand);
            return ExitCode.NoController;
        }

        try
        {
            return Serve(WorkerSettings.Parse(arguments), createSession);
        }
        catch (SettingsException wrong)
        {
            Console.Error.WriteLine($"bisque-worker: {wrong.Message}");
            return ExitCode.WrongSettings;
        }
    }

    private static int Serve(WorkerSettings settings, Func<ProcessHost, WorkerSettings, IChannelSession> createSession)
    {
        DescriptorLimit.Raise();
        ProcessHost host;
        try
        {
            host = new ProcessHost(ProcessHost.InputDescriptor, ProcessHost.OutputDescriptor, line => Console.Error.WriteLine(line));
        }
        catch (NetException)
        {
            Console.Error.WriteLine(ByHand);
            return ExitCode.NoController;
        }

        using (host)
        {
            host.Run(createSession(host, settings));
        }

        return ExitCode.Closed;
    }

    private static string VersionLine()
    {
        var assembly = typeof(WorkerProcess).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var speaks = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(entry => entry.Key == "SpeaksMediasoup")?.Value;
        return $"bisque-worker {version} (speaks mediasoup {speaks})";
    }
}
