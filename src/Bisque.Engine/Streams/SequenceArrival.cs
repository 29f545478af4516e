namespace Bisque.Engine.Streams;

/// <summary>How a packet's sequence number relates to those that came before.</summary>
internal enum SequenceArrival
{
    /// <summary>Ahead of everything so far: the next one, or behind a gap. Also the very first.</summary>
    Newer,

    /// <summary>Older than the newest, within what reordering explains, and not seen before.</summary>
    Late,

    /// <summary>Seen before.</summary>
    Duplicate,

    /// <summary>Too far away to belong to the stream; accepted only if the number that follows it comes next.</summary>
    OutOfRange,

    /// <summary>The second in a row after a jump: the sender restarted, and numbering starts over here.</summary>
    Resynchronized,
}
