using Bisque.Primitives;

namespace Bisque.Engine.Internal;

/// <summary>
/// Writes a worker's log lines. A caller asks first (<see cref="Debugs"/>, <see cref="Warns"/>), so that a line nobody reads is
/// never formatted. Warnings that the network can cause go through a bucket: at most
/// <see cref="WarningsPerSecond"/> each second, the rest is counted and told in one line.
/// </summary>
internal sealed class EngineLog(IMediaWorkerEvents events, LogSettings settings)
{
    private const int WarningsPerSecond = 20;

    private long _second = long.MinValue;
    private int _warningsThisSecond;
    private long _suppressed;

    public LogSettings Settings { get; set; } = settings;

    public bool Debugs(LogTags tag) => Settings.Level >= LogLevel.Debug && (Settings.Tags & tag) != 0;

    public bool Warns(LogTags tag) => Settings.Level >= LogLevel.Warn && (Settings.Tags & tag) != 0;

    public void Debug(string source, string text) => events.OnLog(LogLevel.Debug, $"{source} | {text}");

    public void Warn(string source, string text) => events.OnLog(LogLevel.Warn, $"{source} | {text}");

    public void Error(string source, string text)
    {
        if (Settings.Level >= LogLevel.Error)
        {
            events.OnLog(LogLevel.Error, $"{source} | {text}");
        }
    }

    /// <summary>Whether a warning caused by a packet should be written now. Counts it either way.</summary>
    public bool WarnsAboutPacket(LogTags tag, MonotonicTime now)
    {
        if (!Warns(tag))
        {
            return false;
        }

        var second = now.Microseconds / 1_000_000;
        if (second != _second)
        {
            _second = second;
            _warningsThisSecond = 0;
            if (_suppressed > 0)
            {
                Warn(nameof(EngineLog), $"{_suppressed} more warnings about packets were left out");
                _suppressed = 0;
            }
        }

        if (++_warningsThisSecond <= WarningsPerSecond)
        {
            return true;
        }

        _suppressed++;
        return false;
    }
}
