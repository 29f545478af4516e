namespace Bisque.Engine.Tests.Monkey;

/// <summary>Whatever a controller, its peers and the network do, in whatever order: the worker goes on, and closing it leaves nothing.</summary>
public sealed class MonkeyTests
{
    private const int StepsOfOneSeed = 300;

    /// <summary>A longer run: more seeds than the few that are tried each time, by the environment, from where they start.</summary>
    private static readonly ulong FirstSeed = ulong.Parse(Environment.GetEnvironmentVariable("MONKEY_FIRST_SEED") ?? "1");
    private static readonly ulong Seeds = ulong.Parse(Environment.GetEnvironmentVariable("MONKEY_SEEDS") ?? "12");

    [Fact]
    public void Nothing_that_happens_in_any_order_faults_a_transport_or_leaves_something_behind()
    {
        var whatHappened = new Dictionary<string, long>();
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            Run(new Monkey(seed), seed, whatHappened);
        }

        // A world in which nothing passes would prove nothing.
        Assert.True(
            whatHappened.All(kind => kind.Value > 0), string.Join(", ", whatHappened.Select(kind => $"{kind.Key}: {kind.Value}")));
    }

    [Fact]
    public void A_fault_anywhere_ends_its_transport_and_leaves_nothing_behind_either()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            Run(new Monkey(seed, injectsFaults: true), seed, []);
        }
    }

    private static void Run(Monkey monkey, ulong seed, Dictionary<string, long> whatHappened)
    {
        using (monkey)
        {
            Try(monkey, seed, whatHappened);
        }
    }

    private static void Try(Monkey monkey, ulong seed, Dictionary<string, long> whatHappened)
    {
        try
        {
            for (var step = 0; step < StepsOfOneSeed; step++)
            {
                monkey.Step();
            }

            monkey.CloseAndCheck();
            foreach (var (kind, count) in monkey.WhatHappened())
            {
                whatHappened[kind] = whatHappened.GetValueOrDefault(kind) + count;
            }
        }
        catch (Exception failure)
        {
            Assert.Fail($"seed {seed}, after {string.Join(", ", monkey.LastActions)}: {failure}");
        }
    }
}
