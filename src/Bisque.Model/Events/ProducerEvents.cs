namespace Bisque.Model;

/// <summary>The score of a producer's stream changed; all streams are listed.</summary>
public sealed record ProducerScoreEvent(string HandlerId, IReadOnlyList<ProducerScore> Scores) : WorkerEvent(HandlerId);

/// <summary>A trace event of a producer. <paramref name="Timestamp"/> is in milliseconds of the worker's clock.</summary>
public sealed record ProducerTraceEvent(
    string HandlerId,
    ProducerTraceEventType Type,
    ulong Timestamp,
    TraceDirection Direction,
    TraceInfo? Info) : WorkerEvent(HandlerId);

/// <summary>The video orientation of a producer changed. <paramref name="Rotation"/> is in degrees, clockwise.</summary>
public sealed record ProducerVideoOrientationChangeEvent(string HandlerId, bool Camera, bool Flip, ushort Rotation) : WorkerEvent(HandlerId);
