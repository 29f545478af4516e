using Bisque.LoadTest.Forwarding;
using Bisque.LoadTest.Processes;
using Bisque.Srtp;

namespace Bisque.LoadTest.Consumers;

/// <summary>
/// What each type of consumer costs, against the simple one: all kinds take turns within each round, so that what disturbs the machine
/// meets them alike, and the least of the rounds counts, since a disturbance only ever adds.
/// </summary>
internal static class ConsumersBench
{
    /// <summary>The scenario's name on the command line.</summary>
    public const string Name = "consumers";

    /// <summary>There are many kinds to go through; a quarter of the usual time is still tens of thousands of packets.</summary>
    private const double PartOfDuration = 0.25;

    private const double MostDeviation = 0.02;

    /// <summary>Measures all kinds; false when the figures are not what they claim to be.</summary>
    /// <param name="workers">The workers, one table each.</param>
    /// <param name="rounds">Rounds of each kind.</param>
    /// <param name="consumers">Consumers of the one producer.</param>
    /// <param name="rate">Packets per second that each consumer gets.</param>
    /// <param name="bursts">1 for evenly paced packets; anything above for a picture at a time.</param>
    /// <param name="duration">The time that other scenarios are measured for.</param>
    /// <param name="warmUp">How long packets flow before.</param>
    public static async Task<bool> RunAsync(
        IReadOnlyList<WorkerBinary> workers, int rounds, int consumers, int rate, IEnumerable<int> bursts, TimeSpan duration, TimeSpan warmUp)
    {
        var isTrustworthy = true;
        foreach (var isPaced in bursts.Select(burst => burst == 1).Distinct())
        {
            isTrustworthy &= await RunAsync(workers, rounds, kind => new ForwardingCase(
                Scenario.Plain,
                SrtpProfile.AeadAes128Gcm,
                consumers,
                rate / kind.ForwardedPart,
                isPaced ? 1 : kind.PacketsPerPicture,
                warmUp,
                duration * PartOfDuration)
            {
                Kind = kind,
            });
        }

        return isTrustworthy;
    }

    private static async Task<bool> RunAsync(IReadOnlyList<WorkerBinary> workers, int rounds, Func<ConsumerKind, ForwardingCase> caseOf)
    {
        var simple = caseOf(ConsumerKinds.All[0]);
        Console.WriteLine();
        Console.WriteLine(
            $"Consumers: {Scenarios.Describe(simple.Scenario)}; {Suites.NameOf(simple.Profile)}, 1 producer, {simple.Consumers} consumers that get "
            + $"{simple.Rate:0} packets/s each, {(simple.Burst == 1 ? "evenly paced" : "a picture at a time")}; {rounds} rounds of {simple.Duration.TotalSeconds:0.#} s");
        var results = workers.ToDictionary(worker => worker, _ => ConsumerKinds.All.ToDictionary(kind => kind, _ => new List<ForwardingResult>()));
        for (var round = 0; round < rounds; round++)
        {
            foreach (var kind in round % 2 == 0 ? ConsumerKinds.All : ConsumerKinds.All.Reverse())
            {
                foreach (var worker in round % 2 == 0 ? workers : workers.Reverse())
                {
                    results[worker][kind].Add(await ForwardingRun.RunAsync(worker, caseOf(kind)));
                }
            }
        }

        var isTrustworthy = true;
        foreach (var worker in workers)
        {
            Print(worker, results[worker]);
            foreach (var remark in results[worker].SelectMany(of => RemarksOn(of.Key, of.Value)))
            {
                Console.WriteLine($"    {remark}");
                isTrustworthy = false;
            }
        }

        Console.WriteLine("  out: forwarded to all consumers. left out: packets that a consumer did not get, for each that it got. CPU: least of the rounds.");
        return isTrustworthy;
    }

    private static void Print(WorkerBinary worker, Dictionary<ConsumerKind, List<ForwardingResult>> results)
    {
        Console.WriteLine($"  {worker.Label} {"",-36}    in/s    out/s  left out   us/out  (most)  ratio   us/(in + out)");
        var simple = LeastOf(results[ConsumerKinds.All[0]]).CpuPerPacket;
        foreach (var (kind, rounds) in results)
        {
            var least = LeastOf(rounds);
            Console.WriteLine(
                $"    {kind.Name,-36} {least.Sent / least.Elapsed.TotalSeconds,7:N0} {least.PacketsPerSecond,8:N0} {1 / kind.ForwardedPart - 1,9:0.0}"
                + $" {least.CpuPerPacket,8:0.00}  ({rounds.Max(result => result.CpuPerPacket):0.00}) {least.CpuPerPacket / simple,6:0.00}"
                + $" {least.CpuTime.TotalMicroseconds / (least.Sent + least.Received),15:0.00}");
        }
    }

    private static ForwardingResult LeastOf(List<ForwardingResult> rounds) => rounds.MinBy(result => result.CpuPerPacket)!;

    private static IEnumerable<string> RemarksOn(ConsumerKind kind, List<ForwardingResult> rounds)
    {
        var received = rounds.Sum(result => result.Received);
        var expected = rounds.Sum(result => result.Expected);
        if (Math.Abs(received - expected) > MostDeviation * expected)
        {
            yield return $"{kind.Name}: {received:N0} packets came instead of about {expected:N0}: not the layers that were asked for, or loss";
        }

        if (rounds.Sum(result => result.Wrong + result.Foreign) is var wrong and > 0)
        {
            yield return $"{kind.Name}: {wrong:N0} packets were WRONG or of no consumer's stream";
        }

        if (rounds.Sum(result => result.Jumps) is var jumps and > 0)
        {
            yield return $"{kind.Name}: {jumps:N0} times a sequence number did not follow the one before";
        }

        if (rounds.Any(result => result.Sent < 0.98 * result.Planned))
        {
            yield return $"{kind.Name}: the generator did not keep up";
        }
    }
}
