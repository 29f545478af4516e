namespace Bisque.Rtp;

/// <summary>The feedback message types (FMT) that are understood here.</summary>
public static class RtcpFeedbackFormat
{
    /// <summary>Generic NACK, in RTPFB (RFC 4585 section 6.2.1).</summary>
    public const byte GenericNack = 1;

    /// <summary>Transport-wide congestion control, in RTPFB (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1).</summary>
    public const byte TransportWide = 15;

    /// <summary>Picture loss indication, in PSFB (RFC 4585 section 6.3.1).</summary>
    public const byte PictureLossIndication = 1;

    /// <summary>Full intra request, in PSFB (RFC 5104 section 4.3.1).</summary>
    public const byte FullIntraRequest = 4;

    /// <summary>Application layer feedback, in PSFB (RFC 4585 section 6.4): the carrier of REMB.</summary>
    public const byte ApplicationLayer = 15;
}
