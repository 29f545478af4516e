using Bisque.Primitives;

namespace Bisque.Rtp;

/// <summary>A PLI (RFC 4585 section 6.3.1): the decoder needs a key frame.</summary>
/// <param name="SenderSsrc">Who asks.</param>
/// <param name="MediaSsrc">The stream that is to send a key frame.</param>
public readonly record struct PictureLossIndication(Ssrc SenderSsrc, Ssrc MediaSsrc)
{
    /// <summary>Reads the packet; false when it is something else.</summary>
    public static bool TryParse(RtcpPacket packet, out PictureLossIndication indication)
    {
        var fits = FeedbackMessage.TryParse(
            packet, RtcpPacketType.PayloadSpecificFeedback, RtcpFeedbackFormat.PictureLossIndication, out var message);
        indication = new PictureLossIndication(message.SenderSsrc, message.MediaSsrc);
        return fits;
    }
}
