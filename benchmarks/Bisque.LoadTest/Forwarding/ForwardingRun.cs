using System.Diagnostics;
using Bisque.LoadTest.Processes;

namespace Bisque.LoadTest.Forwarding;

/// <summary>
/// One round: a fresh worker, a room, a warm-up, then the measured time. Counts and CPU are read while nothing is under way, before and
/// after, so that what was sent and what was received belong together to the packet.
/// </summary>
internal static class ForwardingRun
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    public static async Task<ForwardingResult> RunAsync(WorkerBinary binary, ForwardingCase what)
    {
        await using var worker = await SpawnedWorker.StartAsync(binary);
        await using var room = await Room.CreateAsync(worker, what);
        await RunForAsync(room, what.WarmUp);

        var errorsBefore = UdpErrors.ReceiveBufferErrors();
        var countsBefore = await room.CountAsync();
        var figuresBefore = ProcessFigures.Read(worker.Id);
        var elapsed = await RunForAsync(room, what.Duration);
        var figures = ProcessFigures.Read(worker.Id);
        var counts = await room.CountAsync();
        return new ForwardingResult
        {
            Sent = counts.Sent - countsBefore.Sent,
            Planned = (long)(elapsed.TotalSeconds * what.Rate),
            Expected = (long)((counts.Sent - countsBefore.Sent) * what.Consumers * what.ForwardedPart),
            Received = counts.Received - countsBefore.Received,
            Sampled = counts.Sampled,
            Wrong = counts.Wrong,
            Foreign = counts.Foreign,
            Jumps = counts.Jumps - (what.Kind is null ? 0 : countsBefore.Jumps),
            ReceiveBufferErrors = UdpErrors.ReceiveBufferErrors() - errorsBefore,
            Elapsed = elapsed,
            CpuTime = figures.CpuTime - figuresBefore.CpuTime,
            WorstDelay = counts.WorstDelay,
            ResidentSet = ProcessFigures.ResidentSet(worker.Id),
        };
    }

    /// <summary>Sends for a while, then waits until all is through; returns how long was sent.</summary>
    private static async Task<TimeSpan> RunForAsync(Room room, TimeSpan duration)
    {
        await room.StartAsync();
        var started = Stopwatch.GetTimestamp();
        await Task.Delay(duration);
        await room.StopAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        await Task.Delay(Quiet);
        return elapsed;
    }
}
