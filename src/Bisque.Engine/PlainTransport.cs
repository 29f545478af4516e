using Bisque.Engine.Internal;
using Bisque.Engine.Transports;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.Engine;

/// <summary>
/// A transport for plain RTP endpoints such as ffmpeg: no ICE, no DTLS; SRTP by keys that the controller exchanges. With comedia the
/// peer's address is learned from its first packet.
/// </summary>
public sealed partial class PlainTransport : Transport, IDatagramHandler
{
    private readonly PlainTransportOptions _options;
    private readonly UdpSocket _socket;
    private readonly UdpSocket? _rtcpSocket;
    private TransportAddress? _remote;
    private TransportAddress? _rtcpRemote;
    private SrtpParameters? _localSrtp;
    private bool _connectCalled;

    internal PlainTransport(WorkerContext context, Router router, string id, PlainTransportOptions options)
        : base(context, router, id, options.Base)
    {
        if (options.ListenInfo.Protocol != TransportProtocol.Udp || options.RtcpListenInfo is { Protocol: not TransportProtocol.Udp })
        {
            throw RequestException.TypeError("unsupported TCP protocol in a PlainTransport");
        }

        if (options is { EnableSrtp: true, SrtpCryptoSuite: null })
        {
            throw RequestException.TypeError("missing srtpCryptoSuite while SRTP is enabled");
        }

        _options = options;
        if (options is { EnableSrtp: true, SrtpCryptoSuite: { } suite })
        {
            _localSrtp = SrtpKeys.Generate(suite, context.Random);
        }

        _socket = ListenSockets.OpenUdp(context, options.ListenInfo, this);
        try
        {
            _rtcpSocket = options.RtcpMux ? null : ListenSockets.OpenUdp(context, options.RtcpListenInfo ?? options.ListenInfo, this);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    internal override bool IsConnected => !IsFaulted && _remote is not null;

    /// <summary>Tells the peer's address and SRTP key. Succeeds once; after a failure it may be tried again.</summary>
    /// <exception cref="RequestException">Error: it succeeded before. TypeError: parameters missing, superfluous or malformed.</exception>
    public PlainTransportConnectResponse Connect(PlainTransportConnectRequest request)
    {
        if (_connectCalled)
        {
            throw RequestException.Error("connect() already called");
        }

        var remoteSrtp = ReadSrtp(request.SrtpParameters);
        if (!_options.Comedia)
        {
            (_remote, _rtcpRemote) = ReadRemote(request);
        }

        if (remoteSrtp is { } keys)
        {
            UseSrtp(keys);
        }

        _connectCalled = true;
        if (IsConnected)
        {
            OnConnected();
        }

        return new PlainTransportConnectResponse
        {
            Tuple = _options is { Comedia: true, EnableSrtp: true } && _remote is null ? null : DescribeTuple(),
            RtcpTuple = _options.RtcpMux || (_options.Comedia && _rtcpRemote is null) ? null : DescribeRtcpTuple(),
            SrtpParameters = _localSrtp,
        };
    }

    /// <inheritdoc/>
    public override object Dump() => new PlainTransportDump
    {
        Base = DumpBase(),
        RtcpMux = _options.RtcpMux,
        Comedia = _options.Comedia,
        Tuple = DescribeTuple(),
        RtcpTuple = _rtcpSocket is null ? null : DescribeRtcpTuple(),
        SrtpParameters = _localSrtp,
    };

    /// <inheritdoc/>
    public override object GetStats() => new PlainTransportStats
    {
        Base = GetBaseStats(),
        RtcpMux = _options.RtcpMux,
        Comedia = _options.Comedia,
        Tuple = DescribeTuple(),
        RtcpTuple = _rtcpSocket is null ? null : DescribeRtcpTuple(),
    };

    private protected override void ReleaseNetwork(bool isFault)
    {
        _socket.Dispose();
        _rtcpSocket?.Dispose();
        ReceiveSession?.Dispose();
        ReceiveSession = null;
        SendSession?.Dispose();
        SendSession = null;
    }

    private static (TransportAddress Rtp, TransportAddress? Rtcp) ReadRemoteAddresses(IpAddress address, PlainTransportConnectRequest request) =>
        (new TransportAddress(address, request.Port!.Value), request.RtcpPort is { } port ? new TransportAddress(address, port) : null);

    private (TransportAddress? Rtp, TransportAddress? Rtcp) ReadRemote(PlainTransportConnectRequest request)
    {
        if (request.Ip is null || !IpAddress.TryParse(request.Ip, out var address))
        {
            throw RequestException.TypeError(request.Ip is null ? "missing ip" : $"invalid IP '{request.Ip}'");
        }

        if (request.Port is null)
        {
            throw RequestException.TypeError("missing port");
        }

        if (request.RtcpPort is not null && _options.RtcpMux)
        {
            throw RequestException.TypeError("cannot set rtcpPort with rtcpMux");
        }

        if (request.RtcpPort is null && !_options.RtcpMux)
        {
            throw RequestException.TypeError("missing rtcpPort without rtcpMux");
        }

        return ReadRemoteAddresses(address, request);
    }

    private (SrtpCryptoSuite Suite, byte[] Key)? ReadSrtp(SrtpParameters? parameters)
    {
        if (parameters is null)
        {
            return _options.EnableSrtp ? throw RequestException.TypeError("missing srtpParameters while SRTP is enabled") : null;
        }

        return _options.EnableSrtp
            ? (parameters.CryptoSuite, SrtpKeys.Read(parameters))
            : throw RequestException.TypeError("invalid srtpParameters: SRTP is not enabled");
    }

    private void UseSrtp((SrtpCryptoSuite Suite, byte[] Key) remote)
    {
        if (_localSrtp!.CryptoSuite != remote.Suite)
        {
            _localSrtp = SrtpKeys.Generate(remote.Suite, Context.Random);
        }

        var profile = SrtpKeys.Profile(remote.Suite);
        ReceiveSession = new SrtpSession(profile, remote.Key, SrtpDirection.Inbound);
        SendSession = new SrtpSession(profile, SrtpKeys.Read(_localSrtp), SrtpDirection.Outbound);
    }

    private TransportTuple DescribeTuple() => Describe(_options.ListenInfo, _socket.Local, _remote);

    private TransportTuple DescribeRtcpTuple() => Describe(_options.RtcpListenInfo ?? _options.ListenInfo, _rtcpSocket!.Local, _rtcpRemote);

    private static TransportTuple Describe(ListenInfo info, TransportAddress local, TransportAddress? remote) => new()
    {
        LocalAddress = info.AnnouncedAddress ?? info.Ip,
        LocalPort = local.Port,
        RemoteIp = remote?.Address.ToString(),
        RemotePort = remote?.Port ?? 0,
        Protocol = TransportProtocol.Udp,
    };
}
