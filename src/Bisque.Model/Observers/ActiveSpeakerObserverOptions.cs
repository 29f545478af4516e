namespace Bisque.Model;

/// <summary>Options of an active speaker observer.</summary>
public sealed record ActiveSpeakerObserverOptions
{
    /// <summary>Time between two decisions in milliseconds.</summary>
    public ushort Interval { get; init; }
}
