using Bisque.Model;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>What a worker told its owner.</summary>
internal sealed class RecordedEvents : IMediaWorkerEvents
{
    public List<WorkerEvent> All { get; } = [];

    public List<(LogLevel Level, string Text)> Logs { get; } = [];

    public IEnumerable<T> Of<T>(string? handlerId = null)
        where T : WorkerEvent =>
        All.OfType<T>().Where(workerEvent => handlerId is null || workerEvent.HandlerId == handlerId);

    public void OnEvent(WorkerEvent workerEvent) => All.Add(workerEvent);

    public void OnLog(LogLevel level, string text) => Logs.Add((level, text));
}
