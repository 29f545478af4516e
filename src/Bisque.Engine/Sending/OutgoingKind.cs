namespace Bisque.Engine.Sending;

/// <summary>What an outgoing packet counts as in its transport's statistics.</summary>
internal enum OutgoingKind : byte
{
    /// <summary>Media, sent for the first time.</summary>
    Rtp,

    /// <summary>A retransmission.</summary>
    Rtx,
}
