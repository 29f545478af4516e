using Bisque.Dtls;
using Bisque.Ice;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Testing;
using DtlsRole = Bisque.Dtls.DtlsRole;
using FingerprintAlgorithm = Bisque.Model.FingerprintAlgorithm;
using PortRange = Bisque.Model.PortRange;

namespace Bisque.Engine.Tests.Worlds;

/// <summary>A worker with a router on a virtual network, and the peers of its transports.</summary>
internal sealed class World : IDisposable
{
    public const string WorkerIp = "10.9.9.9";

    private static readonly ThreadLocal<DtlsCertificate> WorkerCertificate = new(() => NewCertificate(1));
    private static readonly ThreadLocal<DtlsCertificate> PeerCertificate = new(() => NewCertificate(2));

    private ushort _nextPeerPort = 20_000;

    public World(ulong seed = 1)
    {
        Loop = new EventLoop(new EventLoopOptions(), _ => Network, () => Network.Now);
        Worker = new MediaWorker(
            Loop,
            new MediaWorkerOptions
            {
                Certificate = WorkerCertificate.Value!,
                Random = new SeededRandomSource(seed),
                WallClock = new FixedWallClock(),
            },
            Events);
        Router = Worker.CreateRouter("router");
    }

    public VirtualNetwork Network { get; } = new();

    public RecordedEvents Events { get; } = new();

    public EventLoop Loop { get; }

    public MediaWorker Worker { get; }

    public Router Router { get; }

    public MonotonicTime Now => Network.Now;

    public static TransportOptions TransportOptions { get; } = new();

    /// <summary>What transports are made with.</summary>
    public TransportOptions Base { get; set; } = TransportOptions;

    public static ListenInfo Listen { get; } = new()
    {
        Ip = WorkerIp,
        PortRange = new PortRange(),
        Flags = new SocketFlags(),
    };

    public static ListenInfo ListenTcp { get; } = Listen with { Protocol = TransportProtocol.Tcp };

    /// <summary>Lets time pass. Everybody does what is due on the way.</summary>
    public void Run(int milliseconds)
    {
        var end = Now + TimeSpan.FromMilliseconds(milliseconds);
        do
        {
            PumpPeers();
            var until = end;
            foreach (var peer in Network.Peers)
            {
                until = MonotonicTime.Min(until, peer.NextDeadline);
            }

            Loop.RunOnce(until > Now ? until - Now : TimeSpan.Zero);
        }
        while (Now < end || HasWork);
    }

    /// <summary>Lets everything that is under way arrive and be answered, without time passing.</summary>
    public void Settle() => Run(0);

    public WebRtcTransport CreateWebRtcTransport(string id, byte iceConsentTimeout = 30, params IReadOnlyList<ListenInfo> listenInfos) =>
        Router.CreateWebRtcTransport(new CreateWebRtcTransportRequest
        {
            TransportId = id,
            Options = new WebRtcTransportOptions
            {
                Base = Base,
                Listen = new ListenIndividual(listenInfos.Count == 0 ? [Listen] : listenInfos),
                IceConsentTimeout = iceConsentTimeout,
            },
        });

    public WebRtcServer CreateWebRtcServer(string id = "server", params IReadOnlyList<ListenInfo> listenInfos) =>
        Worker.CreateWebRtcServer(new CreateWebRtcServerRequest
        {
            WebRtcServerId = id,
            ListenInfos = listenInfos.Count == 0 ? [Listen with { Port = 4000 }, ListenTcp with { Port = 4000 }] : listenInfos,
        });

    public WebRtcTransport CreateWebRtcTransport(
        string id, WebRtcServer server, Func<WebRtcTransportOptions, WebRtcTransportOptions>? change = null)
    {
        var options = new WebRtcTransportOptions { Base = TransportOptions, Listen = new ListenServer(server.Id) };
        return Router.CreateWebRtcTransport(new CreateWebRtcTransportRequest
        {
            TransportId = id,
            Options = change is null ? options : change(options),
        });
    }

    /// <summary>The address of a candidate.</summary>
    public static TransportAddress AddressOf(WebRtcTransport transport, TransportProtocol protocol = TransportProtocol.Udp)
    {
        var candidate = ((WebRtcTransportDump)transport.Dump()).IceCandidates.First(candidate => candidate.Protocol == protocol);
        Assert.True(IpAddress.TryParse(candidate.Address, out var address));
        return new TransportAddress(address, candidate.Port);
    }

    /// <summary>A peer of a transport that is connected by TCP and has not said anything yet.</summary>
    public WebRtcPeer TcpPeerOf(WebRtcTransport transport)
    {
        var peer = PeerOf(transport);
        peer.ConnectTcp(AddressOf(transport, TransportProtocol.Tcp));
        return peer;
    }

    /// <summary>A peer of a transport, that has not done anything yet.</summary>
    public WebRtcPeer PeerOf(
        WebRtcTransport transport, DtlsRole role = DtlsRole.Client, IReadOnlyList<ushort>? srtpProfiles = null, int mtu = DtlsOptions.DefaultMtu)
    {
        var dump = (WebRtcTransportDump)transport.Dump();
        return new WebRtcPeer(
            Network,
            _nextPeerPort++,
            transport,
            AddressOf(transport, dump.IceCandidates[0].Protocol),
            new IceCredentials(dump.IceParameters.UsernameFragment, dump.IceParameters.Password),
            PeerCertificate.Value!,
            role,
            srtpProfiles,
            mtu);
    }

    /// <summary>What a controller passes on to connect() from a peer.</summary>
    public static WebRtcTransportConnectRequest ConnectRequest(WebRtcPeer peer, Model.DtlsRole role = Model.DtlsRole.Client) => new()
    {
        DtlsParameters = new DtlsParameters
        {
            Role = role,
            Fingerprints = [new Fingerprint { Algorithm = FingerprintAlgorithm.Sha256, Value = peer.Fingerprint.Value }],
        },
    };

    /// <summary>Tells the peer which certificate the worker has.</summary>
    public static void TellFingerprint(WebRtcPeer peer)
    {
        var fingerprint = ((WebRtcTransportDump)peer.Transport.Dump()).DtlsParameters.Fingerprints
            .First(candidate => candidate.Algorithm == FingerprintAlgorithm.Sha256);
        peer.Dtls.SetRemoteFingerprint(new DtlsFingerprint(Dtls.FingerprintAlgorithm.Sha256, fingerprint.Value));
    }

    /// <summary>A connected WebRTC transport and its peer.</summary>
    public WebRtcPeer ConnectWebRtc(string id) => Connect(PeerOf(CreateWebRtcTransport(id)));

    /// <summary>The same over TCP.</summary>
    public WebRtcPeer ConnectTcp(string id) => Connect(TcpPeerOf(CreateWebRtcTransport(id, listenInfos: [ListenTcp])));

    /// <summary>Lets a peer connect, all the way.</summary>
    public WebRtcPeer Connect(WebRtcPeer peer)
    {
        TellFingerprint(peer);
        peer.Transport.Connect(ConnectRequest(peer));
        peer.Connect();
        Settle();
        Assert.Equal(Dtls.DtlsState.Connected, peer.Dtls.State);
        Assert.True(peer.Transport.IsConnected);
        return peer;
    }

    public PlainTransport CreatePlainTransport(string id, Func<PlainTransportOptions, PlainTransportOptions>? change = null)
    {
        var options = new PlainTransportOptions { Base = Base, ListenInfo = Listen, RtcpMux = true };
        return Router.CreatePlainTransport(new CreatePlainTransportRequest
        {
            TransportId = id,
            Options = change is null ? options : change(options),
        });
    }

    public PipeTransport CreatePipeTransport(string id, Func<PipeTransportOptions, PipeTransportOptions>? change = null)
    {
        var options = new PipeTransportOptions { Base = Base, ListenInfo = Listen };
        return Router.CreatePipeTransport(new CreatePipeTransportRequest
        {
            TransportId = id,
            Options = change is null ? options : change(options),
        });
    }

    public DirectEnd CreateDirectTransport(string id, TransportOptions? options = null) => new(
        this,
        Router.CreateDirectTransport(new CreateDirectTransportRequest
        {
            TransportId = id,
            Options = new DirectTransportOptions { Base = options ?? Base with { Direct = true } },
        }));

    /// <summary>The producer of an id.</summary>
    public Producer Producer(string id) => (Producer)Worker.FindRequestHandler(id)!;

    public PlainPeer PeerOf(PlainTransport transport)
    {
        var dump = (PlainTransportDump)transport.Dump();
        Assert.True(IpAddress.TryParse(dump.Tuple.LocalAddress, out var address));
        return new PlainPeer(Network, _nextPeerPort++, transport, new TransportAddress(address, dump.Tuple.LocalPort))
        {
            RtcpWorker = dump.RtcpTuple is { } tuple ? new TransportAddress(address, tuple.LocalPort) : null,
        };
    }

    /// <summary>A connected plain transport and its peer, in clear or with SRTP.</summary>
    public PlainPeer ConnectPlain(string id, SrtpCryptoSuite? suite = null)
    {
        var transport = CreatePlainTransport(id, options => options with { EnableSrtp = suite is not null, SrtpCryptoSuite = suite });
        var peer = PeerOf(transport);
        var keys = suite is { } known ? Transports.SrtpKeys.Generate(known, new SeededRandomSource(peer.Address.Port)) : null;
        var response = transport.Connect(new PlainTransportConnectRequest
        {
            Ip = peer.Address.Address.ToString(),
            Port = peer.Address.Port,
            SrtpParameters = keys,
        });
        if (keys is not null)
        {
            peer.UseKeys(Transports.SrtpKeys.Profile(keys.CryptoSuite), keys, response.SrtpParameters!);
        }

        return peer;
    }

    public void Dispose()
    {
        Worker.Dispose();
        Loop.Dispose();
    }

    private static DtlsCertificate NewCertificate(ulong seed) =>
        DtlsCertificate.Generate(new SeededRandomSource(seed), new FixedWallClock().GetUtcNow());

    private bool HasWork
    {
        get
        {
            foreach (var peer in Network.Peers)
            {
                if (peer.HasWork)
                {
                    return true;
                }
            }

            return Network.HasReadable;
        }
    }

    private void PumpPeers()
    {
        for (var i = 0; i < Network.Peers.Count; i++)
        {
            Network.Peers[i].Pump();
        }
    }
}
