using Bisque.Engine.Packets;
using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>A packet to be sent again, and in which form.</summary>
internal readonly record struct Retransmission
{
    /// <summary>The packet as received from the producer. Not referenced: whoever keeps it past the call adds a reference.</summary>
    public required MediaPacket Packet { get; init; }

    /// <summary>Whether it goes out in RTX form: <see cref="OriginalSequenceNumber"/> in front of the payload (RFC 4588 section 4).</summary>
    public bool IsRtx { get; init; }

    /// <summary>The source to send it by.</summary>
    public Ssrc Ssrc { get; init; }

    /// <summary>The payload type to send it with.</summary>
    public byte PayloadType { get; init; }

    /// <summary>The sequence number to send it with.</summary>
    public SequenceNumber SequenceNumber { get; init; }

    /// <summary>The number with which this receiver was sent the packet first.</summary>
    public SequenceNumber OriginalSequenceNumber { get; init; }

    /// <summary>Timestamp to send.</summary>
    public RtpTimestamp Timestamp { get; init; }

    /// <summary>Marker to send.</summary>
    public bool Marker { get; init; }

    /// <summary>As given in <see cref="SentPacket.PayloadState"/>.</summary>
    public ulong PayloadState { get; init; }
}
