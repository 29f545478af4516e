namespace Bisque.Model;

/// <summary>The header extensions that the worker knows, numbered as on the wire.</summary>
public enum RtpHeaderExtensionUri : byte
{
    /// <summary><c>urn:ietf:params:rtp-hdrext:sdes:mid</c> (RFC 8843).</summary>
    Mid,

    /// <summary><c>urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id</c> (RFC 8852).</summary>
    RtpStreamId,

    /// <summary><c>urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id</c> (RFC 8852).</summary>
    RepairRtpStreamId,

    /// <summary>The sender's clock when the packet left.</summary>
    AbsSendTime,

    /// <summary>The transport-wide sequence number.</summary>
    TransportWideCcDraft01,

    /// <summary><c>urn:ietf:params:rtp-hdrext:ssrc-audio-level</c> (RFC 6464).</summary>
    SsrcAudioLevel,

    /// <summary>The dependency descriptor of AV1's RTP payload format.</summary>
    DependencyDescriptor,

    /// <summary><c>urn:3gpp:video-orientation</c>.</summary>
    VideoOrientation,

    /// <summary><c>urn:ietf:params:rtp-hdrext:toffset</c> (RFC 5450).</summary>
    TimeOffset,

    /// <summary>When the media was captured.</summary>
    AbsCaptureTime,

    /// <summary>Bounds of the receiver's playout delay.</summary>
    PlayoutDelay,

    /// <summary>mediasoup's own packet id.</summary>
    MediasoupPacketId,
}
