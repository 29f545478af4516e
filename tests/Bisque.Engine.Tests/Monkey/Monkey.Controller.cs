using Bisque.Engine.Tests.Worlds;
using Bisque.Model;

namespace Bisque.Engine.Tests.Monkey;

/// <content>What the controller does: mostly requests that make sense, about things that may be gone.</content>
internal sealed partial class Monkey
{
    private readonly List<Transport> _transports = [];
    private readonly List<ProduceRequest> _produced = [];
    private readonly List<(Transport Transport, string Id)> _producerIds = [];
    private readonly List<(Transport Transport, string Id)> _consumerIds = [];
    private readonly List<(Transport Transport, string Id)> _dataProducerIds = [];
    private readonly List<(Transport Transport, string Id)> _dataConsumerIds = [];
    private readonly List<string> _observerIds = [];
    private readonly List<string> _serverIds = [];
    private int _lastId;

    private IEnumerable<(string Name, int Weight, Action Do)> ControllerActions() =>
    [
        ("create a server", 1, CreateServer),
        ("close a server", 1, () => _world.Worker.CloseWebRtcServer(Pick(_serverIds))),
        ("create a router", 1, () => _routers.Add(_world.Worker.CreateRouter(Chance(4) ? Pick(_routers).Id : NewId("router")))),
        ("close a router", 1, CloseRouter),
        ("connect a browser", 3, ConnectBrowser),
        ("connect a plain endpoint", 3, ConnectPlain),
        ("create a WebRTC transport", 2, CreateWebRtc),
        ("create a plain transport", 1, CreatePlain),
        ("create a pipe transport", 1, CreatePipe),
        ("create a direct transport", 1, CreateDirect),
        ("close a transport", 1, () => Pick(_routers).CloseTransport(Pick(_transports).Id)),
        ("connect a transport", 3, ConnectSomething),
        ("restart ICE", 2, () => (Pick(_transports) as WebRtcTransport)?.RestartIce()),
        ("produce", 8, Produce),
        ("close a producer", 1, () => OnOneOf(_producerIds, (transport, id) => transport.CloseProducer(id))),
        ("consume", 20, Consume),
        ("close a consumer", 2, () => OnOneOf(_consumerIds, (transport, id) => transport.CloseConsumer(id))),
        ("ask a producer", 5, AskProducer),
        ("ask a consumer", 10, AskConsumer),
        ("produce data", 12, ProduceData),
        ("close a data producer", 1, () => OnOneOf(_dataProducerIds, (transport, id) => transport.CloseDataProducer(id))),
        ("consume data", 18, ConsumeData),
        ("close a data consumer", 2, () => OnOneOf(_dataConsumerIds, (transport, id) => transport.CloseDataConsumer(id))),
        ("ask about data", 20, AskAboutData),
        ("create an observer", 2, CreateObserver),
        ("close an observer", 1, () => Pick(_routers).CloseRtpObserver(Pick(_observerIds))),
        ("ask an observer", 4, AskObserver),
        ("ask a transport", 5, AskTransport),
        ("dump", 2, () => { _world.Worker.Dump(); Pick(_routers).Dump(); }),
        ("flush", 1, _world.Worker.FlushMedia),
    ];

    /// <summary>Mostly one that a peer or the owner is behind.</summary>
    private Transport PickTransport()
    {
        if (Chance(5) || _peers.Count == 0)
        {
            return Pick(_transports);
        }

        return Chance(4) && _transports.OfType<DirectTransport>().LastOrDefault() is { } direct ? direct : TransportOf(Pick(_peers));
    }

    private Router PickRouter() => Chance(6) ? Pick(_routers) : _routers[0];

    private static Transport TransportOf(MediaPeer peer) => Call.TransportOf(peer);

    private string NewId(string kind) => Chance(20) ? $"{kind}{Number(0, _lastId)}" : $"{kind}{++_lastId}";

    private TransportOptions TransportOptions() => Number(0, 5) switch
    {
        0 => new TransportOptions(),
        > 1 => DataWorld.Sctp with { IsDataChannel = true },
        _ => DataWorld.Sctp with
        {
            IsDataChannel = Chance(2),
            MaxSendMessageSize = (uint)Number(0, 3000),
            MaxReceiveMessageSize = (uint)Number(0, 3000),
            SctpSendBufferSize = (uint)Number(0, 5000),
            SctpPerStreamSendQueueLimit = (uint)Number(0, 5000),
            SctpMaxReceiverWindowBufferSize = (uint)Number(0, 5000),
        },
    };

    private void CreateServer()
    {
        var id = NewId("server");
        _world.CreateWebRtcServer(id, World.Listen, World.ListenTcp);
        _serverIds.Add(id);
    }

    private void CloseRouter()
    {
        if (_routers.Count > 1)
        {
            var router = Pick(_routers.Skip(1).ToArray());
            _routers.Remove(router);
            _world.Worker.CloseRouter(router.Id);
        }
    }

    private WebRtcTransport NewWebRtc()
    {
        var transport = PickRouter().CreateWebRtcTransport(new CreateWebRtcTransportRequest
        {
            TransportId = NewId("webrtc"),
            Options = new WebRtcTransportOptions
            {
                Base = TransportOptions(),
                Listen = Chance(2) && _serverIds.Count > 0
                    ? new ListenServer(Pick(_serverIds))
                    : new ListenIndividual(Number(0, 3) switch
                    {
                        0 => [World.ListenTcp],
                        1 => [World.ListenTcp, World.Listen],
                        _ => [World.Listen],
                    }),
                IceConsentTimeout = (byte)Number(0, 40),
                EnableTcp = !Chance(5),
                EnableUdp = !Chance(5),
            },
        });
        _transports.Add(transport);
        return transport;
    }

    private void CreateWebRtc() => NewWebRtc();

    private PlainTransport NewPlain()
    {
        var transport = PickRouter().CreatePlainTransport(new CreatePlainTransportRequest
        {
            TransportId = NewId("plain"),
            Options = new PlainTransportOptions
            {
                Base = TransportOptions(),
                ListenInfo = World.Listen,
                RtcpMux = !Chance(3),
                Comedia = Chance(3),
                EnableSrtp = Chance(3),
                SrtpCryptoSuite = SrtpCryptoSuite.AeadAes128Gcm,
            },
        });
        _transports.Add(transport);
        return transport;
    }

    private void CreatePlain() => NewPlain();

    private void CreatePipe() => _transports.Add(PickRouter().CreatePipeTransport(new CreatePipeTransportRequest
    {
        TransportId = NewId("pipe"),
        Options = new PipeTransportOptions { Base = TransportOptions(), ListenInfo = World.Listen, EnableRtx = Chance(2), EnableSrtp = Chance(2) },
    }));

    private void CreateDirect() => _transports.Add(PickRouter().CreateDirectTransport(new CreateDirectTransportRequest
    {
        TransportId = NewId("direct"),
        Options = new DirectTransportOptions { Base = DataWorld.Direct },
    }));

    private void ConnectSomething()
    {
        var peer = Pick(_peers.OfType<PlainPeer>().ToArray());
        switch (Pick(_transports))
        {
            case WebRtcTransport webRtc when _peers.OfType<WebRtcPeer>().LastOrDefault() is { } browser:
                webRtc.Connect(World.ConnectRequest(browser, (DtlsRole)Number(0, 2)));
                break;
            case PlainTransport plain:
                plain.Connect(new PlainTransportConnectRequest
                {
                    Ip = Chance(5) ? "nowhere" : peer.Address.Address.ToString(),
                    Port = Chance(8) ? null : peer.Address.Port,
                    SrtpParameters = Chance(3) ? KeysOf(peer.Address.Port) : null,
                });
                break;
            case PipeTransport pipe:
                pipe.Connect(new PipeTransportConnectRequest
                {
                    Ip = peer.Address.Address.ToString(),
                    Port = peer.Address.Port,
                    SrtpParameters = Chance(2) ? KeysOf(peer.Address.Port) with { CryptoSuite = SrtpCryptoSuite.AeadAes256Gcm } : null,
                });
                break;
        }
    }

    private void Produce()
    {
        var ssrc = (uint)(1000 + 100 * Number(0, 3));
        var congestionControl = Number(0, 2) switch { 0 => "transport-cc", 1 => "goog-remb", _ => null };
        var request = Number(0, 4) switch
        {
            0 => Media.Audio(NewId("audio"), 3000 + ssrc, nack: Chance(2)),
            1 => LayeredMedia.Simulcast() with { ProducerId = NewId("simulcast") },
            2 => LayeredMedia.Svc() with { ProducerId = NewId("svc") },
            _ => Media.Video(NewId("video"), ssrc, Pick(["video/VP8", "video/H264", "video/VP9", "video/AV1"]), congestionControl: congestionControl),
        };
        var transport = PickTransport();
        transport.Produce(request with { Paused = Chance(6), KeyFrameRequestDelay = (uint)(Chance(3) ? 1000 : 0) });
        _produced.Add(request);
        _producerIds.Add((transport, request.ProducerId));
    }

    private void Consume()
    {
        if (_produced.Count == 0)
        {
            return;
        }

        var producer = PickRecent(_produced);
        var id = NewId("consumer");
        var ssrc = (uint)(5000 + 100 * Number(0, 15));
        var isLayered = producer.RtpParameters.Encodings.Count > 1 || producer.RtpParameters.Encodings[0].ScalabilityMode is not null;
        var request = Number(0, 3) switch
        {
            0 => LayeredMedia.Pipe(producer, id, ssrc, rtx: Chance(2)),
            _ when isLayered => LayeredMedia.Consume(producer, id, ssrc, Chance(2) ? null : Layers()),
            _ => Media.Consume(producer, id, ssrc, rtx: Chance(2), nack: Chance(2)),
        };
        var transport = PickTransport();
        transport.Consume(request with { Paused = Chance(8), IgnoreDtx = Chance(3) });
        _consumerIds.Add((transport, id));
    }

    private ConsumerLayers Layers() => new() { SpatialLayer = (byte)Number(0, 5), TemporalLayer = Chance(2) ? null : (byte)Number(0, 5) };

    private void AskProducer() => OnOneOf(_producerIds, (_, id) =>
    {
        if (_world.Worker.FindRequestHandler(id) is not Producer producer)
        {
            return;
        }

        switch (Number(0, 4))
        {
            case 0:
                producer.Pause();
                break;
            case 1:
                producer.Resume();
                break;
            case 2:
                producer.EnableTraceEvents(Enum.GetValues<ProducerTraceEventType>());
                break;
            case 3:
                producer.Dump();
                break;
            default:
                producer.GetStats();
                break;
        }
    });

    private void AskConsumer() => OnOneOf(_consumerIds, (_, id) =>
    {
        if (_world.Worker.FindRequestHandler(id) is not Consumer consumer)
        {
            return;
        }

        switch (Number(0, 7))
        {
            case 0:
                consumer.Pause();
                break;
            case 1:
                consumer.Resume();
                break;
            case 2:
                consumer.SetPreferredLayers(Layers());
                break;
            case 3:
                consumer.SetPriority((byte)Number(0, 255));
                break;
            case 4:
                consumer.RequestKeyFrame();
                break;
            case 5:
                consumer.EnableTraceEvents(Enum.GetValues<ConsumerTraceEventType>());
                break;
            case 6:
                consumer.Dump();
                break;
            default:
                consumer.GetStats();
                break;
        }
    });

    private SctpStreamParameters Stream()
    {
        var kind = Number(0, 5);
        return new SctpStreamParameters
        {
            StreamId = (ushort)(Chance(10) ? Number(0, 65_535) : Number(0, 4)),
            Ordered = kind switch { 0 => true, 1 or 2 => false, _ => null },
            MaxPacketLifeTime = kind == 2 ? (ushort)Number(0, 2000) : null,
            MaxRetransmits = kind == 3 ? (ushort)Number(0, 5) : null,
        };
    }

    private void ProduceData()
    {
        var transport = PickTransport();
        var id = NewId("dataproducer");
        transport.ProduceData(transport is DirectTransport ? DataWorld.Produce(id, Chance(6)) : DataWorld.ProduceSctp(id, 0, Stream()));
        _dataProducerIds.Add((transport, id));
    }

    private void ConsumeData()
    {
        if (_dataProducerIds.Count == 0)
        {
            return;
        }

        var transport = PickTransport();
        var id = NewId("dataconsumer");
        var producer = PickRecent(_dataProducerIds).Id;
        transport.ConsumeData(transport is DirectTransport
            ? DataWorld.Consume(id, producer, 1, 2)
            : DataWorld.ConsumeSctp(id, producer, 0, Stream(), Chance(2) ? [] : [1, 2]));
        _dataConsumerIds.Add((transport, id));
    }

    private void AskAboutData()
    {
        if (Chance(2))
        {
            OnOneOf(_dataProducerIds, (_, id) => AskDataProducer(_world.Worker.FindRequestHandler(id) as DataProducer));
        }
        else
        {
            OnOneOf(_dataConsumerIds, (_, id) => AskDataConsumer(_world.Worker.FindRequestHandler(id) as DataConsumer));
        }
    }

    private void AskDataProducer(DataProducer? producer)
    {
        switch (Number(0, 6))
        {
            case 0:
                producer?.Pause();
                break;
            case 1:
                producer?.Resume();
                break;
            case 2:
                producer?.GetStats();
                break;
            default:
                producer?.Send((uint)Number(0, 60), Bytes(1200), [(ushort)Number(1, 3)], Chance(3) ? (ushort)1 : null);
                break;
        }
    }

    private void AskDataConsumer(DataConsumer? consumer)
    {
        switch (Number(0, 9))
        {
            case 0:
                consumer?.Pause();
                break;
            case 1:
                consumer?.Resume();
                break;
            case 2:
                consumer?.GetBufferedAmount();
                break;
            case 3:
                consumer?.SetBufferedAmountLowThreshold((uint)Number(0, 100_000));
                break;
            case 4:
                consumer?.SetSubchannels([1, 2, 3]);
                break;
            case 5:
                consumer?.AddSubchannel((ushort)Number(0, 5));
                consumer?.RemoveSubchannel((ushort)Number(0, 5));
                break;
            case 6:
                consumer?.Dump();
                break;
            default:
                consumer?.Send((uint)Number(0, 60), Bytes(8000));
                break;
        }
    }

    private void CreateObserver()
    {
        var id = NewId("observer");
        _ = Chance(2)
            ? Pick(_routers).CreateActiveSpeakerObserver(new() { RtpObserverId = id, Options = new() { Interval = (ushort)Number(0, 1000) } })
            : Pick(_routers).CreateAudioLevelObserver(new()
            {
                RtpObserverId = id,
                Options = new() { MaxEntries = (ushort)Number(0, 3), Threshold = (sbyte)Number(-127, 5), Interval = (ushort)Number(0, 1000) },
            });
        _observerIds.Add(id);
    }

    private void AskObserver()
    {
        if (_observerIds.Count == 0 || _producerIds.Count == 0 || _world.Worker.FindRequestHandler(Pick(_observerIds)) is not RtpObserver observer)
        {
            return;
        }

        switch (Number(0, 4))
        {
            case 0:
                observer.Pause();
                break;
            case 1:
                observer.Resume();
                break;
            case 2:
                observer.RemoveProducer(Pick(_producerIds).Id);
                break;
            default:
                observer.AddProducer(Pick(_producerIds).Id);
                break;
        }
    }

    private void AskTransport()
    {
        var transport = Pick(_transports);
        switch (Number(0, 5))
        {
            case 0:
                transport.Dump();
                break;
            case 1:
                transport.GetStats();
                break;
            case 2:
                transport.EnableTraceEvents(Enum.GetValues<TransportTraceEventType>());
                break;
            case 3:
                transport.SetMaxIncomingBitrate((ulong)Number(0, 1_000_000));
                break;
            case 4:
                transport.SetMaxOutgoingBitrate((ulong)Number(0, 1_000_000));
                break;
            default:
                transport.SetMinOutgoingBitrate((ulong)Number(0, 1_000_000));
                break;
        }
    }

    private void OnOneOf(List<(Transport Transport, string Id)> list, Action<Transport, string> action)
    {
        if (list.Count > 0)
        {
            var (transport, id) = PickRecent(list);
            action(Chance(8) ? Pick(_transports) : transport, id);
        }
    }

    private static SrtpParameters KeysOf(ushort port) =>
        Transports.SrtpKeys.Generate(SrtpCryptoSuite.AeadAes128Gcm, new Testing.SeededRandomSource(port));
}
