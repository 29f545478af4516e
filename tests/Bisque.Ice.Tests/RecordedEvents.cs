namespace Bisque.Ice.Tests;

/// <summary>Writes down what an agent wanted done, in order.</summary>
internal sealed class RecordedEvents : IIceLiteAgentEvents
{
    public List<string> Log { get; } = [];

    public List<byte[]> Responses { get; } = [];

    public IceTuple LastResponseTuple { get; private set; }

    /// <summary>Called inside TupleRemoved, as the owner of a TCP connection would call back.</summary>
    public Action<IceTuple>? OnTupleRemoved { get; set; }

    public void SendStun(ReadOnlySpan<byte> packet, in IceTuple tuple)
    {
        Responses.Add(packet.ToArray());
        LastResponseTuple = tuple;
    }

    public void SelectedTupleChanged(in IceTuple tuple) => Log.Add($"selected {tuple.Remote.Port}");

    public void StateChanged(IceState state) => Log.Add($"state {state}");

    public void TupleAdded(in IceTuple tuple) => Log.Add($"added {tuple.Remote.Port}");

    public void TupleRemoved(in IceTuple tuple)
    {
        Log.Add($"removed {tuple.Remote.Port}");
        OnTupleRemoved?.Invoke(tuple);
    }

    public void CredentialsConfirmed(IceCredentials dropped) => Log.Add($"dropped {dropped.UsernameFragment}");

    /// <summary>What was written down since the last call.</summary>
    public string[] Take()
    {
        string[] taken = [.. Log];
        Log.Clear();
        return taken;
    }
}
