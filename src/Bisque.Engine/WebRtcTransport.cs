using Bisque.Dtls;
using Bisque.Engine.Internal;
using Bisque.Engine.Transports;
using Bisque.Ice;
using Bisque.Model;
using Bisque.Primitives;
using DtlsRole = Bisque.Model.DtlsRole;
using DtlsState = Bisque.Model.DtlsState;
using IceState = Bisque.Ice.IceState;

namespace Bisque.Engine;

/// <summary>
/// A transport for a WebRTC endpoint: ICE-lite finds the path, DTLS agrees on keys over it, SRTP carries the media. This part is
/// the control side; packets are in WebRtcTransport.Network.cs.
/// </summary>
public sealed partial class WebRtcTransport : Transport
{
    private readonly List<IceSocket> _sockets = [];
    private readonly IceCandidate[] _candidates;
    private readonly IceLiteAgent _ice;
    private readonly DeadlineTimer _iceTimer;
    private readonly DeadlineTimer _dtlsTimer;
    private DtlsEndpoint? _dtls;
    private DtlsFingerprint? _remoteFingerprint;
    private DtlsRole _dtlsRole = DtlsRole.Auto;
    private DtlsState _dtlsState = DtlsState.New;
    private bool _connectCalled;

    internal WebRtcTransport(WorkerContext context, Router router, string id, WebRtcTransportOptions options)
        : base(context, router, id, options.Base)
    {
        var listenInfos = options.Listen switch
        {
            ListenIndividual individual => individual.ListenInfos,
            _ => throw RequestException.Error("WebRtcServer is not supported yet"),
        };
        if (listenInfos.Count == 0)
        {
            throw RequestException.TypeError("wrong options: no listenInfos");
        }

        try
        {
            foreach (var info in listenInfos)
            {
                _sockets.Add(Open(info));
            }
        }
        catch
        {
            CloseSockets();
            throw;
        }

        _candidates = [.. _sockets.SelectMany((socket, index) => IceCandidates.Of(socket.Info, index, socket.Local.Port))];
        _ice = new IceLiteAgent(
            new IceLiteAgentOptions { ConsentTimeout = TimeSpan.FromSeconds(options.IceConsentTimeout) }, context.Random, this);
        _iceTimer = new DeadlineTimer(context, this, OnIceDeadline);
        _dtlsTimer = new DeadlineTimer(context, this, OnDtlsDeadline);
    }

    internal override bool IsConnected => !IsFaulted && IsIceUp && _dtlsState == DtlsState.Connected;

    private bool IsIceUp => _ice.State is IceState.Connected or IceState.Completed;

    /// <summary>Tells the peer's certificate fingerprint and DTLS role; once.</summary>
    /// <exception cref="RequestException">Error: it was told before. TypeError: no fingerprint.</exception>
    public WebRtcTransportConnectResponse Connect(WebRtcTransportConnectRequest request)
    {
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
    public RestartIceResponse RestartIce()
    {
        var credentials = _ice.Restart(Context.Now);
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
        IceSelectedTuple = DescribeSelectedTuple(),
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
        IceSelectedTuple = DescribeSelectedTuple(),
        DtlsState = _dtlsState,
    };

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
        CloseSockets();
        ReceiveSession?.Dispose();
        ReceiveSession = null;
        SendSession?.Dispose();
        SendSession = null;
    }

    private IceSocket Open(ListenInfo info) => info.Protocol == TransportProtocol.Udp
        ? new IceSocket(info, ListenSockets.OpenUdp(Context, info, this), null)
        : new IceSocket(info, null, ListenSockets.OpenTcp(Context, info, this));

    private void CloseSockets()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private TransportTuple? DescribeSelectedTuple() => _ice.SelectedTuple is { } tuple ? Describe(tuple) : null;

    private TransportTuple Describe(in IceTuple tuple)
    {
        var local = tuple.Local;
        var socket = _sockets.Find(candidate => candidate.Local == local);
        return new TransportTuple
        {
            LocalAddress = socket?.Info.AnnouncedAddress ?? tuple.Local.Address.ToString(),
            LocalPort = tuple.Local.Port,
            RemoteIp = tuple.Remote.Address.ToString(),
            RemotePort = tuple.Remote.Port,
            Protocol = tuple.Protocol,
        };
    }

    private void OnIceDeadline(MonotonicTime now)
    {
        _ice.OnDeadline(now);
        ScheduleIce();
    }

    private void ScheduleIce() => _iceTimer.Schedule(_ice.NextDeadline);
}
