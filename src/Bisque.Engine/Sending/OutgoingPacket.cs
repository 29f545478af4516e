using Bisque.Net;

namespace Bisque.Engine.Sending;

/// <summary>
/// How a packet is to leave: how long its own header is, where the fields are that only the moment of sending can fill in, and the
/// payload: most often the part of the received packet that it shares with the other receivers.
/// </summary>
internal readonly ref struct OutgoingPacket
{
    public required OutgoingKind Kind { get; init; }

    /// <summary>Bytes of the RTP header with its extensions, at the start of the head.</summary>
    public required int HeaderLength { get; init; }

    /// <summary>Bytes of the head: the header and the payload prefix that is this receiver's own.</summary>
    public required int HeadLength { get; init; }

    /// <summary>Where in the head the 24-bit abs-send-time value stands; -1 when there is none.</summary>
    public required int AbsSendTimeOffset { get; init; }

    /// <summary>Where in the head the transport-wide sequence number stands; -1 when there is none.</summary>
    public required int WideSequenceNumberOffset { get; init; }

    /// <summary>Holds the payload behind the head. The outbox keeps a reference of its own until it has sent.</summary>
    public required PacketBuffer Buffer { get; init; }

    /// <summary>Offset of the payload in the buffer's array.</summary>
    public required int BodyOffset { get; init; }

    /// <summary>Length of the payload in bytes.</summary>
    public required int BodyLength { get; init; }
}
