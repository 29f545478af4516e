using Bisque.Model;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>What a worker told its owner.</summary>
internal sealed class RecordedEvents : IMediaWorkerEvents
{
    public List<WorkerEvent> All { get; } = [];

    public List<(LogLevel Level, string Text)> Logs { get; } = [];

    /// <summary>Counts the packets of direct transports and keeps none: for measuring.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>RTP and RTCP packets that came out of direct transports.</summary>
    public long DirectPackets { get; private set; }

    /// <summary>Messages that came out of direct data consumers.</summary>
    public long DirectMessages { get; private set; }

    public IEnumerable<T> Of<T>(string? handlerId = null)
        where T : WorkerEvent =>
        All.OfType<T>().Where(workerEvent => handlerId is null || workerEvent.HandlerId == handlerId);

    public void OnEvent(WorkerEvent workerEvent) => All.Add(workerEvent);

    public void OnConsumerRtp(string consumerId, ReadOnlySpan<byte> packet)
    {
        DirectPackets++;
        if (!IsDeaf)
        {
            All.Add(new ConsumerRtpEvent(consumerId, packet.ToArray()));
        }
    }

    public void OnDirectTransportRtcp(string transportId, ReadOnlySpan<byte> packet)
    {
        DirectPackets++;
        if (!IsDeaf)
        {
            All.Add(new DirectTransportRtcpEvent(transportId, packet.ToArray()));
        }
    }

    public void OnDataConsumerMessage(string dataConsumerId, uint ppid, ReadOnlySpan<byte> message)
    {
        DirectMessages++;
        if (!IsDeaf)
        {
            All.Add(new DataConsumerMessageEvent(dataConsumerId, ppid, message.ToArray()));
        }
    }

    public void OnLog(LogLevel level, string text) => Logs.Add((level, text));
}
