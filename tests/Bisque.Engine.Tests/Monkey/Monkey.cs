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

    private readonly bool _injectsFaults;

    public Monkey(ulong seed, bool injectsFaults = false)
    {
        _injectsFaults = injectsFaults;
        _random = new SeededRandomSource(seed);
        _mutator = new Mutator(seed);
        _world = new World(seed);
        _rentedByTheLoop = _world.Loop.Packets.Rented;
        _routers.Add(_world.Router);
        _actions = [.. ControllerActions(), .. PeerActions()];
        _totalWeight = _actions.Sum(action => action.Weight);
        if (injectsFaults)
        {
            _world.Worker.Context.InjectFault = Fault;
        }

        Try(CreateServer);
        Try(ConnectPlain);
        Try(ConnectBrowser);
        Try(ConnectBrowser);
        Try(Produce);
        Try(Produce);
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
            LetTimePass(Chance(12) ? Number(0, 40_000) : Number(0, 60));
        }

        CheckFaults();
    }

    /// <summary>Meanwhile most browsers say that they are still there.</summary>
    private void LetTimePass(int milliseconds)
    {
        const int CheckInterval = 4000;
        for (; milliseconds > 0; milliseconds -= CheckInterval)
        {
            foreach (var browser in _peers.OfType<WebRtcPeer>())
            {
                if (!Chance(4))
                {
                    browser.SendCheck();
                }
            }

            _world.Run(Math.Min(milliseconds, CheckInterval));
        }
    }

    public void CloseAndCheck()
    {
        Remember("close the worker");
        _world.Worker.Dispose();
        _world.Run(5000);
        CheckFaults();
        Assert.Equal(0, _world.Network.SocketCount);
        Assert.Equal(0, _world.Network.ListenerCount);
        Assert.Equal(0, _world.Network.StreamCount);
        Assert.Equal(0, _world.Loop.ActiveTimers);
        Assert.Empty(_world.Worker.Dump().ChannelMessageHandlers.ChannelRequestHandlers);
        Assert.Empty(_world.Worker.Dump().ChannelMessageHandlers.ChannelNotificationHandlers);
        Assert.Equal(_rentedByTheLoop, _world.Loop.Packets.Rented);
    }

    /// <summary>How often things happened that show that the world was alive.</summary>
    public IEnumerable<(string Kind, long Count)> WhatHappened()
    {
        var browsers = _peers.OfType<WebRtcPeer>().ToArray();
        yield return ("browsers", browsers.Length);
        yield return ("handshakes", browsers.Count(peer => peer.DtlsStates.Contains(Dtls.DtlsState.Connected)));
        yield return ("consumers", _consumerIds.Count);
        yield return ("producers", _producerIds.Count);
        yield return ("RTP to plain endpoints", _peers.OfType<PlainPeer>().Sum(peer => peer.Rtp.Count));
        yield return ("RTP to browsers", browsers.Sum(peer => peer.Rtp.Count));
        yield return ("RTP over TCP", browsers.Where(peer => peer.LastStream is not null).Sum(peer => peer.Rtp.Count));
        yield return ("RTP to the owner", _world.Events.Of<ConsumerRtpEvent>().Count());
        yield return ("RTCP", _peers.Sum(peer => peer.Rtcp.Count));
        yield return ("retransmissions", _peers.Sum(peer => peer.Rtp.Count(packet => packet.PayloadType == Media.ConsumedVideoRtxPayloadType)));
        yield return ("messages to plain endpoints", _peers.OfType<PlainPeer>().Sum(peer => peer.Sctp?.MessageCount ?? 0));
        yield return ("messages to browsers", browsers.Sum(peer => peer.Sctp?.MessageCount ?? 0));
        yield return ("messages to the owner", _world.Events.DirectMessages);
        yield return ("layer changes", _world.Events.Of<ConsumerLayersChangeEvent>().Count());
        yield return ("traces", _world.Events.Of<ConsumerTraceEvent>().Count());
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

    private void CheckFaults()
    {
        if (!_injectsFaults)
        {
            Assert.Equal(0, _world.Worker.FaultCount);
        }

        Assert.DoesNotContain(_world.Events.Logs, line => line.Text.Contains("could not be wound up", StringComparison.Ordinal));
    }

    private void Fault(Internal.FaultPoint point, Transport transport)
    {
        if (Chance(400))
        {
            Remember($"fault at {point}");
            throw new InvalidOperationException($"injected at {point} of {transport.Id}");
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

    /// <summary>Mostly one of those that came last, and so may still be there.</summary>
    private T PickRecent<T>(IReadOnlyList<T> list) => Chance(6) ? Pick(list) : Pick([.. list.TakeLast(8)]);

    private byte[] Bytes(int maximum)
    {
        var bytes = new byte[Number(0, maximum)];
        _random.Fill(bytes);
        return bytes;
    }
}
