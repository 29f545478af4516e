namespace Bisque.Engine.Tests.Worlds;

/// <summary>A wall clock that stands still; the worker asks it only once.</summary>
internal sealed class FixedWallClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
