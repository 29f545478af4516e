using Bisque.Channel;
using Bisque.LoadTest.Forwarding;
using Bisque.LoadTest.Processes;
using Bisque.Model;

namespace Bisque.LoadTest.Startup;

/// <summary>Resident memory of a worker that does nothing, before and after its first WebRtcTransport.</summary>
internal static class MemoryBench
{
    private const double MostMegabytesBefore = 12;
    private const double MostMegabytesAfter = 16;
    private const int Rounds = 3;

    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(500);

    /// <summary>True when the first worker meets the goals.</summary>
    public static async Task<bool> RunAsync(IReadOnlyList<WorkerBinary> workers)
    {
        Console.WriteLine();
        Console.WriteLine($"Idle resident memory (VmRSS), the largest of {Rounds}");
        var isFirstGood = true;
        foreach (var worker in workers)
        {
            var (before, after) = (0.0, 0.0);
            for (var i = 0; i < Rounds; i++)
            {
                var (b, a) = await MeasureAsync(worker);
                (before, after) = (Math.Max(before, b), Math.Max(after, a));
            }

            var isGood = before <= MostMegabytesBefore && after <= MostMegabytesAfter;
            isFirstGood &= isGood || worker != workers[0];
            Console.WriteLine(
                $"  {worker.Label}  before the first WebRtcTransport {before:0.0} MiB, goal {MostMegabytesBefore:0}: {Goals.Word(before <= MostMegabytesBefore)};"
                + $"  after it {after:0.0} MiB, goal {MostMegabytesAfter:0}: {Goals.Word(after <= MostMegabytesAfter)}");
        }

        return isFirstGood;
    }

    private static async Task<(double Before, double After)> MeasureAsync(WorkerBinary binary)
    {
        await using var worker = await SpawnedWorker.StartAsync(binary);
        await Task.Delay(Settle);
        var before = ProcessFigures.ResidentSet(worker.Id);
        await worker.DoAsync(RequestMethod.WorkerCreateRouter, "", new CreateRouterRequest { RouterId = "router" });
        await worker.AskAsync<WebRtcTransportDump>(
            RequestMethod.RouterCreateWebRtcTransport, "router", TransportFactory.WebRtcTransport("transport"));
        await Task.Delay(Settle);
        return (before / 1048576.0, ProcessFigures.ResidentSet(worker.Id) / 1048576.0);
    }
}
