using System.Globalization;
using System.Runtime.CompilerServices;

namespace Bisque.Engine.Internal;

/// <summary>
/// The text of a debug line, put together only when it is going to be written: the compiler asks the constructor, and where the answer is no,
/// neither evaluates nor formats what stands in the braces.
/// </summary>
[InterpolatedStringHandler]
internal ref struct DebugText
{
    private DefaultInterpolatedStringHandler _text;

    public DebugText(int literalLength, int formattedCount, EngineLog log, LogTags tag, out bool isWritten)
    {
        isWritten = log.TakesDebugLine(tag);
        IsWritten = isWritten;
        _text = isWritten ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public bool IsWritten { get; }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _text.AppendFormatted(value, format);

    public void AppendFormatted(ReadOnlySpan<char> value) => _text.AppendFormatted(value);

    public string ToStringAndClear() => _text.ToStringAndClear();
}
