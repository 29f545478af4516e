using System.Text;
using Bisque.Dtls;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.DtlsPeer;

/// <summary>
/// A <see cref="DtlsEndpoint"/> on a UDP socket of an <see cref="EventLoop"/>, which it stops when the connection has ended.
/// </summary>
internal sealed class Peer : IDtlsEvents, IDatagramHandler, IStreamHandler, IDisposable
{
    private const int StandardInput = 0;

    private readonly EventLog _log = new();
    private readonly EventLoop _loop;
    private readonly UdpSocket _socket;
    private readonly LoopStream _input;
    private readonly LoopTimer _timer;
    private readonly DtlsEndpoint _endpoint;
    private readonly string _fingerprint;
    private readonly IpAddress _loopback;
    private TransportAddress _remote;

    public Peer(PeerOptions options, EventLoop loop)
    {
        var dtls = options.ToDtlsOptions();
        _fingerprint = dtls.Certificate.Fingerprints.Single(fingerprint => fingerprint.Algorithm == FingerprintAlgorithm.Sha256).Value;
        _loop = loop;
        _loopback = IpAddress.FromBytes([127, 0, 0, 1]);
        _remote = new(_loopback, options.PeerPort);
        _endpoint = new(dtls, this);
        _endpoint.SetRemoteFingerprint(options.Fingerprint);
        _timer = loop.CreateTimer(OnDeadline);
        _socket = loop.OpenUdp(new(_loopback, options.Port), UdpSocketOptions.Default, this);
        _input = loop.OpenStream(StandardInput, this);
    }

    public void Start()
    {
        _log.Write("listening", ("port", _socket.Local.Port), ("fingerprint", _fingerprint));
        _endpoint.Start(_loop.Now);
        _timer.Start(_endpoint.NextDeadline);
    }

    public void SendDatagram(ReadOnlySpan<byte> datagram) => _socket.Send(datagram, _remote);

    public void ApplicationData(ReadOnlySpan<byte> data)
    {
        _log.Write("data", ("text", Encoding.UTF8.GetString(data)));
        _endpoint.Send(data);
    }

    public void SrtpKeysAvailable(DtlsSrtpKeys keys) => _log.Write(
        "keys",
        ("profile", keys.Profile),
        ("local", Convert.ToHexString(keys.LocalKey)),
        ("remote", Convert.ToHexString(keys.RemoteKey)));

    public void StateChanged(DtlsState state)
    {
        _log.Write("state", ("state", state.ToString()), ("remoteCertificate", _endpoint.RemoteCertificatePem));
        if (state is DtlsState.Closed or DtlsState.Failed)
        {
            var counters = _endpoint.Counters;
            _log.Write(
                "counters",
                ("invalidRecords", counters.InvalidRecords),
                ("unauthenticRecords", counters.UnauthenticRecords),
                ("retransmissions", counters.Retransmissions));
            _loop.Stop();
        }
    }

    public void OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch)
    {
        foreach (ref readonly var datagram in batch)
        {
            _remote = datagram.Remote;
            _endpoint.Receive(datagram.Buffer.Span, _loop.Now);
        }

        _timer.Start(_endpoint.NextDeadline);
    }

    public void OnData(ReadOnlySpan<byte> data) => _endpoint.Send(data);

    public void OnEnd(NetError? error)
    {
        if (_endpoint.State is DtlsState.Connecting or DtlsState.Connected)
        {
            _endpoint.Close();
            StateChanged(_endpoint.State);
        }
    }

    public void Dispose()
    {
        _endpoint.Dispose();
        _input.Dispose();
        _socket.Dispose();
        _log.Dispose();
    }

    private void OnDeadline()
    {
        _endpoint.OnDeadline(_loop.Now);
        _timer.Start(_endpoint.NextDeadline);
    }
}
