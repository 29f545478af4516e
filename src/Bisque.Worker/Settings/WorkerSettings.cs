using System.Globalization;

namespace Bisque.Worker.Settings;

/// <summary>What the controller asks for on the command line.</summary>
internal sealed record WorkerSettings
{
    private const string LogLevelOption = "logLevel";
    private const string LogTagsOption = "logTags";
    private const string RtcMinPortOption = "rtcMinPort";
    private const string RtcMaxPortOption = "rtcMaxPort";
    private const string CertificateOption = "dtlsCertificateFile";
    private const string PrivateKeyOption = "dtlsPrivateKeyFile";
    private const string FieldTrialsOption = "libwebrtcFieldTrials";

    private static readonly string[] Options =
    [
        LogLevelOption, LogTagsOption, RtcMinPortOption, RtcMaxPortOption, CertificateOption, PrivateKeyOption, FieldTrialsOption,
    ];

    private static readonly string[] LogLevels = ["debug", "warn", "error", "none"];

    private static readonly string[] KnownLogTags =
    [
        "info", "ice", "dtls", "rtp", "srtp", "rtcp", "rtx", "bwe", "score", "simulcast", "svc", "sctp", "message",
    ];

    /// <summary>debug, warn, error or none.</summary>
    public string LogLevel { get; private init; } = "error";

    /// <summary>The known tags among those given, each once.</summary>
    public IReadOnlyList<string> LogTags { get; private init; } = [];

    /// <summary>The first port for media.</summary>
    public ushort RtcMinPort { get; private init; } = 10_000;

    /// <summary>The last port for media, at least <see cref="RtcMinPort"/>.</summary>
    public ushort RtcMaxPort { get; private init; } = 59_999;

    /// <summary>A readable file with the DTLS certificate in PEM; null to make one.</summary>
    public string? DtlsCertificateFile { get; private init; }

    /// <summary>A readable file with the certificate's key in PEM; null exactly when <see cref="DtlsCertificateFile"/> is.</summary>
    public string? DtlsPrivateKeyFile { get; private init; }

    /// <summary>Field trials as given; null when none were.</summary>
    public string? LibwebrtcFieldTrials { get; private init; }

    /// <summary>Reads the command line. A later option replaces an earlier one; log tags add up.</summary>
    /// <exception cref="SettingsException">Anything is wrong with it.</exception>
    public static WorkerSettings Parse(IEnumerable<string> arguments)
    {
        var settings = new WorkerSettings();
        foreach (var (name, value) in LongOptions.Match(arguments, Options))
        {
            settings = settings.With(name, value);
        }

        if (settings.RtcMaxPort < settings.RtcMinPort)
        {
            throw new SettingsException($"rtcMaxPort {settings.RtcMaxPort} is below rtcMinPort {settings.RtcMinPort}");
        }

        settings.CheckCertificateFiles();
        return settings;
    }

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;

    private static string ParseLogLevel(string value) =>
        LogLevels.FirstOrDefault(level => level.Equals(value, StringComparison.OrdinalIgnoreCase))
        ?? throw new SettingsException($"logLevel '{value}' is none of {string.Join(", ", LogLevels)}");

    // Ports are cut to 16 bits as the C++ worker does: 65536 means 0, and then fails as below the minimum.
    private static ushort ParsePort(string name, string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var port)
            ? unchecked((ushort)port)
            : throw new SettingsException($"{name} '{value}' is not an integer");

    private static void CheckReadable(string name, string path)
    {
        try
        {
            // Before opening it: a named pipe without a writer would block for ever. What is no regular file has no length.
            if (new FileInfo(path).Length == 0)
            {
                throw new SettingsException($"{name} '{path}' is empty or not a regular file");
            }

            File.OpenHandle(path).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new SettingsException($"{name} '{path}' cannot be read");
        }
    }

    private WorkerSettings With(string name, string value) => name switch
    {
        LogLevelOption => this with { LogLevel = ParseLogLevel(value) },
        LogTagsOption => this with { LogTags = [.. LogTags.Concat(KnownLogTags.Where(tag => tag == value)).Distinct()] },
        RtcMinPortOption => this with { RtcMinPort = ParsePort(name, value) },
        RtcMaxPortOption => this with { RtcMaxPort = ParsePort(name, value) },
        CertificateOption => this with { DtlsCertificateFile = NullIfEmpty(value) },
        PrivateKeyOption => this with { DtlsPrivateKeyFile = NullIfEmpty(value) },
        _ => this with { LibwebrtcFieldTrials = NullIfEmpty(value) },
    };

    private void CheckCertificateFiles()
    {
        if (DtlsCertificateFile is null != DtlsPrivateKeyFile is null)
        {
            throw new SettingsException($"{CertificateOption} and {PrivateKeyOption} must be given together");
        }

        if (DtlsCertificateFile is not null && DtlsPrivateKeyFile is not null)
        {
            CheckReadable(CertificateOption, DtlsCertificateFile);
            CheckReadable(PrivateKeyOption, DtlsPrivateKeyFile);
        }
    }
}
