using Bisque.LoadTest.Endpoints;
using Bisque.LoadTest.Processes;

namespace Bisque.LoadTest.Churn;

/// <summary>
/// Opens and closes thousands of transports in one worker and compares what it holds after a warm-up with what it holds at the end. The
/// worker has so few ports that any which is not given back would soon be missed.
/// </summary>
internal static class ChurnRun
{
    /// <summary>
    /// Bytes by which resident memory may grow after the warm-up. The garbage collector takes 2 to 3 MiB at a time whether they are used or not;
    /// a transport that was kept, of which each cycle has two or three, holds 100 to 200 KiB.
    /// </summary>
    private const long MostGrowth = 5 * 1024 * 1024;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>True when nothing was left behind.</summary>
    public static async Task<bool> RunAsync(WorkerBinary binary, int warmUp, int cycles)
    {
        Console.WriteLine();
        Console.WriteLine($"Churn: {binary.Path}, {warmUp:N0} cycles to warm up, then {cycles:N0} that are judged");
        await using var worker = await SpawnedWorker.StartAsync(binary, "--rtcMinPort=41000", "--rtcMaxPort=41031");
        using var loop = new LoopThread();
        var number = 0;
        await RunCyclesAsync(worker, loop, warmUp);
        var before = await SettleAsync();
        await RunCyclesAsync(worker, loop, cycles);
        var after = await SettleAsync();

        var growth = after.ResidentSet - before.ResidentSet;
        Console.WriteLine($"  descriptors {before.Descriptors} -> {after.Descriptors}, handlers {before.Handlers} -> {after.Handlers}, "
            + $"RSS {before.ResidentSet / 1048576.0:0.0} -> {after.ResidentSet / 1048576.0:0.0} MiB ({growth / 1048576.0:+0.0;-0.0} MiB)");
        var isClean = after.Descriptors == before.Descriptors && after.Handlers == 0 && before.Handlers == 0 && growth < MostGrowth;
        Console.WriteLine(isClean ? "  nothing was left behind" : "  SOMETHING WAS LEFT BEHIND");
        return isClean;

        async Task RunCyclesAsync(SpawnedWorker target, LoopThread endpoints, int count)
        {
            for (var end = number + count; number < end; number++)
            {
                await using var cycle = new ChurnCycle(target, endpoints, number);
                await cycle.RunAsync();
            }
        }

        async Task<Holdings> SettleAsync()
        {
            await Task.Delay(Quiet);
            return await Holdings.ReadAsync(worker);
        }
    }
}
