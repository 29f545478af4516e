using Bisque.Primitives;

namespace Bisque.Engine.Internal;

/// <summary>Lets so many log lines pass each second, and counts the rest.</summary>
internal sealed class LineBudget(int linesPerSecond)
{
    private long _second = long.MinValue;
    private int _lines;
    private long _leftOut;

    /// <summary>Whether one more line passes.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="leftOut">Lines that did not pass since this was told last; told with the first line of a second.</param>
    public bool TryTake(MonotonicTime now, out long leftOut)
    {
        leftOut = 0;
        var second = now.Microseconds / 1_000_000;
        if (second != _second)
        {
            _second = second;
            _lines = 0;
            (leftOut, _leftOut) = (_leftOut, 0);
        }

        if (_lines == linesPerSecond)
        {
            _leftOut++;
            return false;
        }

        _lines++;
        return true;
    }
}
