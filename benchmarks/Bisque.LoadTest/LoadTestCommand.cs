using System.CommandLine;
using Bisque.LoadTest.Consumers;
using Bisque.LoadTest.Data;
using Bisque.LoadTest.Forwarding;
using Bisque.LoadTest.Processes;
using Bisque.LoadTest.Startup;

namespace Bisque.LoadTest;

/// <summary>The command line, and what is run of it.</summary>
internal sealed class LoadTestCommand : RootCommand
{
    private readonly Option<string[]> _workers = new("--worker") { Description = "a worker's executable; repeat it to compare: the first is what ratios refer to", Required = true };
    private readonly Option<int> _rounds = Number("--rounds", 3, 1, "rounds of each case, workers taking turns");
    private readonly Option<int> _consumers = Number("--consumers", 50, 1, "consumers of the one producer, each on its own transport");
    private readonly Option<int> _rate = Number("--rate", 400, 1, "packets per second of the producer");
    private readonly Option<double> _duration = new("--duration") { Description = "seconds measured", DefaultValueFactory = _ => 8 };
    private readonly Option<double> _warmUp = new("--warm-up") { Description = "seconds before that", DefaultValueFactory = _ => 2 };
    private readonly Option<int[]> _bursts = new("--burst") { Description = "packets that the producer sends at a time (repeatable)", DefaultValueFactory = _ => [1, 4] };
    private readonly Option<string[]> _scenarios = new("--scenario") { Description = "plain, webrtc, webrtc-server, consumers or data (repeatable)", DefaultValueFactory = _ => AllScenarios };
    private readonly Option<string[]> _suites = new("--suite") { Description = "SRTP suite (repeatable)", DefaultValueFactory = _ => ["AEAD_AES_128_GCM"] };
    private readonly Option<int> _spawns = Number("--spawns", 60, 1, "processes of each kind started for the start-up figures");
    private readonly Option<bool> _noStartup = new("--no-startup") { Description = "leave start-up time and memory out" };
    private readonly Option<bool> _noForwarding = new("--no-forwarding") { Description = "leave forwarding out" };

    public LoadTestCommand()
        : base("Measures mediasoup workers: start-up, idle memory, and CPU time per forwarded packet.")
    {
        _scenarios.AcceptOnlyFromAmong(AllScenarios);
        _suites.AcceptOnlyFromAmong(Suites.Names);
        Option[] options = [_workers, _rounds, _consumers, _rate, _duration, _warmUp, _bursts, _scenarios, _suites, _spawns, _noStartup, _noForwarding];
        foreach (var option in options)
        {
            Options.Add(option);
        }

        SetAction((parsed, _) => RunAsync(parsed));
        Subcommands.Add(new ChurnCommand());
    }

    private static string[] AllScenarios => [.. Scenarios.Names, ConsumersBench.Name, DataBench.Name];

    private static Option<int> Number(string name, int usual, int least, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least)
            {
                result.AddError($"{name} must be at least {least}.");
            }
        });
        return option;
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("The load test reads /proc and needs Linux.");
            return 1;
        }

        try
        {
            WorkerBinary[] workers = [.. parsed.GetValue(_workers)!.Select(WorkerBinary.Find)];
            await IntroduceAsync(workers);
            var areGoalsMet = true;
            if (!parsed.GetValue(_noStartup))
            {
                areGoalsMet &= StartupBench.Run(workers, parsed.GetValue(_spawns));
                areGoalsMet &= await MemoryBench.RunAsync(workers);
            }

            var isTrustworthy = true;
            if (!parsed.GetValue(_noForwarding))
            {
                isTrustworthy = await ForwardingBench.RunAsync(workers, [.. CasesOf(parsed)], parsed.GetValue(_rounds));
                if (parsed.GetValue(_scenarios)!.Contains(ConsumersBench.Name))
                {
                    isTrustworthy &= await ConsumersBench.RunAsync(
                        workers,
                        parsed.GetValue(_rounds),
                        parsed.GetValue(_consumers),
                        parsed.GetValue(_rate),
                        parsed.GetValue(_bursts)!,
                        TimeSpan.FromSeconds(parsed.GetValue(_duration)),
                        TimeSpan.FromSeconds(parsed.GetValue(_warmUp)));
                }

                if (parsed.GetValue(_scenarios)!.Contains(DataBench.Name))
                {
                    isTrustworthy &= await DataBench.RunAsync(
                        workers,
                        parsed.GetValue(_rounds),
                        TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
                        TimeSpan.FromSeconds(parsed.GetValue(_duration)));
                }
            }

            Console.WriteLine();
            Console.WriteLine(
                (areGoalsMet ? "Start-up and memory goals: met or not asked for." : "Start-up and memory goals: MISSED, see above.")
                + (isTrustworthy ? "" : " Read the forwarding figures with the remarks below them."));
            return 0;
        }
        catch (Exception fault) when (fault is IOException or InvalidOperationException or TimeoutException or Model.RequestException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine($"load test: {fault.Message}");
            return 1;
        }
    }

    private static async Task IntroduceAsync(WorkerBinary[] workers)
    {
        Console.WriteLine($"Machine: {Machine.Describe()}");
        foreach (var worker in workers)
        {
            await using var running = await SpawnedWorker.StartAsync(worker);
            Console.WriteLine($"Worker {worker.Label}: {running.Executable} (as /proc/PID/exe says), {new FileInfo(worker.Path).Length / 1048576.0:0.0} MiB");
        }
    }

    private IEnumerable<ForwardingCase> CasesOf(ParseResult parsed) =>
        from scenario in parsed.GetValue(_scenarios)!.Intersect(Scenarios.Names)
        from suite in parsed.GetValue(_suites)!
        from burst in parsed.GetValue(_bursts)!
        select new ForwardingCase(
            Scenarios.ByName(scenario),
            Suites.ProfileOf(suite),
            parsed.GetValue(_consumers),
            parsed.GetValue(_rate),
            Math.Max(1, burst),
            TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
            TimeSpan.FromSeconds(parsed.GetValue(_duration)));
}
