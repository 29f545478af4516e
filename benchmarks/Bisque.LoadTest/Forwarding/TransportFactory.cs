using Bisque.Channel;
using Bisque.Dtls;
using Bisque.LoadTest.Endpoints;
using Bisque.LoadTest.Processes;
using Bisque.Model;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.LoadTest.Forwarding;

/// <summary>Makes transports in a worker's router and connects our endpoints to them.</summary>
internal sealed class TransportFactory(SpawnedWorker worker, string routerId, LoopThread loop)
{
    private const uint SocketBufferSize = 4 * 1024 * 1024;

    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(20);

    private static readonly TransportOptions Base = new();

    // As the Node controller asks for by default.
    private static readonly TransportOptions WithSctp = new()
    {
        EnableSctp = true,
        IsDataChannel = true,
        MaxSendMessageSize = 262_144,
        MaxReceiveMessageSize = 262_144,
        SctpSendBufferSize = 2_000_000,
        SctpPerStreamSendQueueLimit = 2_000_000,
        SctpMaxReceiverWindowBufferSize = 5_242_880,
        SctpDefaultStreamBufferedAmountLowThreshold = 1024,
    };

    private readonly SystemRandomSource _random = new();
    private DtlsCertificate? _certificate;
    private string? _serverId;

    private DtlsCertificate Certificate => _certificate ??= DtlsCertificate.Generate(_random, DateTimeOffset.UtcNow);

    // Bursts to many receivers do not fit the kernel's default buffers, whichever worker sends them.
    public static ListenInfo Listen => new()
    {
        Ip = Loopback.Ip,
        PortRange = new PortRange(),
        Flags = new SocketFlags(),
        SendBufferSize = SocketBufferSize,
        ReceiveBufferSize = SocketBufferSize,
    };

    public static CreateWebRtcTransportRequest WebRtcTransport(string id) => WebRtcTransport(id, Base, isTcp: false);

    private static CreateWebRtcTransportRequest WebRtcTransport(string id, TransportOptions options, bool isTcp) => new()
    {
        TransportId = id,
        Options = new WebRtcTransportOptions
        {
            Base = options,
            Listen = new ListenIndividual([isTcp ? Listen with { Protocol = TransportProtocol.Tcp } : Listen]),
            EnableUdp = true,
            EnableTcp = true,
        },
    };

    /// <summary>Makes a WebRtcServer; WebRTC transports made from now on share its socket.</summary>
    public async Task CreateServerAsync(string id)
    {
        await worker.DoAsync(
            RequestMethod.WorkerCreateWebRtcServer, "", new CreateWebRtcServerRequest { WebRtcServerId = id, ListenInfos = [Listen] });
        _serverId = id;
    }

    /// <summary>Closes the server with its transports.</summary>
    public async Task CloseServerAsync()
    {
        if (_serverId is { } id)
        {
            _serverId = null;
            await worker.DoAsync(RequestMethod.WorkerWebRtcServerClose, "", new CloseWebRtcServerRequest { WebRtcServerId = id });
        }
    }

    public Task<MediaEndpoint> CreateAsync(Scenario scenario, string id, SrtpProfile profile) =>
        scenario == Scenario.Plain ? CreatePlainAsync(id, profile) : CreateWebRtcAsync(id, profile, scenario == Scenario.WebRtcTcp);

    private async Task<MediaEndpoint> CreatePlainAsync(string id, SrtpProfile profile)
    {
        var endpoint = await loop.InvokeAsync(() => new PlainEndpoint(loop.Loop));
        var options = new PlainTransportOptions
        {
            Base = Base,
            ListenInfo = Listen,
            RtcpMux = true,
            EnableSrtp = true,
            SrtpCryptoSuite = Suites.SuiteOf(profile),
        };
        var dump = await worker.AskAsync<PlainTransportDump>(
            RequestMethod.RouterCreatePlainTransport, routerId, new CreatePlainTransportRequest { TransportId = id, Options = options });
        var ourKey = new byte[profile.KeyMaterialLength()];
        _random.Fill(ourKey);
        var answer = await worker.AskAsync<PlainTransportConnectResponse>(RequestMethod.PlainTransportConnect, id, new PlainTransportConnectRequest
        {
            Ip = Loopback.Ip,
            Port = endpoint.Port,
            SrtpParameters = new SrtpParameters { CryptoSuite = Suites.SuiteOf(profile), KeyBase64 = Convert.ToBase64String(ourKey) },
        });
        var theirKey = Convert.FromBase64String(answer.SrtpParameters!.KeyBase64);
        await loop.InvokeAsync(() => endpoint.Connect(Loopback.At(dump.Tuple.LocalAddress, dump.Tuple.LocalPort), profile, ourKey, theirKey));
        return endpoint;
    }

    private async Task<MediaEndpoint> CreateWebRtcAsync(string id, SrtpProfile profile, bool isTcp)
    {
        var endpoint = await BeginWebRtcAsync(id, profile, isTcp: isTcp);
        await endpoint.Connected.WaitAsync(ConnectLimit);
        return endpoint;
    }

    /// <summary>A WebRTC transport for data channels and our end of it, connected.</summary>
    public async Task<DataEndpoint> CreateDataAsync(string id)
    {
        var endpoint = await loop.InvokeAsync(() => new DataEndpoint(loop.Loop, Certificate, SrtpProfile.AeadAes128Gcm, _random));
        await BeginAsync(endpoint, id, WithSctp, isTcp: false);
        await endpoint.Connected.WaitAsync(ConnectLimit);
        return endpoint;
    }

    /// <summary>A WebRTC transport and our end of it, which has begun to connect.</summary>
    public async Task<WebRtcEndpoint> BeginWebRtcAsync(string id, SrtpProfile profile, bool stallsInHandshake = false, bool isTcp = false)
    {
        var endpoint = await loop.InvokeAsync(() => new WebRtcEndpoint(loop.Loop, Certificate, profile, _random, stallsInHandshake));
        await BeginAsync(endpoint, id, Base, isTcp);
        return endpoint;
    }

    private async Task BeginAsync(WebRtcEndpoint endpoint, string id, TransportOptions options, bool isTcp)
    {
        var dump = await CreateTransportAsync(id, options, isTcp);
        var ours = Certificate.Fingerprints.Single(fingerprint => fingerprint.Algorithm == Dtls.FingerprintAlgorithm.Sha256);
        await worker.AskAsync<WebRtcTransportConnectResponse>(RequestMethod.WebRtcTransportConnect, id, new WebRtcTransportConnectRequest
        {
            DtlsParameters = new DtlsParameters
            {
                Role = Model.DtlsRole.Client,
                Fingerprints = [new Fingerprint { Algorithm = Model.FingerprintAlgorithm.Sha256, Value = ours.Value }],
            },
        });
        var theirs = dump.DtlsParameters.Fingerprints.Single(fingerprint => fingerprint.Algorithm == Model.FingerprintAlgorithm.Sha256);
        var candidate = dump.IceCandidates[0];
        await loop.InvokeAsync(() => endpoint.Connect(
            Loopback.At(candidate.Address, candidate.Port),
            isTcp,
            dump.IceParameters.UsernameFragment,
            dump.IceParameters.Password,
            new DtlsFingerprint(Dtls.FingerprintAlgorithm.Sha256, theirs.Value)));
    }

    private Task<WebRtcTransportDump> CreateTransportAsync(string id, TransportOptions options, bool isTcp) => _serverId is null
        ? worker.AskAsync<WebRtcTransportDump>(RequestMethod.RouterCreateWebRtcTransport, routerId, WebRtcTransport(id, options, isTcp))
        : worker.AskAsync<WebRtcTransportDump>(RequestMethod.RouterCreateWebRtcTransportWithServer, routerId, new CreateWebRtcTransportRequest
        {
            TransportId = id,
            Options = new WebRtcTransportOptions { Base = options, Listen = new ListenServer(_serverId), EnableUdp = true, EnableTcp = false },
        });
}
