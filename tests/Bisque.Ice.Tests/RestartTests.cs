using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Ice.Tests;

/// <summary>ICE restart (RFC 8445 section 9).</summary>
public sealed class RestartTests
{
    private readonly AgentUnderTest _test = new();

    [Fact]
    public void Old_credentials_stay_valid_until_the_new_ones_are_used()
    {
        var old = _test.Agent.Credentials;
        _test.Receive(1, useCandidate: true);

        var fresh = _test.Agent.Restart(_test.Now);

        Assert.Equal(fresh, _test.Agent.Credentials);
        Assert.Equal(old, _test.Agent.PreviousCredentials);
        Assert.NotEqual(old, fresh);
        Assert.Equal(["added 2", "selected 2"], _test.Receive(2, useCandidate: true, credentials: old));
        Assert.True(_test.LastAnswerWasMadeWith(old));

        Assert.Equal([$"dropped {old.UsernameFragment}"], _test.Receive(2, useCandidate: true, credentials: fresh));
        Assert.True(_test.LastAnswerWasMadeWith(fresh));
        Assert.Null(_test.Agent.PreviousCredentials);

        Assert.Empty(_test.Receive(3, credentials: old));
        Assert.Equal(401, _test.LastAnswer());
    }

    [Fact]
    public void A_second_restart_drops_the_oldest_credentials_at_once()
    {
        var first = _test.Agent.Credentials;
        var second = _test.Agent.Restart(_test.Now);
        Assert.Empty(_test.Events.Take());

        _test.Agent.Restart(_test.Now);

        Assert.Equal([$"dropped {first.UsernameFragment}"], _test.Events.Take());
        Assert.Equal(second, _test.Agent.PreviousCredentials);
        _test.Receive(1, credentials: first);
        Assert.Equal(401, _test.LastAnswer());
        _test.Receive(1, credentials: second);
        Assert.Equal(0, _test.LastAnswer());
    }

    [Fact]
    public void Credentials_of_two_generations_do_not_mix()
    {
        var old = _test.Agent.Credentials;
        var fresh = _test.Agent.Restart(_test.Now);

        _test.Receive(1, credentials: new IceCredentials(old.UsernameFragment, fresh.Password));
        Assert.Equal(401, _test.LastAnswer());
        _test.Receive(1, credentials: new IceCredentials(fresh.UsernameFragment, old.Password));
        Assert.Equal(401, _test.LastAnswer());
        Assert.Equal(old, _test.Agent.PreviousCredentials);
    }

    [Fact]
    public void A_restart_keeps_the_connection_and_forgets_the_last_nomination()
    {
        _test.Receive(1, nomination: 9);

        var fresh = _test.Agent.Restart(_test.Now);

        Assert.Equal(IceState.Completed, _test.Agent.State);
        Assert.Equal(1, _test.SelectedPort);
        Assert.Contains("selected 2", _test.Receive(2, nomination: 1, credentials: fresh));
    }

    [Fact]
    public void A_restart_renews_consent_only_when_there_was_some()
    {
        _test.Agent.Restart(_test.Now);
        Assert.Equal(MonotonicTime.Never, _test.Agent.NextDeadline);

        _test.Receive(1);
        _test.Now = 9000.Milliseconds();
        _test.Agent.Restart(_test.Now);
        Assert.Equal(39_000.Milliseconds(), _test.Agent.NextDeadline);
    }
}
