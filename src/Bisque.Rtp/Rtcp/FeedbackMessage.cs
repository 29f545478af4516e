using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>What all RTPFB and PSFB packets share (RFC 4585 section 6.1).</summary>
public readonly ref struct FeedbackMessage
{
    private FeedbackMessage(Ssrc senderSsrc, Ssrc mediaSsrc, byte format, ReadOnlySpan<byte> information)
    {
        SenderSsrc = senderSsrc;
        MediaSsrc = mediaSsrc;
        Format = format;
        Information = information;
    }

    /// <summary>Who sends the message.</summary>
    public Ssrc SenderSsrc { get; }

    /// <summary>The stream that it is about; 0 where the format does not use it.</summary>
    public Ssrc MediaSsrc { get; }

    /// <summary>The FMT field: <see cref="RtcpFeedbackFormat"/>.</summary>
    public byte Format { get; }

    /// <summary>The feedback control information (FCI).</summary>
    public ReadOnlySpan<byte> Information { get; }

    /// <summary>Reads the common part; false when the packet is no feedback message or is too short.</summary>
    public static bool TryParse(RtcpPacket packet, out FeedbackMessage message)
    {
        message = default;
        var reader = new ByteReader(packet.Body);
        if (packet.Type is not (RtcpPacketType.TransportLayerFeedback or RtcpPacketType.PayloadSpecificFeedback)
            || !reader.TryReadUInt32(out var sender)
            || !reader.TryReadUInt32(out var media))
        {
            return false;
        }

        message = new FeedbackMessage(new Ssrc(sender), new Ssrc(media), packet.Count, reader.Rest);
        return true;
    }

    internal static bool TryParse(RtcpPacket packet, RtcpPacketType type, byte format, out FeedbackMessage message)
    {
        message = default;
        return packet.Type == type && packet.Count == format && TryParse(packet, out message);
    }
}
