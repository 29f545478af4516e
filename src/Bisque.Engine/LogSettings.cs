namespace Bisque.Engine;

/// <summary>Which log lines a worker writes.</summary>
/// <param name="Level">The least severe level that is written.</param>
/// <param name="Tags">Subjects of the warnings and debug lines that are written; errors need none.</param>
public readonly record struct LogSettings(LogLevel Level, LogTags Tags)
{
    /// <summary>Errors only.</summary>
    public static readonly LogSettings Default = new(LogLevel.Error, LogTags.None);

    /// <summary>Reads <c>debug</c>, <c>warn</c>, <c>error</c> or <c>none</c> in any case.</summary>
    public static bool TryParseLevel(string text, out LogLevel level)
    {
        LogLevel? parsed = text.ToUpperInvariant() switch
        {
            "DEBUG" => LogLevel.Debug,
            "WARN" => LogLevel.Warn,
            "ERROR" => LogLevel.Error,
            "NONE" => LogLevel.None,
            _ => null,
        };
        level = parsed ?? LogLevel.None;
        return parsed is not null;
    }

    /// <summary>Reads tags by their names; names that are not known are left out, as mediasoup does.</summary>
    public static LogTags ParseTags(IEnumerable<string> names)
    {
        var tags = LogTags.None;
        foreach (var name in names)
        {
            tags |= name switch
            {
                "info" => LogTags.Info,
                "ice" => LogTags.Ice,
                "dtls" => LogTags.Dtls,
                "rtp" => LogTags.Rtp,
                "srtp" => LogTags.Srtp,
                "rtcp" => LogTags.Rtcp,
                "rtx" => LogTags.Rtx,
                "bwe" => LogTags.Bwe,
                "score" => LogTags.Score,
                "simulcast" => LogTags.Simulcast,
                "svc" => LogTags.Svc,
                "sctp" => LogTags.Sctp,
                "message" => LogTags.Message,
                _ => LogTags.None,
            };
        }

        return tags;
    }
}
