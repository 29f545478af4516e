using Bisque.Channel;
using Bisque.LoadTest.Endpoints;
using Bisque.LoadTest.Forwarding;
using Bisque.LoadTest.Media;
using Bisque.LoadTest.Processes;
using Bisque.Model;
using Bisque.Srtp;

namespace Bisque.LoadTest.Churn;

/// <summary>Opens a router with transports, a producer and consumers, in one of several states of life, and closes it all.</summary>
internal sealed class ChurnCycle(SpawnedWorker worker, LoopThread loop, int number) : IAsyncDisposable
{
    private const string ProducerId = "producer";
    private const int PacketsPerSecond = 2000;
    private const int EnoughPackets = 20;
    private const int EnoughMessages = 4;
    private const int MessageSize = 16 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string _routerId = $"router-{number}";
    private readonly List<MediaEndpoint> _endpoints = [];
    private TransportFactory _transports = null!;

    public async Task RunAsync()
    {
        _transports = new TransportFactory(worker, _routerId, loop);
        await worker.DoAsync(RequestMethod.WorkerCreateRouter, "", new CreateRouterRequest { RouterId = _routerId });
        switch (number % 8)
        {
            case 0:
                await WithTrafficAsync(Scenario.WebRtc);
                await CloseTransportsAsync();
                break;
            case 1:
                await WithTrafficAsync(Scenario.Plain);
                break;
            case 2:
                await InHandshakeAsync();
                await CloseTransportsAsync();
                break;
            case 3:
                await _transports.CreateServerAsync($"server-{number}");
                await WithTrafficAsync(Scenario.WebRtcServer);
                await CloseTransportsAsync();
                break;
            case 4:
                await _transports.CreateServerAsync($"server-{number}");
                await InHandshakeAsync();
                break;
            case 5:
                await WithTrafficAsync(Scenario.WebRtcTcp);
                await CloseTransportsAsync();
                break;
            case 6:
                await WithMessagesAsync();
                await CloseTransportsAsync();
                break;
            default:
                await WithoutNetworkAsync();
                break;
        }

        await _transports.CloseServerAsync();
        await worker.DoAsync(RequestMethod.WorkerCloseRouter, "", new CloseRouterRequest { RouterId = _routerId });
    }

    public async ValueTask DisposeAsync() => await loop.InvokeAsync(() =>
    {
        foreach (var endpoint in _endpoints)
        {
            endpoint.Dispose();
        }
    });

    /// <summary>Media flows from the first to the second when they are closed.</summary>
    private async Task WithTrafficAsync(Scenario scenario)
    {
        const SrtpProfile Profile = SrtpProfile.AeadAes128Gcm;
        var isWebRtc = scenario != Scenario.Plain;
        var source = await _transports.CreateAsync(scenario, Id(0), Profile);
        _endpoints.Add(source);
        var target = await _transports.CreateAsync(scenario, Id(1), Profile);
        _endpoints.Add(target);
        await ProduceAndConsumeAsync(new MediaDescriptions(isWebRtc));

        var receiver = await loop.InvokeAsync(() => new MediaReceiver(target, 1));
        var enough = receiver.WhenReceived(EnoughPackets);
        var sender = await loop.InvokeAsync(() => new MediaSender(
            source, isWebRtc ? StreamNames.Mid : null, new VideoSource(), PacketsPerSecond, burst: 1));
        await loop.InvokeAsync(sender.Start);
        try
        {
            await enough.WaitAsync(Limit);
        }
        finally
        {
            await loop.InvokeAsync(sender.Stop);
        }
    }

    /// <summary>Messages go from the first to the second, and some are under way when they are closed.</summary>
    private async Task WithMessagesAsync()
    {
        var stream = new SctpStreamParameters { StreamId = (ushort)(number % 100), Ordered = true };
        var source = await _transports.CreateDataAsync(Id(0));
        _endpoints.Add(source);
        var target = await _transports.CreateDataAsync(Id(1));
        _endpoints.Add(target);
        await worker.AskAsync<DataProducerDump>(
            RequestMethod.TransportProduceData,
            Id(0),
            new ProduceDataRequest { DataProducerId = ProducerId, Type = DataProducerType.Sctp, SctpStreamParameters = stream });
        await worker.AskAsync<DataConsumerDump>(
            RequestMethod.TransportConsumeData,
            Id(1),
            new ConsumeDataRequest { DataConsumerId = "consumer", DataProducerId = ProducerId, Type = DataConsumerType.Sctp, SctpStreamParameters = stream });
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        target.OnMessage = _ => received.TrySetResult();
        foreach (var endpoint in new[] { target, source })
        {
            await loop.InvokeAsync(endpoint.Associate);
            await endpoint.Associated.WaitAsync(Limit);
        }

        await loop.InvokeAsync(() =>
        {
            for (var i = 0; i < EnoughMessages; i++)
            {
                source.Send(stream.StreamId, new byte[MessageSize]);
            }
        });
        await received.Task.WaitAsync(Limit);
    }

    /// <summary>The peers have said hello, and will never answer.</summary>
    private async Task InHandshakeAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            var endpoint = await _transports.BeginWebRtcAsync(Id(i), SrtpProfile.AeadAes128Gcm, stallsInHandshake: true);
            _endpoints.Add(endpoint);
            await endpoint.HandshakeBegun.WaitAsync(Limit);
        }

        await ProduceAndConsumeAsync(new MediaDescriptions(isWebRtc: true));
    }

    /// <summary>Transports that nobody ever speaks to: WebRTC, pipe and direct.</summary>
    private async Task WithoutNetworkAsync()
    {
        var common = new TransportOptions();
        await worker.AskAsync<WebRtcTransportDump>(RequestMethod.RouterCreateWebRtcTransport, _routerId, TransportFactory.WebRtcTransport(Id(0)));
        await worker.AskAsync<PipeTransportDump>(RequestMethod.RouterCreatePipeTransport, _routerId, new CreatePipeTransportRequest
        {
            TransportId = Id(1),
            Options = new PipeTransportOptions { Base = common, ListenInfo = TransportFactory.Listen, EnableRtx = true, EnableSrtp = true },
        });
        await worker.AskAsync<DirectTransportDump>(RequestMethod.RouterCreateDirectTransport, _routerId, new CreateDirectTransportRequest
        {
            TransportId = Id(2),
            Options = new DirectTransportOptions { Base = common with { Direct = true } },
        });
        await ProduceAndConsumeAsync(new MediaDescriptions(isWebRtc: true));
    }

    private async Task ProduceAndConsumeAsync(MediaDescriptions descriptions)
    {
        await worker.AskAsync<ProduceResponse>(RequestMethod.TransportProduce, Id(0), descriptions.Produce(ProducerId));
        await worker.AskAsync<ConsumeResponse>(RequestMethod.TransportConsume, Id(1), descriptions.Consume("consumer", ProducerId, 1));
    }

    private async Task CloseTransportsAsync()
    {
        for (var i = 0; i < 2; i++)
        {
            await worker.DoAsync(RequestMethod.RouterCloseTransport, _routerId, new CloseTransportRequest { TransportId = Id(i) });
        }
    }

    private string Id(int index) => $"transport-{number}-{index}";
}
