namespace Bisque.Model;

/// <summary>A consumer's producer was paused.</summary>
public sealed record ConsumerProducerPauseEvent(string HandlerId) : WorkerEvent(HandlerId);

/// <summary>A consumer's producer was resumed.</summary>
public sealed record ConsumerProducerResumeEvent(string HandlerId) : WorkerEvent(HandlerId);

/// <summary>A consumer's producer was closed, and the consumer with it.</summary>
public sealed record ConsumerProducerCloseEvent(string HandlerId) : WorkerEvent(HandlerId);

/// <summary>A consumer sends other layers now; null when it sends nothing.</summary>
public sealed record ConsumerLayersChangeEvent(string HandlerId, ConsumerLayers? Layers) : WorkerEvent(HandlerId);

/// <summary>An RTP packet that a consumer of a direct transport sends to the controller.</summary>
public sealed record ConsumerRtpEvent(string HandlerId, ReadOnlyMemory<byte> Data) : WorkerEvent(HandlerId);

/// <summary>A consumer's score changed.</summary>
public sealed record ConsumerScoreEvent(string HandlerId, ConsumerScore Score) : WorkerEvent(HandlerId);

/// <summary>A trace event of a consumer. <paramref name="Timestamp"/> is in milliseconds of the worker's clock.</summary>
public sealed record ConsumerTraceEvent(
    string HandlerId,
    ConsumerTraceEventType Type,
    ulong Timestamp,
    TraceDirection Direction,
    TraceInfo? Info) : WorkerEvent(HandlerId);
