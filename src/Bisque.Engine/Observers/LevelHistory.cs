using Bisque.Primitives;

namespace Bisque.Engine.Observers;

/// <summary>How loud a speaker was in the last second: 50 levels, one for each 20 ms.</summary>
internal sealed class LevelHistory(MonotonicTime createdAt)
{
    /// <summary>Levels remembered.</summary>
    public const int Length = 50;

    private const int SlotMilliseconds = 20;

    private readonly byte[] _levels = new byte[Length];
    private int _next;

    /// <summary>Up to when the history is written.</summary>
    public MonotonicTime WrittenUntil { get; private set; } = createdAt;

    /// <summary>A level by its age: 0 is the newest, <see cref="Length"/> - 1 the oldest.</summary>
    public byte this[int age] => _levels[(_next + Length - 1 - age) % Length];

    /// <summary>
    /// Writes the level that was in force since the last call: once for each 20 ms that passed, since packets may carry more or less
    /// audio than that, and at least once. What comes from before the last call is ignored.
    /// </summary>
    public void Write(byte level, MonotonicTime now)
    {
        if (now < WrittenUntil)
        {
            return;
        }

        var elapsed = (now - WrittenUntil).TotalMilliseconds;
        var slots = (int)Math.Clamp(elapsed / SlotMilliseconds, 1, Length);
        for (var i = 0; i < slots; i++)
        {
            _levels[_next] = level;
            _next = (_next + 1) % Length;
        }

        WrittenUntil = now;
    }
}
