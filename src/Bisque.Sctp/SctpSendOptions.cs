namespace Bisque.Sctp;

/// <summary>How one message is to be delivered. The default is ordered and reliable.</summary>
public readonly record struct SctpSendOptions
{
    /// <summary>Whether the message may overtake others of its stream.</summary>
    public bool Unordered { get; init; }

    /// <summary>How long after <see cref="SctpAssociation.Send"/> the message is worth sending (RFC 3758); null is for ever.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How many times a fragment may be sent again (RFC 7496 section 3.1); null is without limit, 0 is once and never again.</summary>
    public int? MaxRetransmissions { get; init; }

    /// <summary>When not 0, <see cref="ISctpEvents.MessageSettled"/> tells with this number what became of the message.</summary>
    public ulong LifecycleId { get; init; }
}
