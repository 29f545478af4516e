using System.Numerics;
using Bisque.Dtls;
using Bisque.Engine.Sending;
using Bisque.Engine.Streams;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Internal;

/// <summary>
/// What everything in a worker shares. It hangs off the worker and is handed down; nothing of it is static, since several workers
/// live in one embedding process.
/// </summary>
internal sealed class WorkerContext
{
    private readonly IMediaWorkerEvents _events;
    private DtlsCertificate? _certificate;
    private uint _lastPacketId;
    private byte[] _messageSpace = [];

    public WorkerContext(EventLoop loop, MediaWorkerOptions options, IMediaWorkerEvents events)
    {
        _events = events;
        _certificate = options.Certificate;
        Loop = loop;
        Options = options;
        Random = options.Random;
        Clock = new NtpClock(options.WallClock.GetUtcNow(), loop.Now);
        Log = new EngineLog(events, options.Log, loop);
        Ports = new PortAllocator(options.Random);
        Packets = new Packets.MediaPacketPool();
        Outbox = new Outbox(this);
    }

    public EventLoop Loop { get; }

    public MediaWorkerOptions Options { get; }

    public RandomSource Random { get; }

    public NtpClock Clock { get; }

    public EngineLog Log { get; }

    public PortAllocator Ports { get; }

    public Packets.MediaPacketPool Packets { get; }

    public HandlerRegistry Handlers { get; } = new();

    public Outbox Outbox { get; }

    /// <summary>The WebRTC servers, by id. Kept by the worker, looked up by routers.</summary>
    public Dictionary<string, WebRtcServer> WebRtcServers { get; } = [];

    /// <summary>Room for the answers to one NACK item; used within one call.</summary>
    public Retransmission[] Retransmissions { get; } = new Retransmission[NackPacker.MaxPerItem];

    public MonotonicTime Now => Loop.Now;

    /// <summary>Faults that were caught at a boundary since the worker started.</summary>
    public long FaultCount { get; set; }

    /// <summary>Set by tests only: runs at each catch boundary and may throw.</summary>
    public Action<FaultPoint, Transport>? InjectFault { get; set; }

    /// <summary>
    /// The certificate that every DTLS endpoint of this worker presents. Made on first use: making one takes milliseconds and
    /// megabytes that a worker without WebRTC transports does not need.
    /// </summary>
    public DtlsCertificate Certificate => _certificate ??= DtlsCertificate.Generate(Random, Options.WallClock.GetUtcNow());

    /// <summary>The next value of the mediasoup packet-id extension, counted over the whole worker.</summary>
    public uint NextPacketId() => ++_lastPacketId;

    public void Emit(WorkerEvent workerEvent) => _events.OnEvent(workerEvent);

    public void EmitDataConsumerMessage(string dataConsumerId, uint ppid, ReadOnlySpan<byte> message) =>
        _events.OnDataConsumerMessage(dataConsumerId, ppid, message);

    /// <summary>Room to put a data message together, until the next one; as long as the longest that any transport sent.</summary>
    public Span<byte> GetMessageSpace(int length)
    {
        if (_messageSpace.Length < length)
        {
            _messageSpace = new byte[BitOperations.RoundUpToPowerOf2((uint)length)];
        }

        return _messageSpace.AsSpan(0, length);
    }

    public void EmitConsumerRtp(string consumerId, ReadOnlySpan<byte> packet) => _events.OnConsumerRtp(consumerId, packet);

    public void EmitDirectTransportRtcp(string transportId, ReadOnlySpan<byte> packet) =>
        _events.OnDirectTransportRtcp(transportId, packet);
}
