namespace Bisque.Sctp;

/// <summary>Why <see cref="ISctpEvents.Error"/> was called.</summary>
public enum SctpErrorKind
{
    /// <summary>The peer did not answer often enough: the association is given up.</summary>
    TooManyRetries,

    /// <summary>The peer broke the protocol.</summary>
    ProtocolViolation,

    /// <summary>The peer sent ABORT: the association is gone.</summary>
    PeerAborted,

    /// <summary>The peer reported an error by an ERROR chunk; the association lives on.</summary>
    PeerReported,

    /// <summary>What the peer sent needs more memory than the limits allow.</summary>
    ResourceExhaustion,

    /// <summary>Something was asked for that this state or the negotiated extensions do not allow.</summary>
    NotConnected,
}
