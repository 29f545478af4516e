using Bisque.LoadTest.Processes;

namespace Bisque.LoadTest.Forwarding;

/// <summary>Every case for every worker, the workers taking turns within each round, and a table for each case.</summary>
internal static class ForwardingBench
{
    public static async Task<bool> RunAsync(IReadOnlyList<WorkerBinary> workers, IReadOnlyList<ForwardingCase> cases, int rounds)
    {
        var isTrustworthy = true;
        foreach (var what in cases)
        {
            Console.WriteLine();
            Console.WriteLine($"Forwarding: {what}, {rounds} rounds of {what.Duration.TotalSeconds:0.#} s after {what.WarmUp.TotalSeconds:0.#} s");
            var results = workers.ToDictionary(worker => worker, _ => new List<ForwardingResult>());
            for (var round = 0; round < rounds; round++)
            {
                // Every second round goes backwards, so that no worker always follows the same other.
                foreach (var worker in round % 2 == 0 ? workers : workers.Reverse())
                {
                    results[worker].Add(await ForwardingRun.RunAsync(worker, what));
                }
            }

            isTrustworthy &= Print(workers, results);
        }

        return isTrustworthy;
    }

    private static bool Print(IReadOnlyList<WorkerBinary> workers, Dictionary<WorkerBinary, List<ForwardingResult>> results)
    {
        Console.WriteLine("     received/s     loss   CPU us/packet  (min - max)     RSS MiB   ratio to A");
        var first = new Figures(results[workers[0]].Select(result => result.CpuPerPacket)).Median;
        foreach (var worker in workers)
        {
            var rounds = results[worker];
            var cpu = new Figures(rounds.Select(result => result.CpuPerPacket));
            Console.WriteLine(
                $"  {worker.Label} {new Figures(rounds.Select(result => result.PacketsPerSecond)).Median,11:N0} {LossOf(rounds),9:0.000 %}"
                + $" {cpu.Median,14:0.00}  ({cpu.Minimum:0.00} - {cpu.Maximum:0.00})"
                + $" {new Figures(rounds.Select(result => result.ResidentSet / 1048576.0)).Median,11:0.0} {cpu.Median / first,10:0.00}");
        }

        var isTrustworthy = true;
        foreach (var worker in workers)
        {
            foreach (var remark in RemarksOn(results[worker]))
            {
                Console.WriteLine($"  {worker.Label}: {remark}");
                isTrustworthy = false;
            }
        }

        var sampled = results.Values.SelectMany(rounds => rounds).Sum(result => result.Sampled);
        Console.WriteLine($"  {sampled:N0} of the packets were authenticated, decrypted and compared with what was sent.");
        return isTrustworthy;
    }

    private static double LossOf(List<ForwardingResult> rounds)
    {
        var expected = rounds.Sum(result => result.Expected);
        return expected == 0 ? 0 : 1 - rounds.Sum(result => result.Received) / (double)expected;
    }

    /// <summary>Whatever makes the figures less than they claim to be.</summary>
    private static IEnumerable<string> RemarksOn(List<ForwardingResult> rounds)
    {
        var lost = rounds.Sum(result => result.Expected - result.Received);
        var full = rounds.Sum(result => result.ReceiveBufferErrors);
        if (lost != 0)
        {
            yield return $"{lost:N0} packets were lost; the kernel counted {full:N0} for which a receive buffer was full (on the whole machine)";
        }

        if (rounds.Any(result => result.Sent < 0.99 * result.Planned))
        {
            yield return $"the generator did not keep up: {rounds.Sum(result => result.Sent):N0} of {rounds.Sum(result => result.Planned):N0} packets sent";
        }

        if (rounds.Max(result => result.WorstDelay) is var delay && delay > TimeSpan.FromMilliseconds(50))
        {
            yield return $"the generator was late by up to {delay.TotalMilliseconds:0} ms: the machine is busy, and packets came in larger bursts";
        }

        if (rounds.Sum(result => result.Wrong) is var wrong and > 0)
        {
            yield return $"{wrong:N0} of the packets looked into were WRONG";
        }

        if (rounds.Sum(result => result.Foreign) is var foreign and > 0)
        {
            yield return $"{foreign:N0} packets were of no consumer's stream";
        }

        if (rounds.Sum(result => result.Jumps) is var jumps and > 0)
        {
            yield return $"{jumps:N0} times a sequence number did not follow the one before";
        }
    }
}
