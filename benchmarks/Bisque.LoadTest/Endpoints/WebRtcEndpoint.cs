using System.Text;
using Bisque.Dtls;
using Bisque.Ice;
using Bisque.Net;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.LoadTest.Endpoints;

/// <summary>Our end of a WebRtcTransport: the controlling ICE agent and the DTLS client, as a browser would be.</summary>
internal class WebRtcEndpoint : MediaEndpoint, IDtlsEvents
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(50);

    // RFC 7675 section 5.1: consent is asked for every 5 seconds, give or take a fifth.
    private const int ShortestConsentInterval = 4000;
    private const int LongestConsentInterval = 6000;

    private readonly RandomSource _random;
    private readonly DtlsEndpoint _dtls;
    private readonly LoopTimer _dtlsTimer;
    private readonly LoopTimer _iceTimer;
    private readonly string _usernameFragment;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _transactionId = new byte[StunMessage.TransactionIdLength];
    private byte[] _username = [];
    private byte[] _password = [];
    private readonly bool _stallsInHandshake;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TcpLink? _tcp;
    private bool _isIceConnected;

    /// <summary>An endpoint that is to be connected; one that stalls says hello by DTLS and then nothing more, like a peer whose link broke.</summary>
    public WebRtcEndpoint(EventLoop loop, DtlsCertificate certificate, SrtpProfile profile, RandomSource random, bool stallsInHandshake = false)
        : base(loop)
    {
        _random = random;
        _stallsInHandshake = stallsInHandshake;
        _usernameFragment = random.NextString(8);
        _dtls = new DtlsEndpoint(
            new DtlsOptions { Role = DtlsRole.Client, Certificate = certificate, Random = random, SrtpProfiles = [(ushort)profile] },
            this);
        _dtlsTimer = loop.CreateTimer(OnDtlsDeadline);
        _iceTimer = loop.CreateTimer(SendCheck);
    }

    /// <summary>Done when the DTLS handshake is.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Done when the worker has answered our ClientHello.</summary>
    public Task HandshakeBegun => _begun.Task;

    /// <summary>Consent checks that were answered.</summary>
    public int ChecksAnswered { get; private set; }

    /// <summary>Begins to connect to the worker's candidate at <paramref name="remote"/>, over UDP or over TCP.</summary>
    public void Connect(TransportAddress remote, bool isTcp, string usernameFragment, string password, DtlsFingerprint fingerprint)
    {
        Remote = remote;
        _tcp = isTcp ? new TcpLink(Loop, remote, Receive) : null;
        _username = Encoding.UTF8.GetBytes($"{usernameFragment}:{_usernameFragment}");
        _password = Encoding.UTF8.GetBytes(password);
        _dtls.SetRemoteFingerprint(fingerprint);
        SendCheck();
    }

    public override void Send(ReadOnlySpan<byte> packet)
    {
        if (_tcp is { } connection)
        {
            connection.Send(packet);
        }
        else
        {
            base.Send(packet);
        }
    }

    public override void Dispose()
    {
        _iceTimer.Stop();
        _dtlsTimer.Stop();
        _dtls.Dispose();
        _tcp?.Dispose();
        base.Dispose();
    }

    void IDtlsEvents.SendDatagram(ReadOnlySpan<byte> datagram) => Send(datagram);

    void IDtlsEvents.ApplicationData(ReadOnlySpan<byte> data) => OnApplicationData(data);

    void IDtlsEvents.SrtpKeysAvailable(DtlsSrtpKeys keys) => SetKeys((SrtpProfile)keys.Profile, keys.LocalKey, keys.RemoteKey);

    void IDtlsEvents.StateChanged(DtlsState state)
    {
        if (state == DtlsState.Connected)
        {
            _connected.TrySetResult();
        }
        else if (state is DtlsState.Failed or DtlsState.Closed)
        {
            _connected.TrySetException(new InvalidOperationException($"DTLS is {state}."));
        }
    }

    /// <summary>Sends one record of application data; false before the handshake is complete.</summary>
    protected bool SendApplicationData(ReadOnlySpan<byte> data) => _dtls.Send(data);

    /// <summary>Takes the plaintext of a record of application data.</summary>
    protected virtual void OnApplicationData(ReadOnlySpan<byte> data)
    {
    }

    protected override void OnOther(Span<byte> datagram)
    {
        if (StunMessage.LooksLikeStun(datagram))
        {
            OnStun(datagram);
        }
        else if (datagram.Length > 0 && datagram[0] is >= 20 and <= 63)
        {
            _begun.TrySetResult();
            if (_stallsInHandshake)
            {
                _dtlsTimer.Stop();
                return;
            }

            _dtls.Receive(datagram, Loop.Now);
            _dtlsTimer.Start(_dtls.NextDeadline);
        }
    }

    private void OnStun(ReadOnlySpan<byte> datagram)
    {
        if (!StunMessage.TryParse(datagram, out var message)
            || message.Class != StunClass.SuccessResponse
            || !message.TransactionId.SequenceEqual(_transactionId)
            || !message.HasValidIntegrity(_password))
        {
            return;
        }

        ChecksAnswered++;
        if (!_isIceConnected)
        {
            _isIceConnected = true;
            _dtls.Start(Loop.Now);
            _dtlsTimer.Start(_dtls.NextDeadline);
        }
    }

    private void SendCheck()
    {
        Span<byte> bytes = stackalloc byte[256];
        _random.Fill(_transactionId);
        var writer = StunWriter.BindingRequest(bytes, _transactionId);
        writer.AddUsername(_username);
        writer.AddPriority(0x6E7F_1EFF);
        writer.AddIceControlling(1);
        writer.AddUseCandidate();
        writer.AddMessageIntegrity(_password);
        writer.AddFingerprint();
        Send(writer.Written);
        var interval = _isIceConnected
            ? TimeSpan.FromMilliseconds(_random.NextInt32(ShortestConsentInterval, LongestConsentInterval))
            : CheckInterval;
        _iceTimer.Start(Loop.Now + interval);
    }

    private void OnDtlsDeadline()
    {
        _dtls.OnDeadline(Loop.Now);
        _dtlsTimer.Start(_dtls.NextDeadline);
    }
}
