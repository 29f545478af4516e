using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Ice.Tests;

/// <summary>The peer's consent and its end (RFC 7675).</summary>
public sealed class ConsentTests
{
    [Fact]
    public void Without_checks_all_tuples_go_after_the_timeout()
    {
        var test = new AgentUnderTest();
        test.Receive(1);
        test.Receive(2);

        Assert.Empty(test.RunUntil(30_999.Milliseconds()));
        Assert.Equal(["removed 2", "removed 1", "state Disconnected"], test.RunUntil(31_000.Milliseconds()));
        Assert.Equal(0, test.Agent.TupleCount);
        Assert.Null(test.SelectedPort);
        Assert.Equal(MonotonicTime.Never, test.Agent.NextDeadline);
    }

    [Fact]
    public void Each_valid_check_renews_consent()
    {
        var test = new AgentUnderTest();
        for (var second = 1; second < 100; second += 25)
        {
            test.RunUntil(MonotonicTime.FromMilliseconds(second * 1000));
            test.Receive(1);
        }

        Assert.Equal(IceState.Connected, test.Agent.State);
        Assert.Equal(MonotonicTime.FromMilliseconds((76 + 30) * 1000), test.Agent.NextDeadline);
    }

    [Fact]
    public void A_check_that_is_refused_renews_nothing()
    {
        var test = new AgentUnderTest();
        test.Receive(1);
        test.RunUntil(20_000.Milliseconds());

        test.Receive(1, credentials: new IceCredentials("x", "y"));

        Assert.Equal(31_000.Milliseconds(), test.Agent.NextDeadline);
    }

    [Fact]
    public void The_next_valid_check_brings_the_connection_back()
    {
        var test = new AgentUnderTest();
        test.Receive(1, useCandidate: true);
        test.RunUntil(40_000.Milliseconds());

        Assert.Equal(["added 2", "selected 2", "state Completed"], test.Receive(2, useCandidate: true));
        Assert.Equal(70_000.Milliseconds(), test.Agent.NextDeadline);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(10, 10)]
    [InlineData(25, 25)]
    [InlineData(300, 60)]
    public void The_timeout_is_brought_into_ten_to_sixty_seconds(int asked, int effective)
    {
        var test = new AgentUnderTest(new IceLiteAgentOptions { ConsentTimeout = TimeSpan.FromSeconds(asked) });
        test.Receive(1);

        Assert.Equal(test.Now + TimeSpan.FromSeconds(effective), test.Agent.NextDeadline);
    }

    [Fact]
    public void A_timeout_of_zero_means_forever()
    {
        var test = new AgentUnderTest(new IceLiteAgentOptions { ConsentTimeout = TimeSpan.Zero });
        test.Receive(1, useCandidate: true);

        Assert.Equal(MonotonicTime.Never, test.Agent.NextDeadline);
        test.Agent.OnDeadline(MonotonicTime.FromMilliseconds(1_000_000_000));
        Assert.Equal(IceState.Completed, test.Agent.State);
    }
}
