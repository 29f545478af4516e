using Bisque.Engine.Internal;
using Bisque.Engine.Transports;
using Bisque.Model;

namespace Bisque.Engine;

/// <summary>
/// Joins two routers, of one worker, one host or two: a pipe transport on each side, connected with each other. Every encoding of a
/// producer passes, so that the router behind chooses layers for its own receivers.
/// </summary>
public sealed class PipeTransport : UdpTransport
{
    private readonly PipeTransportOptions _options;

    internal PipeTransport(WorkerContext context, Router router, string id, PipeTransportOptions options)
        : base(
            context,
            router,
            id,
            options.Base,
            options.ListenInfo,
            rtcpListen: null,
            new SrtpExchange(options.EnableSrtp ? SrtpCryptoSuite.AeadAes256Gcm : null, isSuiteFixed: true, context.Random))
    {
        _options = options;
    }

    internal override bool IsPipe => true;

    /// <summary>Tells the address and SRTP key of the other router's transport. Succeeds once; after a failure it may be tried again.</summary>
    /// <exception cref="RequestException">
    /// Error: it succeeded before. TypeError: an address that is none, no port, or a key that is missing, superfluous, of another suite than
    /// AEAD_AES_256_GCM or not 44 bytes long.
    /// </exception>
    public PipeTransportConnectResponse Connect(PipeTransportConnectRequest request)
    {
        CheckNotConnected();
        var key = Srtp.Read(request.SrtpParameters);
        Path.Remote = ReadRemote(request.Ip, request.Port);
        CompleteConnect(key);
        return new PipeTransportConnectResponse { Tuple = Path.Describe() };
    }

    /// <inheritdoc/>
    public override object Dump() => new PipeTransportDump
    {
        Base = DumpBase(),
        Tuple = Path.Describe(),
        Rtx = _options.EnableRtx,
        SrtpParameters = Srtp.Local,
    };

    /// <inheritdoc/>
    public override object GetStats() => new PipeTransportStats { Base = GetBaseStats(), Tuple = Path.Describe() };
}
