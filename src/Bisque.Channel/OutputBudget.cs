using Bisque.Model;

namespace Bisque.Channel;

/// <summary>
/// Bounds what waits for a controller that reads too slowly. Above the limit, what the network can produce without end is dropped and
/// counted: logs, traces, and the media and data of direct transports. Answers and state events always pass.
/// </summary>
public sealed class OutputBudget(long limit = OutputBudget.DefaultLimit)
{
    /// <summary>16 MiB: two of the longest frames.</summary>
    public const long DefaultLimit = 16 * 1024 * 1024;

    private bool _warned;

    /// <summary>Messages dropped so far.</summary>
    public long Dropped { get; private set; }

    /// <summary>Whether an event is one that may be dropped.</summary>
    public static bool IsDroppable(WorkerEvent workerEvent) =>
        workerEvent is TransportTraceEvent or ProducerTraceEvent or ConsumerTraceEvent
            or ConsumerRtpEvent or DirectTransportRtcpEvent or DataConsumerMessageEvent;

    /// <summary>
    /// Whether a droppable message may be written while so much is queued. <paramref name="warn"/> is set for the first one dropped
    /// since the queue was last within its limit.
    /// </summary>
    public bool Allows(long queuedBytes, out bool warn)
    {
        warn = false;
        if (queuedBytes <= limit)
        {
            _warned = false;
            return true;
        }

        warn = !_warned;
        _warned = true;
        Dropped++;
        return false;
    }
}
