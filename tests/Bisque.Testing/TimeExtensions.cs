using Bisque.Primitives;

namespace Bisque.Testing;

/// <summary>Short ways to write times in tests.</summary>
public static class TimeExtensions
{
    /// <summary>The monotonic time this many milliseconds after the origin.</summary>
    public static MonotonicTime Milliseconds(this int value) => MonotonicTime.FromMilliseconds(value);
}
