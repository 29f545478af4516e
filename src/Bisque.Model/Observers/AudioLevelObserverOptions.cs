namespace Bisque.Model;

/// <summary>Options of an audio level observer.</summary>
public sealed record AudioLevelObserverOptions
{
    /// <summary>How many producers are reported.</summary>
    public ushort MaxEntries { get; init; }

    /// <summary>The least average volume that is reported, in dBov from -127 to 0.</summary>
    public sbyte Threshold { get; init; }

    /// <summary>Time between two reports in milliseconds.</summary>
    public ushort Interval { get; init; }
}
