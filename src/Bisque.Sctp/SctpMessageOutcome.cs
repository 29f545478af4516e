namespace Bisque.Sctp;

/// <summary>What finally became of a message that was sent with a <see cref="SctpSendOptions.LifecycleId"/>.</summary>
public enum SctpMessageOutcome
{
    /// <summary>The peer has acknowledged all of it.</summary>
    Acknowledged,

    /// <summary>It met its limit of time or retransmissions after at least part of it was sent; the peer may or may not have it.</summary>
    Abandoned,

    /// <summary>It met its limit before any of it was sent, or the association ended.</summary>
    Expired,
}
