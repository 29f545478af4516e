using Bisque.Channel;
using Bisque.LoadTest.Processes;
using Bisque.Model;

namespace Bisque.LoadTest.Churn;

/// <summary>What a worker process holds at one moment.</summary>
/// <param name="Descriptors">Open file descriptors: sockets, so bound ports, among them.</param>
/// <param name="Handlers">Ids that answer requests or take notifications.</param>
/// <param name="ResidentSet">Resident memory in bytes.</param>
internal readonly record struct Holdings(int Descriptors, int Handlers, long ResidentSet)
{
    public static async Task<Holdings> ReadAsync(SpawnedWorker worker)
    {
        var dump = (WorkerDump)(await worker.Channel.RequestAsync(RequestMethod.WorkerDump, ""))!;
        var handlers = dump.ChannelMessageHandlers;
        return new Holdings(
            Directory.GetFiles($"/proc/{worker.Id}/fd").Length,
            handlers.ChannelRequestHandlers.Count + handlers.ChannelNotificationHandlers.Count + dump.RouterIds.Count + dump.WebRtcServerIds.Count,
            ProcessFigures.ResidentSet(worker.Id));
    }
}
