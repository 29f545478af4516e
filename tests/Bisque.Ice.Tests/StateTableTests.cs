using Bisque.Testing;

namespace Bisque.Ice.Tests;

/// <summary>Each row of the table of states and requests.</summary>
public sealed class StateTableTests
{
    private readonly AgentUnderTest _test = new();

    public static TheoryData<bool> NewOrDisconnected => [false, true];

    [Theory]
    [MemberData(nameof(NewOrDisconnected))]
    public void A_plain_check_connects(bool wasDisconnected)
    {
        Begin(wasDisconnected);

        Assert.Equal(["added 1", "selected 1", "state Connected"], _test.Receive(1));
    }

    [Theory]
    [MemberData(nameof(NewOrDisconnected))]
    public void A_nominating_check_completes_at_once(bool wasDisconnected)
    {
        Begin(wasDisconnected);

        Assert.Equal(["added 1", "selected 1", "state Completed"], _test.Receive(1, useCandidate: true));
    }

    [Theory]
    [MemberData(nameof(NewOrDisconnected))]
    public void A_first_nomination_completes_at_once(bool wasDisconnected)
    {
        Begin(wasDisconnected);

        Assert.Equal(["added 1", "selected 1", "state Completed"], _test.Receive(1, nomination: 1));
    }

    [Theory]
    [MemberData(nameof(NewOrDisconnected))]
    public void A_stale_nomination_only_adds_the_tuple(bool wasDisconnected)
    {
        Begin(wasDisconnected);
        var state = _test.Agent.State;

        Assert.Equal(["added 1"], _test.Receive(1, useCandidate: true, nomination: 0));
        Assert.Equal(state, _test.Agent.State);
        Assert.Null(_test.SelectedPort);
        Assert.True(_test.Agent.IsValidTuple(AgentUnderTest.Tuple(1)));
        Assert.Equal(Primitives.MonotonicTime.Never, _test.Agent.NextDeadline);
    }

    [Fact]
    public void When_connected_a_plain_check_only_adds_a_new_tuple()
    {
        _test.Receive(1);

        Assert.Equal(["added 2"], _test.Receive(2));
        Assert.Empty(_test.Receive(2));
        Assert.Equal(1, _test.SelectedPort);
    }

    [Fact]
    public void When_connected_a_nominating_check_completes()
    {
        _test.Receive(1);

        Assert.Equal(["added 2", "selected 2", "state Completed"], _test.Receive(2, useCandidate: true));
    }

    [Fact]
    public void When_connected_nominating_the_selected_tuple_only_completes()
    {
        _test.Receive(1);

        Assert.Equal(["state Completed"], _test.Receive(1, nomination: 4));
    }

    [Fact]
    public void When_connected_a_stale_nomination_only_adds_the_tuple()
    {
        _test.Receive(1);

        Assert.Equal(["added 2"], _test.Receive(2, useCandidate: true, nomination: 0));
        Assert.Equal(IceState.Connected, _test.Agent.State);
    }

    [Fact]
    public void When_completed_a_nominating_check_selects_again()
    {
        _test.Receive(1, useCandidate: true);

        Assert.Equal(["added 2", "selected 2"], _test.Receive(2, useCandidate: true));
        Assert.Empty(_test.Receive(2, useCandidate: true));
        Assert.Equal(["selected 1"], _test.Receive(1, useCandidate: true));
    }

    [Fact]
    public void When_completed_a_greater_nomination_selects_again()
    {
        _test.Receive(1, nomination: 5);

        Assert.Equal(["added 2", "selected 2"], _test.Receive(2, nomination: 6));
        Assert.Empty(_test.Receive(1, nomination: 6));
        Assert.Equal(["selected 1"], _test.Receive(1, nomination: 7));
    }

    [Fact]
    public void When_completed_USE_CANDIDATE_counts_beside_a_stale_nomination()
    {
        _test.Receive(1, nomination: 5);

        Assert.Equal(["added 2", "selected 2"], _test.Receive(2, useCandidate: true, nomination: 5));

        // The stale number did not become the last one.
        Assert.Equal(["selected 1"], _test.Receive(1, nomination: 6));
    }

    [Fact]
    public void When_completed_a_plain_check_or_a_stale_nomination_only_adds_a_new_tuple()
    {
        _test.Receive(1, nomination: 5);

        Assert.Equal(["added 2"], _test.Receive(2));
        Assert.Equal(["added 3"], _test.Receive(3, nomination: 5));
        Assert.Equal(1, _test.SelectedPort);
    }

    [Fact]
    public void The_older_number_of_NOMINATION_counts_as_well()
    {
        _test.Receive(1, nomination: 5);
        var check = new Check(_test.Agent.Credentials) { Nomination = 6, NominationType = StunAttributeType.NominationOld };

        Assert.Equal(["added 2", "selected 2"], _test.Receive(2, check));
    }

    [Fact]
    public void The_last_nomination_is_forgotten_when_disconnected()
    {
        _test.Receive(1, nomination: 5);
        _test.RunUntil(100_000.Milliseconds());

        Assert.Equal(["added 1", "selected 1", "state Completed"], _test.Receive(1, nomination: 1));
    }

    private void Begin(bool wasDisconnected)
    {
        if (wasDisconnected)
        {
            _test.Receive(9);
            _test.RunUntil(100_000.Milliseconds());
            Assert.Equal(IceState.Disconnected, _test.Agent.State);
        }
    }
}
