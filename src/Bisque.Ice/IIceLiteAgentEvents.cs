namespace Bisque.Ice;

/// <summary>
/// What an <see cref="IceLiteAgent"/> wants done. Called from within its methods; the agent may be called back from here, its state
/// is already the new one.
/// </summary>
public interface IIceLiteAgentEvents
{
    /// <summary>Send a response. The span is valid during the call only.</summary>
    void SendStun(ReadOnlySpan<byte> packet, in IceTuple tuple);

    /// <summary>From now on packets go out over <paramref name="tuple"/>. Comes before a change of state with the same cause.</summary>
    void SelectedTupleChanged(in IceTuple tuple);

    /// <summary>The state is another one now.</summary>
    void StateChanged(IceState state);

    /// <summary>A tuple became valid: packets from it belong to this agent.</summary>
    void TupleAdded(in IceTuple tuple)
    {
    }

    /// <summary>A tuple is no longer valid, by eviction, expiry or <see cref="IceLiteAgent.RemoveTuple"/>. A TCP connection behind it is to be closed.</summary>
    void TupleRemoved(in IceTuple tuple);

    /// <summary>Old credentials lost their validity: the peer used the new ones, or another restart pushed the old ones out.</summary>
    void CredentialsConfirmed(IceCredentials dropped);
}
