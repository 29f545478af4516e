using Bisque.Primitives;

namespace Bisque.Engine.Internal;

/// <summary>
/// Decides when the controller is told of a state that a peer can change as often as it likes. A change is told at once, some in a row as
/// well; beyond that they wait, and then only the last of them is told, if it differs from what was told before. So a peer makes no more
/// than so many events a second, and the final state is never lost.
/// </summary>
/// <param name="interval">Time between two events in the long run.</param>
/// <param name="burst">How many may come at once, at least 1.</param>
/// <param name="tell">Tells a state.</param>
internal sealed class ChangeReporter<T>(TimeSpan interval, int burst, Action<T> tell)
    where T : struct, IEquatable<T>
{
    private T? _told;
    private T _current;

    // When there would have been room for all events so far, had they come at their interval.
    private MonotonicTime _usedUntil;

    /// <summary>When <see cref="OnDeadline"/> is to be called.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Takes the state as it is now.</summary>
    public void Note(T state, MonotonicTime now)
    {
        _current = state;
        if (NextDeadline != MonotonicTime.Never || _told is { } told && told.Equals(state))
        {
            return;
        }

        var room = _usedUntil - interval * (burst - 1);
        if (_told is not null && now < room)
        {
            NextDeadline = room;
            return;
        }

        Tell(now);
    }

    /// <summary>Does what is due.</summary>
    public void OnDeadline(MonotonicTime now)
    {
        if (now < NextDeadline)
        {
            return;
        }

        NextDeadline = MonotonicTime.Never;
        if (_told is not { } told || !told.Equals(_current))
        {
            Tell(now);
        }
    }

    private void Tell(MonotonicTime now)
    {
        _told = _current;
        _usedUntil = MonotonicTime.Max(_usedUntil, now) + interval;
        tell(_current);
    }
}
