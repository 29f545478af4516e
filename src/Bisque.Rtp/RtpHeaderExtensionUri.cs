namespace Bisque.Rtp;

/// <summary>The RTP header extensions that the worker knows. The values are those of the mediasoup wire.</summary>
public enum RtpHeaderExtensionUri : byte
{
    /// <summary>urn:ietf:params:rtp-hdrext:sdes:mid (RFC 8843 section 15).</summary>
    Mid,

    /// <summary>urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id (RFC 8852).</summary>
    RtpStreamId,

    /// <summary>urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id (RFC 8852).</summary>
    RepairRtpStreamId,

    /// <summary>http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time.</summary>
    AbsSendTime,

    /// <summary>http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01.</summary>
    TransportWideCcDraft01,

    /// <summary>urn:ietf:params:rtp-hdrext:ssrc-audio-level (RFC 6464).</summary>
    SsrcAudioLevel,

    /// <summary>https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension.</summary>
    DependencyDescriptor,

    /// <summary>urn:3gpp:video-orientation (3GPP TS 26.114).</summary>
    VideoOrientation,

    /// <summary>urn:ietf:params:rtp-hdrext:toffset (RFC 5450).</summary>
    TimeOffset,

    /// <summary>http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time.</summary>
    AbsCaptureTime,

    /// <summary>http://www.webrtc.org/experiments/rtp-hdrext/playout-delay.</summary>
    PlayoutDelay,

    /// <summary>urn:mediasoup:params:rtp-hdrext:packet-id.</summary>
    MediasoupPacketId,
}
