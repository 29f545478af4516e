namespace Bisque.Model;

/// <summary>The state of a transport's SCTP association changed.</summary>
public sealed record TransportSctpStateChangeEvent(string HandlerId, SctpState SctpState) : WorkerEvent(HandlerId);

/// <summary>A transport's SCTP association agreed on its streams; comes right before it is connected.</summary>
public sealed record TransportSctpNegotiatedCapabilitiesEvent(string HandlerId, SctpNegotiatedCapabilities? NegotiatedCapabilities)
    : WorkerEvent(HandlerId);

/// <summary>A trace event of a transport. <paramref name="Timestamp"/> is in milliseconds of the worker's clock.</summary>
public sealed record TransportTraceEvent(
    string HandlerId,
    TransportTraceEventType Type,
    ulong Timestamp,
    TraceDirection Direction,
    TraceInfo? Info) : WorkerEvent(HandlerId);

/// <summary>A WebRTC transport sends to other addresses now. Comes before the state change that it goes with.</summary>
public sealed record WebRtcTransportIceSelectedTupleChangeEvent(string HandlerId, TransportTuple Tuple) : WorkerEvent(HandlerId);

/// <summary>The ICE state of a WebRTC transport changed.</summary>
public sealed record WebRtcTransportIceStateChangeEvent(string HandlerId, IceState IceState) : WorkerEvent(HandlerId);

/// <summary>The DTLS state of a WebRTC transport changed. The remote certificate comes with <see cref="DtlsState.Connected"/>, as PEM.</summary>
public sealed record WebRtcTransportDtlsStateChangeEvent(string HandlerId, DtlsState DtlsState, string? RemoteCertificate)
    : WorkerEvent(HandlerId);

/// <summary>A plain transport learned where RTP comes from.</summary>
public sealed record PlainTransportTupleEvent(string HandlerId, TransportTuple Tuple) : WorkerEvent(HandlerId);

/// <summary>A plain transport learned where RTCP comes from.</summary>
public sealed record PlainTransportRtcpTupleEvent(string HandlerId, TransportTuple Tuple) : WorkerEvent(HandlerId);

/// <summary>RTCP that a direct transport sends to the controller.</summary>
public sealed record DirectTransportRtcpEvent(string HandlerId, ReadOnlyMemory<byte> Data) : WorkerEvent(HandlerId);
