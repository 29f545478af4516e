namespace Bisque.LoadTest.Forwarding;

/// <summary>Which transports producer and consumers have.</summary>
internal enum Scenario
{
    /// <summary>PlainTransport with SRTP, a socket each.</summary>
    Plain,

    /// <summary>WebRtcTransport, a socket each: ICE, DTLS, mid and abs-send-time in every packet, RTX negotiated.</summary>
    WebRtc,

    /// <summary>The same transports behind one WebRtcServer, which has the only socket.</summary>
    WebRtcServer,

    /// <summary>WebRtcTransport, a TCP connection each.</summary>
    WebRtcTcp,
}
