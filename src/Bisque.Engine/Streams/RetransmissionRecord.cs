using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>How one packet was rewritten for one receiver: enough to send it again in the very same form.</summary>
internal struct RetransmissionRecord
{
    /// <summary>Where the packet itself is kept.</summary>
    public RetransmissionStore Store;

    /// <summary>As given in <see cref="SentPacket.PayloadState"/>.</summary>
    public ulong PayloadState;

    /// <summary>When the packet was last sent again; meaningless while <see cref="ResentCount"/> is 0.</summary>
    public MonotonicTime ResentAt;

    /// <summary>Timestamp as sent.</summary>
    public RtpTimestamp Timestamp;

    /// <summary>Timestamp as received: tells whether the store still has the same packet under that number.</summary>
    public RtpTimestamp OriginalTimestamp;

    /// <summary>The producer's sequence number.</summary>
    public SequenceNumber OriginalSequenceNumber;

    /// <summary>Payload type as sent.</summary>
    public byte PayloadType;

    /// <summary>Marker as sent.</summary>
    public bool Marker;

    /// <summary>How often it was sent again, at most <see cref="RetransmissionLimits.MaxResends"/>.</summary>
    public ushort ResentCount;
}
