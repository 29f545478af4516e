using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Ice.Tests;

/// <summary>Tuples coming and going.</summary>
public sealed class TupleTests
{
    private readonly AgentUnderTest _test = new();

    [Fact]
    public void A_ninth_tuple_pushes_out_the_oldest_that_is_not_selected()
    {
        for (var port = 1; port <= 8; port++)
        {
            _test.Receive(port);
        }

        Assert.Equal(1, _test.SelectedPort);
        Assert.Equal(["added 9", "removed 2"], _test.Receive(9));
        Assert.Equal(["added 10", "removed 3", "selected 10", "state Completed"], _test.Receive(10, useCandidate: true));
        Assert.Equal(["added 11", "removed 1"], _test.Receive(11));
        Assert.Equal(IceLiteAgent.MaximumTuples, _test.Agent.TupleCount);
        Assert.False(_test.Agent.IsValidTuple(AgentUnderTest.Tuple(1)));
    }

    [Fact]
    public void A_tuple_nominated_on_arrival_is_never_the_one_pushed_out()
    {
        for (var port = 1; port <= 30; port++)
        {
            _test.Receive(port, useCandidate: true);

            Assert.Equal(port, _test.SelectedPort);
            Assert.True(_test.Agent.IsValidTuple(AgentUnderTest.Tuple(port)));
        }
    }

    [Fact]
    public void Media_from_a_valid_tuple_selects_it()
    {
        _test.Receive(1);
        _test.Receive(2);

        _test.Agent.OnMediaFrom(AgentUnderTest.Tuple(2));
        _test.Agent.OnMediaFrom(AgentUnderTest.Tuple(2));
        _test.Agent.OnMediaFrom(AgentUnderTest.Tuple(3));

        Assert.Equal(["selected 2"], _test.Events.Take());
    }

    [Fact]
    public void Media_selects_nothing_before_the_agent_is_connected()
    {
        _test.Receive(1, useCandidate: true, nomination: 0);

        _test.Agent.OnMediaFrom(AgentUnderTest.Tuple(1));

        Assert.Null(_test.SelectedPort);
    }

    [Fact]
    public void The_local_address_and_the_protocol_tell_tuples_apart()
    {
        _test.Receive(1);
        var tuple = AgentUnderTest.Tuple(1);

        Assert.True(_test.Agent.IsValidTuple(tuple));
        Assert.False(_test.Agent.IsValidTuple(tuple with { Protocol = TransportProtocol.Tcp }));
        Assert.False(_test.Agent.IsValidTuple(tuple with { Local = AgentUnderTest.Address("192.0.2.11", 40000) }));
    }

    [Fact]
    public void Removing_the_selected_tuple_selects_the_newest_of_the_others_and_renews_consent()
    {
        _test.Receive(1);
        _test.Receive(2);
        _test.Receive(3);
        _test.Now = 5000.Milliseconds();

        _test.Agent.RemoveTuple(AgentUnderTest.Tuple(1), _test.Now);

        Assert.Equal(["removed 1", "selected 3"], _test.Events.Take());
        Assert.Equal(35_000.Milliseconds(), _test.Agent.NextDeadline);
        Assert.Equal(IceState.Connected, _test.Agent.State);
    }

    [Fact]
    public void Removing_another_tuple_changes_nothing_else()
    {
        _test.Receive(1);
        _test.Receive(2);

        _test.Agent.RemoveTuple(AgentUnderTest.Tuple(2), _test.Now);
        _test.Agent.RemoveTuple(AgentUnderTest.Tuple(7), _test.Now);

        Assert.Equal(["removed 2"], _test.Events.Take());
        Assert.Equal(1, _test.SelectedPort);
    }

    [Fact]
    public void Removing_the_last_tuple_disconnects()
    {
        _test.Receive(1);

        _test.Agent.RemoveTuple(_test.Agent.SelectedTuple!.Value, _test.Now);

        Assert.Equal(["removed 1", "state Disconnected"], _test.Events.Take());
        Assert.Null(_test.SelectedPort);
        Assert.Equal(MonotonicTime.Never, _test.Agent.NextDeadline);
        Assert.Equal(["added 1", "selected 1", "state Connected"], _test.Receive(1));
    }

    [Fact]
    public void An_owner_that_removes_a_tuple_while_it_is_told_so_does_no_harm()
    {
        _test.Receive(1);
        _test.Receive(2);
        _test.Events.OnTupleRemoved = removed => _test.Agent.RemoveTuple(removed, _test.Now);

        Assert.Equal(["removed 2", "removed 1", "state Disconnected"], _test.RunUntil(100_000.Milliseconds()));
    }

}
