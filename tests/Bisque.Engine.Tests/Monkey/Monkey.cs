using Bisque.Engine.Tests.Worlds;
using Bisque.Model;
using Bisque.Testing;

namespace Bisque.Engine.Tests.Monkey;

/// <summary>
/// A controller, peers and a network without sense: each step does one thing, chosen by a seed. Requests may be refused; nothing may
/// throw anything else.
/// </summary>
internal sealed partial class Monkey : IDisposable
{
    private const int ActionsRemembered = 25;

    private readonly World _world;
    private readonly SeededRandomSource _random;
    private readonly Mutator _mutator;
    private readonly Queue<string> _lastActions = new();
    private readonly List<Router> _routers = [];
    private readonly List<(string Name, int Weight, Action Do)> _actions;
    private readonly int _totalWeight;
    private readonly int _rentedByTheLoop;

    public Monkey(ulong seed)
    {
        _random = new SeededRandomSource(seed);
        _mutator = new Mutator(seed);
        _world = new World(seed);
        _rentedByTheLoop = _world.Loop.Packets.Rented;
        _routers.Add(_world.Router);
        _actions = [.. ControllerActions(), .. PeerActions()];
        _totalWeight = _actions.Sum(action => action.Weight);
        Try(CreateServer);
        Try(ConnectPlain);
        Try(ConnectPlain);
        Try(CreateDirect);
    }

    public IEnumerable<string> LastActions => _lastActions;

    public void Step()
    {
        var at = Number(0, _totalWeight - 1);
        foreach (var (name, weight, action) in _actions)
        {
            at -= weight;
            if (at < 0)
            {
                Remember(name);
                Try(action);
                break;
            }
        }

        if (Chance(3))
        {
            _world.Run(Chance(8) ? Number(0, 40_000) : Number(0, 60));
        }

        Assert.Equal(0, _world.Worker.FaultCount);
    }

    public void CloseAndCheck()
    {
        Remember("close the worker");
        _world.Worker.Dispose();
        _world.Run(5000);
        Assert.Equal(0, _world.Worker.FaultCount);
        Assert.Equal(0, _world.Network.SocketCount);
        Assert.Equal(0, _world.Network.ListenerCount);
        Assert.Equal(0, _world.Network.StreamCount);
        Assert.Equal(0, _world.Loop.ActiveTimers);
        Assert.Empty(_world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers);
        Assert.Empty(_world.Worker.Dump().ChannelMessageHandlers.ChannelNotificationHandlers);
        Assert.Equal(_rentedByTheLoop, _world.Loop.Packets.Rented);
    }

    public void Dispose() => _world.Dispose();

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (RequestException)
        {
            // The controller asked for something that makes no sense, and was told so.
        }
    }

    private void Remember(string action)
    {
        _lastActions.Enqueue(action);
        if (_lastActions.Count > ActionsRemembered)
        {
            _lastActions.Dequeue();
        }
    }

    private int Number(int minimum, int maximum) => _random.NextInt32(minimum, maximum);

    private bool Chance(int oneIn) => Number(1, oneIn) == 1;

    private T Pick<T>(IReadOnlyList<T> list) =>
        list.Count == 0 ? throw RequestException.NotFound("there is none yet") : list[Number(0, list.Count - 1)];

    private byte[] Bytes(int maximum)
    {
        var bytes = new byte[Number(0, maximum)];
        _random.Fill(bytes);
        return bytes;
    }
}
