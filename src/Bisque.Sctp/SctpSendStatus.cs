namespace Bisque.Sctp;

/// <summary>What became of a message handed to <see cref="SctpAssociation.Send"/>.</summary>
public enum SctpSendStatus
{
    /// <summary>Queued or sent.</summary>
    Success,

    /// <summary>The message has no bytes, which SCTP cannot carry (RFC 9260 section 3.3.1).</summary>
    MessageEmpty,

    /// <summary>Longer than <see cref="SctpOptions.MaxSendMessageSize"/>.</summary>
    MessageTooLarge,

    /// <summary>The association, or the stream alone, has its limit of bytes waiting.</summary>
    ResourceExhaustion,

    /// <summary>The stream id is not below the number of outgoing streams that was negotiated.</summary>
    InvalidStream,

    /// <summary>The association is shutting down, closed or failed.</summary>
    Closed,
}
