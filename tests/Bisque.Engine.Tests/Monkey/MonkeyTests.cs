namespace Bisque.Engine.Tests.Monkey;

/// <summary>Whatever a controller, its peers and the network do, in whatever order: the worker goes on, and closing it leaves nothing.</summary>
public sealed class MonkeyTests
{
    private const int StepsOfOneSeed = 150;

    /// <summary>A longer run: more seeds than the few that are tried each time, by the environment, from where they start.</summary>
    private static readonly ulong FirstSeed = ulong.Parse(Environment.GetEnvironmentVariable("MONKEY_FIRST_SEED") ?? "1");
    private static readonly ulong Seeds = ulong.Parse(Environment.GetEnvironmentVariable("MONKEY_SEEDS") ?? "40");

    [Fact]
    public void Nothing_that_happens_in_any_order_faults_a_transport_or_leaves_something_behind()
    {
        for (var seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
        {
            Run(seed);
        }
    }

    private static void Run(ulong seed)
    {
        using var monkey = new Monkey(seed);
        try
        {
            for (var step = 0; step < StepsOfOneSeed; step++)
            {
                monkey.Step();
            }

            monkey.CloseAndCheck();
        }
        catch (Exception failure)
        {
            Assert.Fail($"seed {seed}, after {string.Join(", ", monkey.LastActions)}: {failure}");
        }
    }
}
