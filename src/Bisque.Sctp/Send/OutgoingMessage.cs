using Bisque.Primitives;

namespace Bisque.Sctp.Send;

/// <summary>
/// A message on its way: in the send queue until its last fragment has been sent, and referred to by its chunks until the peer has them
/// all. Pooled; its bytes are copied once when it is queued.
/// </summary>
internal sealed class OutgoingMessage
{
    /// <summary>The bytes; more than <see cref="Length"/> may be there.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>Bytes of the message.</summary>
    public int Length { get; set; }

    /// <summary>The stream.</summary>
    public required OutgoingStream Stream { get; set; }

    /// <summary>What the message is.</summary>
    public PayloadProtocolId Ppid { get; set; }

    /// <summary>Whether it may overtake others.</summary>
    public bool IsUnordered { get; set; }

    /// <summary>The last instant at which it is worth sending.</summary>
    public MonotonicTime ExpiresAt { get; set; }

    /// <summary>How many times a fragment may be sent again.</summary>
    public int MaxRetransmissions { get; set; }

    /// <summary>The number for the outcome; 0 when nobody wants to know.</summary>
    public ulong LifecycleId { get; set; }

    /// <summary>The next one in the stream's queue.</summary>
    public OutgoingMessage? Following { get; set; }

    /// <summary>Bytes that have become chunks.</summary>
    public int Taken { get; set; }

    /// <summary>The SSN or MID, given when the first fragment is taken, so that a message which expires before leaves no hole.</summary>
    public uint Number { get; set; }

    /// <summary>The FSN of the next fragment.</summary>
    public uint NextFsn { get; set; }

    /// <summary>The TSN of the first chunk.</summary>
    public Tsn FirstTsn { get; set; }

    /// <summary>The TSN of the latest chunk.</summary>
    public Tsn LatestTsn { get; set; }

    /// <summary>Chunks that the peer has not acknowledged.</summary>
    public int Unacknowledged { get; set; }

    /// <summary>What holds the message: the queue and each chunk.</summary>
    public int References { get; set; }

    /// <summary>Whether it is in the queue of its stream.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether it has been given up: no chunk of it is sent any more.</summary>
    public bool IsAbandoned { get; set; }
}
