namespace Bisque.LoadTest.Forwarding;

/// <summary>Which transports producer and consumers have.</summary>
internal enum Scenario
{
    /// <summary>PlainTransport with SRTP.</summary>
    Plain,

    /// <summary>WebRtcTransport: ICE, DTLS, mid and abs-send-time in every packet, RTX negotiated.</summary>
    WebRtc,
}
