namespace Bisque.Rtp;

/// <summary>The texts by which header extensions are negotiated.</summary>
public static class RtpHeaderExtensions
{
    /// <summary>The URI text of a header extension.</summary>
    public static string Text(this RtpHeaderExtensionUri uri) => uri switch
    {
        RtpHeaderExtensionUri.Mid => "urn:ietf:params:rtp-hdrext:sdes:mid",
        RtpHeaderExtensionUri.RtpStreamId => "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
        RtpHeaderExtensionUri.RepairRtpStreamId => "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
        RtpHeaderExtensionUri.AbsSendTime => "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
        RtpHeaderExtensionUri.TransportWideCcDraft01 => "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
        RtpHeaderExtensionUri.SsrcAudioLevel => "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        RtpHeaderExtensionUri.DependencyDescriptor => "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
        RtpHeaderExtensionUri.VideoOrientation => "urn:3gpp:video-orientation",
        RtpHeaderExtensionUri.TimeOffset => "urn:ietf:params:rtp-hdrext:toffset",
        RtpHeaderExtensionUri.AbsCaptureTime => "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
        RtpHeaderExtensionUri.PlayoutDelay => "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
        RtpHeaderExtensionUri.MediasoupPacketId => "urn:mediasoup:params:rtp-hdrext:packet-id",
        _ => throw new ArgumentOutOfRangeException(nameof(uri)),
    };

    /// <summary>Finds the header extension with the given URI text; case counts.</summary>
    public static bool TryParseUri(ReadOnlySpan<char> text, out RtpHeaderExtensionUri uri)
    {
        for (uri = RtpHeaderExtensionUri.Mid; uri <= RtpHeaderExtensionUri.MediasoupPacketId; uri++)
        {
            if (text.SequenceEqual(uri.Text()))
            {
                return true;
            }
        }

        uri = default;
        return false;
    }
}
