namespace Bisque.Congestion.Remb;

/// <summary>What the growth of queuing delay says about the path (draft-ietf-rmcat-gcc-02 section 5.4).</summary>
internal enum BandwidthUsage
{
    /// <summary>Delay is steady.</summary>
    Normal,

    /// <summary>Delay grows: more is sent than the path carries.</summary>
    Overusing,

    /// <summary>Delay shrinks: a queue is being emptied.</summary>
    Underusing,
}
