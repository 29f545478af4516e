using System.Buffers.Binary;
using Bisque.Channel;
using Bisque.LoadTest.Endpoints;
using Bisque.LoadTest.Forwarding;
using Bisque.LoadTest.Processes;
using Bisque.Model;

namespace Bisque.LoadTest.Data;

/// <summary>
/// Messages from one endpoint through a data producer and a data consumer to another, as fast as they go. A worker does not hold a sender
/// back and drops what does not fit its queue, so as an application would do, the sender lets no more than a window be under way.
/// </summary>
internal sealed class DataChannel : IAsyncDisposable
{
    /// <summary>Bytes of a message.</summary>
    public const int MessageSize = 16 * 1024;

    /// <summary>Messages under way: 1 MiB, half of what a worker queues.</summary>
    private const int Window = 64;

    /// <summary>One message in so many is compared byte by byte; of the others length and number are looked at.</summary>
    private const int Sampling = 64;

    private readonly LoopThread _loop = new();
    private readonly byte[] _message = new byte[MessageSize];
    private DataEndpoint _sender = null!;
    private DataEndpoint _receiver = null!;
    private long _sent;
    private long _received;
    private long _wrong;
    private bool _isSending;

    private DataChannel() => new Random(1).NextBytes(_message);

    public static async Task<DataChannel> CreateAsync(SpawnedWorker worker)
    {
        const string RouterId = "router";
        var channel = new DataChannel();
        await worker.DoAsync(RequestMethod.WorkerCreateRouter, "", new CreateRouterRequest { RouterId = RouterId });
        var transports = new TransportFactory(worker, RouterId, channel._loop);
        channel._sender = await transports.CreateDataAsync("from");
        channel._receiver = await transports.CreateDataAsync("to");
        channel._receiver.OnMessage = channel.OnMessage;
        var stream = new SctpStreamParameters { StreamId = 0, Ordered = true };
        await worker.AskAsync<DataProducerDump>(
            RequestMethod.TransportProduceData,
            "from",
            new ProduceDataRequest { DataProducerId = "producer", Type = DataProducerType.Sctp, SctpStreamParameters = stream });
        await worker.AskAsync<DataConsumerDump>(
            RequestMethod.TransportConsumeData,
            "to",
            new ConsumeDataRequest { DataConsumerId = "consumer", DataProducerId = "producer", Type = DataConsumerType.Sctp, SctpStreamParameters = stream });
        foreach (var endpoint in new[] { channel._sender, channel._receiver })
        {
            await channel._loop.InvokeAsync(endpoint.Associate);
            await endpoint.Associated.WaitAsync(TimeSpan.FromSeconds(20));
        }

        return channel;
    }

    public Task StartAsync() => _loop.InvokeAsync(() =>
    {
        _isSending = true;
        Fill();
    });

    /// <summary>Sends nothing more. What is under way still arrives.</summary>
    public Task StopAsync() => _loop.InvokeAsync(() => _isSending = false);

    /// <summary>All counts at one moment.</summary>
    public Task<DataCounts> CountAsync() => _loop.InvokeAsync(() => new DataCounts(
        _sent, _received, _wrong, _sender.Records + _receiver.Records, _sender.Retransmissions));

    public async ValueTask DisposeAsync()
    {
        await _loop.InvokeAsync(() =>
        {
            _sender?.Dispose();
            _receiver?.Dispose();
        });
        _loop.Dispose();
    }

    private void Fill()
    {
        while (_isSending && _sent - _received < Window)
        {
            BinaryPrimitives.WriteInt64BigEndian(_message, _sent++);
            _sender.Send(streamId: 0, _message);
        }
    }

    private void OnMessage(ReadOnlySpan<byte> message)
    {
        var isRight = message.Length == MessageSize
            && BinaryPrimitives.ReadInt64BigEndian(message) == _received
            && (_received % Sampling != 0 || message[sizeof(long)..].SequenceEqual(_message.AsSpan(sizeof(long))));
        _received++;
        _wrong += isRight ? 0 : 1;
        Fill();
    }
}

/// <summary>What went through a channel so far.</summary>
/// <param name="Sent">Messages.</param>
/// <param name="Received">Messages.</param>
/// <param name="Wrong">Of those received: of another length, content or place than was sent.</param>
/// <param name="Records">DTLS records that the worker received or sent, acknowledgements included.</param>
/// <param name="Retransmissions">Fragments that our side sent again.</param>
internal readonly record struct DataCounts(long Sent, long Received, long Wrong, long Records, long Retransmissions);
