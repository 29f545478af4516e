using Bisque.Channel;
using Bisque.LoadTest.Endpoints;
using Bisque.LoadTest.Media;
using Bisque.LoadTest.Processes;
using Bisque.Model;

namespace Bisque.LoadTest.Forwarding;

/// <summary>One producer and its consumers, each on a transport of its own, in one router.</summary>
internal sealed class Room : IAsyncDisposable
{
    private readonly LoopThread _loop = new();
    private readonly List<MediaEndpoint> _endpoints = [];
    private readonly List<MediaReceiver> _receivers = [];
    private MediaSender _sender = null!;

    public static async Task<Room> CreateAsync(SpawnedWorker worker, ForwardingCase what)
    {
        var room = new Room();
        await room.FillAsync(worker, what);
        return room;
    }

    public Task StartAsync() => _loop.InvokeAsync(() => _sender.Start());

    public Task StopAsync() => _loop.InvokeAsync(() => _sender.Stop());

    /// <summary>All counts at one moment.</summary>
    public Task<RoomCounts> CountAsync() => _loop.InvokeAsync(() => new RoomCounts(
        _sender.Sent,
        _receivers.Sum(receiver => receiver.Packets),
        _receivers.Sum(receiver => receiver.Jumps),
        _receivers.Sum(receiver => receiver.Sampled),
        _receivers.Sum(receiver => receiver.Wrong),
        _receivers.Sum(receiver => receiver.Foreign),
        _receivers.Min(receiver => receiver.Packets),
        _sender.WorstDelay));

    public async ValueTask DisposeAsync()
    {
        await _loop.InvokeAsync(() =>
        {
            _sender?.Stop();
            foreach (var endpoint in _endpoints)
            {
                endpoint.Dispose();
            }
        });
        _loop.Dispose();
    }

    private async Task FillAsync(SpawnedWorker worker, ForwardingCase what)
    {
        const string RouterId = "router";
        const string ProducerId = "producer";
        var isWebRtc = what.Scenario != Scenario.Plain;
        var descriptions = new MediaDescriptions(isWebRtc, what.Kind);
        await worker.DoAsync(RequestMethod.WorkerCreateRouter, "", new CreateRouterRequest { RouterId = RouterId });
        var transports = new TransportFactory(worker, RouterId, _loop);
        if (what.Scenario == Scenario.WebRtcServer)
        {
            await transports.CreateServerAsync("server");
        }

        var source = await transports.CreateAsync(what.Scenario, "transport-0", what.Profile);
        _endpoints.Add(source);
        await worker.AskAsync<ProduceResponse>(RequestMethod.TransportProduce, "transport-0", descriptions.Produce(ProducerId));
        for (var i = 1; i <= what.Consumers; i++)
        {
            var id = $"transport-{i}";
            var endpoint = await transports.CreateAsync(what.Scenario, id, what.Profile);
            _endpoints.Add(endpoint);
            _receivers.Add(await _loop.InvokeAsync(() => new MediaReceiver(endpoint, i, descriptions.ConsumerStreams)));
            await worker.AskAsync<ConsumeResponse>(RequestMethod.TransportConsume, id, descriptions.Consume($"consumer-{i}", ProducerId, i));
        }

        var media = what.CreateSource();
        _sender = await _loop.InvokeAsync(() => new MediaSender(source, isWebRtc ? StreamNames.Mid : null, media, what.Rate, what.Burst));
    }
}

/// <summary>What was sent and received, all receivers together.</summary>
internal readonly record struct RoomCounts(
    long Sent, long Received, long Jumps, long Sampled, long Wrong, long Foreign, long FewestPackets, TimeSpan WorstDelay);
