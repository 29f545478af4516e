using Bisque.Dtls;
using Bisque.Engine.Internal;
using Bisque.Engine.Transports;
using Bisque.Ice;
using Bisque.Model;
using DtlsRole = Bisque.Model.DtlsRole;
using DtlsState = Bisque.Model.DtlsState;
using IceState = Bisque.Ice.IceState;

namespace Bisque.Engine;

/// <summary>
/// A transport for a WebRTC endpoint: ICE-lite finds the path, DTLS agrees on keys over it, SRTP carries the media. This part is
/// the control side; packets are in WebRtcTransport.Network.cs, and which way they take in WebRtcTransport.Ice.cs.
/// </summary>
public sealed partial class WebRtcTransport : Transport
{
    private readonly IceListener _listener;
    private readonly WebRtcServer? _server;
    private readonly IceCandidate[] _candidates;
    private readonly IceLiteAgent _ice;
    private readonly DeadlineTimer _iceTimer;
    private readonly DeadlineTimer _dtlsTimer;
    private IcePath _path;
    private DtlsEndpoint? _dtls;
    private DtlsFingerprint? _remoteFingerprint;
    private DtlsRole _dtlsRole = DtlsRole.Auto;
    private DtlsState _dtlsState = DtlsState.New;
    private bool _connectCalled;

    /// <summary>Where the handshake was completed, or the last packet came from that SRTP authenticated.</summary>
    private IceTuple _securedTuple;

    internal WebRtcTransport(WorkerContext context, Router router, string id, WebRtcTransportOptions options)
        : base(context, router, id, options.Base)
    {
        switch (options.Listen)
        {
            case ListenIndividual { ListenInfos.Count: > 0 } individual:
                _listener = new IceListener(context, individual.ListenInfos, this, IceListenerLimits.Transport);
                _candidates = IceCandidates.OfOwn(_listener.Sockets);
                break;
            case ListenServer server:
                _server = context.WebRtcServers.GetValueOrDefault(server.WebRtcServerId)
                    ?? throw RequestException.Error($"WebRtcServer {server.WebRtcServerId} not found");
                _listener = _server.Listener;
                _candidates = IceCandidates.OfShared(_listener.Sockets, options);
                break;
            default:
                throw RequestException.TypeError("wrong options: no listenInfos");
        }

        if (_candidates.Length == 0)
        {
            throw RequestException.TypeError("empty iceCandidates: the WebRtcServer has no address of an enabled protocol");
        }

        _ice = new IceLiteAgent(
            new IceLiteAgentOptions { ConsentTimeout = TimeSpan.FromSeconds(options.IceConsentTimeout) }, context.Random, this);
        _iceTimer = new DeadlineTimer(context, this, OnIceDeadline);
        _dtlsTimer = new DeadlineTimer(context, this, OnDtlsDeadline);
        _server?.Add(this);
        _server?.Add(this, _ice.Credentials);
    }

    internal override bool IsConnected => !IsFaulted && IsIceUp && _dtlsState == DtlsState.Connected;

    private bool IsIceUp => _ice.State is IceState.Connected or IceState.Completed;

    /// <summary>Tells the peer's certificate fingerprint and DTLS role; once.</summary>
    /// <exception cref="RequestException">Error: it was told before, or the transport ended with a fault. TypeError: no fingerprint.</exception>
    public WebRtcTransportConnectResponse Connect(WebRtcTransportConnectRequest request)
    {
        ThrowIfEnded();
        if (_connectCalled)
        {
            throw RequestException.Error("connect() already called");
        }

        if (request.DtlsParameters.Fingerprints is not [var fingerprint, ..])
        {
            throw RequestException.TypeError("empty dtlsParameters.fingerprints array");
        }

        _connectCalled = true;
        _remoteFingerprint = new DtlsFingerprint((Dtls.FingerprintAlgorithm)fingerprint.Algorithm, fingerprint.Value);

        // Whoever does not say what it wants to be waits for us to begin.
        var role = request.DtlsParameters.Role == DtlsRole.Client ? DtlsRole.Server : DtlsRole.Client;
        if (role == _dtlsRole)
        {
            _dtls?.SetRemoteFingerprint(_remoteFingerprint.Value);
            ScheduleDtls();
        }
        else
        {
            _dtlsRole = role;
            DropDtls();
            StartDtlsIfPossible();
        }

        return new WebRtcTransportConnectResponse { DtlsLocalRole = _dtlsRole };
    }

    /// <summary>Makes new ICE credentials. The old ones work until the peer has used the new ones.</summary>
    /// <exception cref="RequestException">Error: the transport ended with a fault.</exception>
    public RestartIceResponse RestartIce()
    {
        ThrowIfEnded();
        var credentials = _ice.Restart(Context.Now);
        Context.Log.Debug(LogTags.Ice, nameof(WebRtcTransport), $"ICE restarts with new credentials [transportId:{Id}]");
        _server?.Add(this, credentials);
        ScheduleIce();
        return new RestartIceResponse
        {
            UsernameFragment = credentials.UsernameFragment,
            Password = credentials.Password,
            IceLite = true,
        };
    }

    /// <inheritdoc/>
    public override object Dump() => new WebRtcTransportDump
    {
        Base = DumpBase(),
        IceRole = IceRole.Controlled,
        IceParameters = new IceParameters
        {
            UsernameFragment = _ice.Credentials.UsernameFragment,
            Password = _ice.Credentials.Password,
            IceLite = true,
        },
        IceCandidates = _candidates,
        IceState = (Model.IceState)_ice.State,
        IceSelectedTuple = _ice.SelectedTuple is { } selected ? _listener.Describe(selected) : null,
        DtlsParameters = new DtlsParameters
        {
            Fingerprints =
            [
                .. Context.Certificate.Fingerprints.Select(fingerprint => new Fingerprint
                {
                    Algorithm = (Model.FingerprintAlgorithm)fingerprint.Algorithm,
                    Value = fingerprint.Value,
                }),
            ],
            Role = _dtlsRole,
        },
        DtlsState = _dtlsState,
    };

    /// <inheritdoc/>
    public override object GetStats() => new WebRtcTransportStats
    {
        Base = GetBaseStats(),
        IceRole = IceRole.Controlled,
        IceState = (Model.IceState)_ice.State,
        IceSelectedTuple = _ice.SelectedTuple is { } selected ? _listener.Describe(selected) : null,
        DtlsState = _dtlsState,
    };

    /// <inheritdoc/>
    public override DroppedPackets GetDroppedPackets() => _server is null ? base.GetDroppedPackets().Plus(_listener) : base.GetDroppedPackets();

    private protected override void ReleaseNetwork(bool isFault)
    {
        if (isFault)
        {
            DropDtls();
            SetDtlsState(DtlsState.Failed, null);
        }
        else
        {
            _dtls?.Close();
            DropDtls();
        }

        _iceTimer.Stop();
        LeaveNetwork(isFault);
        ReceiveSession?.Dispose();
        ReceiveSession = null;
        SendSession?.Dispose();
        SendSession = null;
    }
}
