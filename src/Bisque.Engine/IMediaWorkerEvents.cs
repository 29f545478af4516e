using Bisque.Model;

namespace Bisque.Engine;

/// <summary>What a <see cref="MediaWorker"/> tells its owner. Called on the worker's loop, inside the turn in which it happens.</summary>
public interface IMediaWorkerEvents
{
    /// <summary>Something that the controller is to know.</summary>
    void OnEvent(WorkerEvent workerEvent);

    /// <summary>
    /// A message that a direct data consumer sends. The bytes are valid during the call, which comes while messages are forwarded: nothing
    /// of the worker may be called from it.
    /// </summary>
    void OnDataConsumerMessage(string dataConsumerId, uint ppid, ReadOnlySpan<byte> message);

    /// <summary>
    /// An RTP packet that a consumer of a direct transport sends. The bytes are valid during the call, which comes while the worker
    /// sends: nothing of the worker may be called from it.
    /// </summary>
    void OnConsumerRtp(string consumerId, ReadOnlySpan<byte> packet);

    /// <summary>
    /// An RTCP packet, simple or compound, that a direct transport sends. The bytes are valid during the call, from which nothing of the
    /// worker may be called.
    /// </summary>
    void OnDirectTransportRtcp(string transportId, ReadOnlySpan<byte> packet);

    /// <summary>A log line; only for levels and tags that are switched on.</summary>
    void OnLog(LogLevel level, string text);
}
