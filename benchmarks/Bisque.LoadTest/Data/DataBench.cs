using System.Diagnostics;
using Bisque.LoadTest.Processes;

namespace Bisque.LoadTest.Data;

/// <summary>Data channels through every worker, the workers taking turns within each round, and a table.</summary>
internal static class DataBench
{
    /// <summary>The scenario's name on the command line.</summary>
    public const string Name = "data";

    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(20);

    public static async Task<bool> RunAsync(IReadOnlyList<WorkerBinary> workers, int rounds, TimeSpan warmUp, TimeSpan duration)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"Data channels: messages of {DataChannel.MessageSize:N0} bytes, ordered and reliable, endpoint -> worker -> endpoint by SCTP over DTLS, "
            + $"as fast as they go, {rounds} rounds of {duration.TotalSeconds:0.#} s after {warmUp.TotalSeconds:0.#} s");
        var results = workers.ToDictionary(worker => worker, _ => new List<DataResult>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var worker in round % 2 == 0 ? workers : workers.Reverse())
            {
                results[worker].Add(await RunAsync(worker, warmUp, duration));
            }
        }

        Console.WriteLine("          MB/s  (min - max)   CPU us/message   us/record   records/message   sent again   RSS MiB   ratio to A");
        var first = new Figures(results[workers[0]].Select(result => result.CpuPerMessage)).Median;
        foreach (var worker in workers)
        {
            var of = results[worker];
            var speed = new Figures(of.Select(result => result.MegabytesPerSecond));
            var cpu = new Figures(of.Select(result => result.CpuPerMessage)).Median;
            Console.WriteLine(
                $"  {worker.Label} {speed.Median,10:0.0}  ({speed.Minimum:0.0} - {speed.Maximum:0.0}) {cpu,14:0.0}"
                + $" {new Figures(of.Select(result => result.CpuPerRecord)).Median,11:0.00}"
                + $" {of.Sum(result => result.Counts.Records) / (double)of.Sum(result => result.Counts.Received),17:0.0}"
                + $" {of.Sum(result => result.Counts.Retransmissions),12:N0}"
                + $" {new Figures(of.Select(result => result.ResidentSet / 1048576.0)).Median,9:0.0} {cpu / first,12:0.00}");
        }

        var wrong = results.Values.SelectMany(of => of).Sum(result => result.Counts.Wrong + result.Counts.Sent - result.Counts.Received);
        Console.WriteLine(wrong == 0
            ? "  Every message arrived once, whole and in order; one in 64 was compared byte by byte."
            : $"  {wrong:N0} messages were LOST OR WRONG.");
        return wrong == 0;
    }

    private static async Task<DataResult> RunAsync(WorkerBinary binary, TimeSpan warmUp, TimeSpan duration)
    {
        await using var worker = await SpawnedWorker.StartAsync(binary);
        await using var channel = await DataChannel.CreateAsync(worker);
        await RunForAsync(channel, warmUp);
        var countsBefore = await channel.CountAsync();
        var figuresBefore = ProcessFigures.Read(worker.Id);
        var elapsed = await RunForAsync(channel, duration);
        var figures = ProcessFigures.Read(worker.Id);
        var counts = await channel.CountAsync();
        return new DataResult
        {
            Counts = new DataCounts(
                counts.Sent - countsBefore.Sent,
                counts.Received - countsBefore.Received,
                counts.Wrong,
                counts.Records - countsBefore.Records,
                counts.Retransmissions - countsBefore.Retransmissions),
            Elapsed = elapsed,
            CpuTime = figures.CpuTime - figuresBefore.CpuTime,
            ResidentSet = ProcessFigures.ResidentSet(worker.Id),
        };
    }

    /// <summary>Sends for a while, then waits until all is through; returns how long both took.</summary>
    private static async Task<TimeSpan> RunForAsync(DataChannel channel, TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        await channel.StartAsync();
        await Task.Delay(duration);
        await channel.StopAsync();
        while (await channel.CountAsync() is var counts && counts.Received < counts.Sent)
        {
            if (Stopwatch.GetElapsedTime(started) > duration + DrainLimit)
            {
                break;
            }

            await Task.Delay(1);
        }

        return Stopwatch.GetElapsedTime(started);
    }
}
