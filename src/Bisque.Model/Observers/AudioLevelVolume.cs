namespace Bisque.Model;

/// <summary>The average volume of one producer.</summary>
public sealed record AudioLevelVolume
{
    /// <summary>The producer.</summary>
    public required string ProducerId { get; init; }

    /// <summary>In dBov from -127 to 0.</summary>
    public sbyte Volume { get; init; }
}
