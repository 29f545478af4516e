using System.Runtime.CompilerServices;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Internal;

/// <summary>
/// Writes a worker's log lines. A line that nobody reads is never formatted: of warnings a caller asks first (<see cref="Warns"/>), debug lines
/// look after it themselves (<see cref="DebugText"/>). What the network can cause is limited to so many lines each second; the rest is counted
/// and told in one line.
/// </summary>
internal sealed class EngineLog(IMediaWorkerEvents events, LogSettings settings, EventLoop loop)
{
    private const int WarningsPerSecond = 20;
    private const int DebugLinesPerSecond = 500;

    private readonly LineBudget _warnings = new(WarningsPerSecond);
    private readonly LineBudget _debugLines = new(DebugLinesPerSecond);

    public LogSettings Settings { get; set; } = settings;

    public bool Debugs(LogTags tag) => Settings.Level >= LogLevel.Debug && (Settings.Tags & tag) != 0;

    public bool Warns(LogTags tag) => Settings.Level >= LogLevel.Warn && (Settings.Tags & tag) != 0;

    /// <summary>Writes a debug line, if its tag is on and there is room for it.</summary>
    /// <param name="tag">What it is about.</param>
    /// <param name="source">The class that writes it.</param>
    /// <param name="text">One line, ids at its end in brackets.</param>
    public void Debug(LogTags tag, string source, [InterpolatedStringHandlerArgument("", nameof(tag))] ref DebugText text)
    {
        if (text.IsWritten)
        {
            events.OnLog(LogLevel.Debug, $"{source} | {text.ToStringAndClear()}");
        }
    }

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

        var isWritten = _warnings.TryTake(now, out var leftOut);
        if (leftOut > 0)
        {
            Warn(nameof(EngineLog), $"{leftOut} more warnings about packets were left out");
        }

        return isWritten;
    }

    /// <summary>Whether a debug line should be written now. Counts it either way.</summary>
    internal bool TakesDebugLine(LogTags tag)
    {
        if (!Debugs(tag))
        {
            return false;
        }

        var isWritten = _debugLines.TryTake(loop.Now, out var leftOut);
        if (leftOut > 0)
        {
            events.OnLog(LogLevel.Debug, $"{nameof(EngineLog)} | {leftOut} more debug lines were left out");
        }

        return isWritten;
    }
}
