using Bisque.Primitives;

namespace Bisque.Engine.Streams;

/// <summary>A media packet as it went out to one receiver.</summary>
internal readonly record struct SentPacket
{
    /// <summary>Sequence number as sent.</summary>
    public required SequenceNumber SequenceNumber { get; init; }

    /// <summary>Timestamp as sent.</summary>
    public required RtpTimestamp Timestamp { get; init; }

    /// <summary>Payload type as sent; null for the stream's own. Audio carries several on one stream.</summary>
    public byte? PayloadType { get; init; }

    /// <summary>Marker as sent.</summary>
    public bool Marker { get; init; }

    /// <summary>Bytes of the whole packet.</summary>
    public required int Size { get; init; }

    /// <summary>Payload bytes without padding.</summary>
    public required int PayloadLength { get; init; }

    /// <summary>Padding bytes.</summary>
    public int PaddingLength { get; init; }

    /// <summary>When it was captured, by our clock; null when not known.</summary>
    public MonotonicTime? CapturedAt { get; init; }

    /// <summary>Where the packet is kept for retransmission; null when it is not.</summary>
    public RetransmissionStore? Store { get; init; }

    /// <summary>The producer's sequence number.</summary>
    public SequenceNumber OriginalSequenceNumber { get; init; }

    /// <summary>The producer's timestamp.</summary>
    public RtpTimestamp OriginalTimestamp { get; init; }

    /// <summary>What the consumer needs to rewrite the payload descriptor again, in a form of its own; the stream only keeps it.</summary>
    public ulong PayloadState { get; init; }
}
