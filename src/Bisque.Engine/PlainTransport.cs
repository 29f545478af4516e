using Bisque.Engine.Internal;
using Bisque.Engine.Transports;
using Bisque.Model;
using Bisque.Primitives;

namespace Bisque.Engine;

/// <summary>
/// A transport for plain RTP endpoints such as ffmpeg: no ICE, no DTLS; SRTP by keys that the controller exchanges. With comedia the
/// peer's address is learned from its first packet.
/// </summary>
public sealed class PlainTransport : UdpTransport
{
    private readonly PlainTransportOptions _options;

    internal PlainTransport(WorkerContext context, Router router, string id, PlainTransportOptions options)
        : base(
            context,
            router,
            id,
            options.Base,
            options.ListenInfo,
            options.RtcpMux ? null : options.RtcpListenInfo ?? options.ListenInfo,
            new SrtpExchange(ReadSuite(options), isSuiteFixed: false, context.Random))
    {
        _options = options;
    }

    private protected override bool LearnsRemote => _options.Comedia;

    /// <summary>
    /// Tells the peer's address and SRTP key; with comedia only the key, and the address stays to be learned. Succeeds once; after a
    /// failure it may be tried again.
    /// </summary>
    /// <exception cref="RequestException">Error: it succeeded before. TypeError: parameters missing, superfluous or malformed.</exception>
    public PlainTransportConnectResponse Connect(PlainTransportConnectRequest request)
    {
        CheckNotConnected();
        var key = Srtp.Read(request.SrtpParameters);
        if (!_options.Comedia)
        {
            var (rtp, rtcp) = ReadRemotes(request);
            Path.Remote = rtp;
            RtcpPath?.Remote = rtcp;
        }

        CompleteConnect(key);
        var describes = !(_options.Comedia && Srtp.IsEnabled);
        return new PlainTransportConnectResponse
        {
            Tuple = describes ? Path.Describe() : null,
            RtcpTuple = describes ? RtcpPath?.Describe() : null,
            SrtpParameters = Srtp.Local,
        };
    }

    /// <inheritdoc/>
    public override object Dump() => new PlainTransportDump
    {
        Base = DumpBase(),
        RtcpMux = _options.RtcpMux,
        Comedia = _options.Comedia,
        Tuple = Path.Describe(),
        RtcpTuple = RtcpPath?.Describe(),
        SrtpParameters = Srtp.Local,
    };

    /// <inheritdoc/>
    public override object GetStats() => new PlainTransportStats
    {
        Base = GetBaseStats(),
        RtcpMux = _options.RtcpMux,
        Comedia = _options.Comedia,
        Tuple = Path.Describe(),
        RtcpTuple = RtcpPath?.Describe(),
    };

    private protected override void OnRemoteLearned(UdpPath path) =>
        Context.Emit(path == Path
            ? new PlainTransportTupleEvent(Id, path.Describe())
            : new PlainTransportRtcpTupleEvent(Id, path.Describe()));

    private static SrtpCryptoSuite? ReadSuite(PlainTransportOptions options) => options switch
    {
        { EnableSrtp: false } => null,
        { SrtpCryptoSuite: { } suite } => suite,
        _ => throw RequestException.TypeError("missing srtpCryptoSuite while SRTP is enabled"),
    };

    private (TransportAddress Rtp, TransportAddress? Rtcp) ReadRemotes(PlainTransportConnectRequest request)
    {
        var rtp = ReadRemote(request.Ip, request.Port);
        return (request.RtcpPort, _options.RtcpMux) switch
        {
            (not null, true) => throw RequestException.TypeError("cannot set rtcpPort with rtcpMux"),
            (null, false) => throw RequestException.TypeError("missing rtcpPort without rtcpMux"),
            ({ } port, false) => (rtp, rtp with { Port = port }),
            _ => (rtp, null),
        };
    }
}
