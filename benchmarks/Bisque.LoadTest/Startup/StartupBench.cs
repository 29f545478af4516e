using System.Diagnostics;
using Bisque.LoadTest.Processes;

namespace Bisque.LoadTest.Startup;

/// <summary>How long a worker takes from spawn to "running", against /bin/true by the same launcher in the same alternating run.</summary>
internal static class StartupBench
{
    public const double MostTimesTrue = 5;

    private const string TrueProgram = "/bin/true";

    /// <summary>True when the first worker meets the goal.</summary>
    public static bool Run(IReadOnlyList<WorkerBinary> workers, int spawns)
    {
        var ofTrue = new List<double>();
        var ofWorkers = workers.ToDictionary(worker => worker, _ => new List<double>());
        // The first of each brings the files into memory.
        for (var i = -1; i < spawns; i++)
        {
            Add(ofTrue, i, TimeTrue());
            foreach (var worker in workers)
            {
                Add(ofWorkers[worker], i, TimeWorker(worker));
            }
        }

        Console.WriteLine();
        Console.WriteLine($"Start-up: spawn to \"running\", {spawns} of each in turn ({TrueProgram}: spawn to end)");
        Console.WriteLine("                 median        p95      times /bin/true");
        var baseline = new Figures(ofTrue);
        Console.WriteLine($"  {TrueProgram,-10} {baseline.Median,7:0.00} ms {baseline.Percentile(0.95),7:0.00} ms");
        foreach (var worker in workers)
        {
            var figures = new Figures(ofWorkers[worker]);
            var ratio = figures.Median / baseline.Median;
            Console.WriteLine(
                $"  {worker.Label,-10} {figures.Median,7:0.00} ms {figures.Percentile(0.95),7:0.00} ms {ratio,10:0.00}   goal {MostTimesTrue:0}: {Goals.Word(ratio <= MostTimesTrue)}");
        }

        return new Figures(ofWorkers[workers[0]]).Median <= MostTimesTrue * baseline.Median;
    }

    private static void Add(List<double> times, int index, double milliseconds)
    {
        if (index >= 0)
        {
            times.Add(milliseconds);
        }
    }

    private static double TimeTrue()
    {
        var started = Stopwatch.GetTimestamp();
        var child = ChildProcess.Start(TrueProgram, [], Environments.Own);
        child.WaitForExit();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double TimeWorker(WorkerBinary binary)
    {
        var started = Stopwatch.GetTimestamp();
        var child = SpawnedWorker.SpawnUntilRunning(binary, out var close);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        close();
        if (!child.WaitForExit(TimeSpan.FromSeconds(3)))
        {
            child.KillAndWait();
        }

        return elapsed;
    }
}
