namespace Bisque.Engine;

/// <summary>The subjects under which warnings and debug lines can be switched on.</summary>
[Flags]
public enum LogTags
{
    /// <summary>No subject.</summary>
    None = 0,

    /// <summary>The worker itself.</summary>
    Info = 1 << 0,

    /// <summary>ICE and STUN.</summary>
    Ice = 1 << 1,

    /// <summary>DTLS.</summary>
    Dtls = 1 << 2,

    /// <summary>RTP.</summary>
    Rtp = 1 << 3,

    /// <summary>SRTP.</summary>
    Srtp = 1 << 4,

    /// <summary>RTCP.</summary>
    Rtcp = 1 << 5,

    /// <summary>Retransmission.</summary>
    Rtx = 1 << 6,

    /// <summary>Bandwidth estimation.</summary>
    Bwe = 1 << 7,

    /// <summary>Scores.</summary>
    Score = 1 << 8,

    /// <summary>Simulcast.</summary>
    Simulcast = 1 << 9,

    /// <summary>Scalable video coding.</summary>
    Svc = 1 << 10,

    /// <summary>SCTP.</summary>
    Sctp = 1 << 11,

    /// <summary>Data messages.</summary>
    Message = 1 << 12,
}
