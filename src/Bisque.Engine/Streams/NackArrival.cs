namespace Bisque.Engine.Streams;

/// <summary>What a packet was to a <see cref="NackGenerator"/>.</summary>
internal enum NackArrival
{
    /// <summary>Newer than everything so far.</summary>
    Newer,

    /// <summary>It was missing, but not asked for yet: merely reordered.</summary>
    Reordered,

    /// <summary>It was asked for, and here it is.</summary>
    Repaired,

    /// <summary>Nobody waits for it: received before, or given up.</summary>
    NotPending,
}
