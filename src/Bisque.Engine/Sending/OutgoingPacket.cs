using Bisque.Engine.Packets;

namespace Bisque.Engine.Sending;

/// <summary>
/// How a packet is to leave: how long its own header is, where the fields are that only the moment of sending can fill in, and the
/// part of the received packet that it shares with the other receivers.
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

    /// <summary>The received packet that holds the shared payload. The outbox keeps a reference of its own until it has sent.</summary>
    public required MediaPacket Packet { get; init; }

    /// <summary>Offset of the shared payload in the packet's buffer array.</summary>
    public required int BodyOffset { get; init; }

    /// <summary>Length of the shared payload in bytes.</summary>
    public required int BodyLength { get; init; }
}
