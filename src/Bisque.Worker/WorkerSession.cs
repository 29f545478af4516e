using Bisque.Channel;
using Bisque.Channel.Dispatch;
using Bisque.Dtls;
using Bisque.Engine;
using Bisque.Model;
using Bisque.Net;
using Bisque.Worker.Settings;

namespace Bisque.Worker;

/// <summary>Connects the channel with the media worker: requests go in, events and log lines come out.</summary>
internal sealed class WorkerSession : IChannelSession, IMediaWorkerEvents, IChannelOutput
{
    private readonly ProcessHost _host;
    private readonly MediaWorker _worker;
    private readonly ChannelSession _channel;

    /// <exception cref="SettingsException">The certificate files hold no certificate and key that belong together.</exception>
    public WorkerSession(ProcessHost host, WorkerSettings settings)
    {
        _host = host;
        _worker = new MediaWorker(host.Loop, ToOptions(settings), this);
        _channel = new ChannelSession(new EngineRequestHandler(_worker, ReadResourceUsage, host.Close), this)
        {
            Rejected = rejection => _worker.LogError(nameof(ChannelSession), $"throwing {rejection.Kind}: {rejection.Message}"),
            Faulted = fault => _worker.LogError(nameof(ChannelSession), $"a request failed: {fault}"),
        };
        host.Loop.UnhandledFault = fault => _worker.LogError(nameof(EventLoop), $"a fault outside every transport: {fault}");
    }

    long IChannelOutput.QueuedBytes => _host.QueuedBytes;

    void IChannelSession.OnStarted() => _channel.Send(new WorkerRunningEvent(Environment.ProcessId.ToString()));

    void IChannelSession.OnBytes(ReadOnlySpan<byte> bytes)
    {
        if (!_channel.Receive(bytes))
        {
            _host.Close();
        }
    }

    void IChannelSession.OnClosing() => _worker.Dispose();

    void IChannelOutput.Write(ReadOnlySpan<byte> frame) => _host.Write(frame);

    void IMediaWorkerEvents.OnEvent(WorkerEvent workerEvent) => _channel.Send(workerEvent);

    void IMediaWorkerEvents.OnConsumerRtp(string consumerId, ReadOnlySpan<byte> packet) => _channel.SendConsumerRtp(consumerId, packet);

    void IMediaWorkerEvents.OnDirectTransportRtcp(string transportId, ReadOnlySpan<byte> packet) =>
        _channel.SendDirectTransportRtcp(transportId, packet);

    void IMediaWorkerEvents.OnDataConsumerMessage(string dataConsumerId, uint ppid, ReadOnlySpan<byte> message) =>
        _channel.SendDataConsumerMessage(dataConsumerId, ppid, message);

    void IMediaWorkerEvents.OnLog(LogLevel level, string text) => _channel.Log(Prefix(level) + text);

    private static string Prefix(LogLevel level) => level switch
    {
        LogLevel.Debug => "D",
        LogLevel.Warn => "W",
        _ => "E",
    };

    private static MediaWorkerOptions ToOptions(WorkerSettings settings)
    {
        // The settings hold nothing but known levels.
        _ = LogSettings.TryParseLevel(settings.LogLevel, out var level);
        return new MediaWorkerOptions
        {
            RtcMinPort = settings.RtcMinPort,
            RtcMaxPort = settings.RtcMaxPort,
            Log = new LogSettings(level, LogSettings.ParseTags(settings.LogTags)),
            Certificate = LoadCertificate(settings),
        };
    }

    private static DtlsCertificate? LoadCertificate(WorkerSettings settings)
    {
        if (settings.DtlsCertificateFile is not { } certificateFile || settings.DtlsPrivateKeyFile is not { } keyFile)
        {
            return null;
        }

        try
        {
            return DtlsCertificate.FromPem(File.ReadAllText(certificateFile), File.ReadAllText(keyFile));
        }
        catch (Exception failure) when (failure is DtlsCertificateException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"the DTLS certificate or its key cannot be used: {failure.Message}");
        }
    }

    private static ResourceUsage ReadResourceUsage()
    {
        var usage = ProcessUsage.Read();
        return new ResourceUsage
        {
            UserTime = (ulong)usage.UserTime.TotalMilliseconds,
            SystemTime = (ulong)usage.SystemTime.TotalMilliseconds,
            MaxResidentSetSize = (ulong)usage.MaxResidentSetSize,
            MinorFaults = (ulong)usage.MinorFaults,
            MajorFaults = (ulong)usage.MajorFaults,
            BlockInputs = (ulong)usage.BlockInputs,
            BlockOutputs = (ulong)usage.BlockOutputs,
            VoluntaryContextSwitches = (ulong)usage.VoluntaryContextSwitches,
            InvoluntaryContextSwitches = (ulong)usage.InvoluntaryContextSwitches,
        };
    }
}
