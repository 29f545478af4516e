using Bisque.Engine.Internal;
using Bisque.Engine.Transports;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine;

/// <summary>
/// RTP and RTCP over UDP with one other end, in clear or in SRTP by keys that the controller carries: what plain and pipe transports
/// share. How packets pass is in UdpTransport.Network.cs.
/// </summary>
public abstract partial class UdpTransport : Transport, IDatagramHandler
{
    private bool _isConnectDone;

    /// <param name="context">The worker's.</param>
    /// <param name="router">Where the transport belongs to.</param>
    /// <param name="id">The controller's name for it.</param>
    /// <param name="options">What all transports have.</param>
    /// <param name="listen">Where RTP is received, and RTCP too if it has no address of its own.</param>
    /// <param name="rtcpListen">Where RTCP is received; null: where RTP is.</param>
    /// <param name="srtp">The keys, or that there are none.</param>
    /// <exception cref="RequestException">TypeError: TCP, bad addresses or bitrates. Error: nothing could be bound.</exception>
    private protected UdpTransport(
        WorkerContext context,
        Router router,
        string id,
        TransportOptions options,
        ListenInfo listen,
        ListenInfo? rtcpListen,
        SrtpExchange srtp)
        : base(context, router, id, options)
    {
        if (listen.Protocol != TransportProtocol.Udp || rtcpListen is { Protocol: not TransportProtocol.Udp })
        {
            throw RequestException.TypeError($"unsupported TCP protocol in a {GetType().Name}");
        }

        Srtp = srtp;
        Path = new UdpPath(context, listen, this);
        try
        {
            RtcpPath = rtcpListen is null ? null : new UdpPath(context, rtcpListen, this);
        }
        catch
        {
            Path.Dispose();
            throw;
        }
    }

    internal override bool IsConnected => !IsFaulted && Path.Remote is not null;

    /// <summary>The way of RTP, and of RTCP where that has none of its own.</summary>
    private protected UdpPath Path { get; }

    /// <summary>The way of RTCP where it has a port of its own.</summary>
    private protected UdpPath? RtcpPath { get; }

    private protected SrtpExchange Srtp { get; }

    /// <summary>Whether the other end is whoever sends the first good packet, as long as it is unknown.</summary>
    private protected virtual bool LearnsRemote => false;

    /// <summary>The other end showed itself on a path.</summary>
    private protected virtual void OnRemoteLearned(UdpPath path)
    {
    }

    /// <exception cref="RequestException">Error: the transport was connected before, or ended with a fault.</exception>
    private protected void CheckNotConnected()
    {
        ThrowIfEnded();
        if (_isConnectDone)
        {
            throw RequestException.Error("connect() already called");
        }
    }

    /// <summary>What the controller asked for was checked and holds from now on.</summary>
    private protected void CompleteConnect(RemoteSrtpKey? key)
    {
        if (key is { } remote)
        {
            (ReceiveSession, SendSession) = Srtp.Open(remote);
            Context.Log.Debug(LogTags.Srtp, GetType().Name, $"media is protected by {SendSession.Profile} [transportId:{Id}]");
        }

        _isConnectDone = true;
        OnConnected();
    }

    /// <exception cref="RequestException">TypeError: no address, one that is none, or no port.</exception>
    private protected static TransportAddress ReadRemote(string? ip, ushort? port)
    {
        if (ip is null || !IpAddress.TryParse(ip, out var address))
        {
            throw RequestException.TypeError(ip is null ? "missing ip" : $"invalid IP '{ip}'");
        }

        return new TransportAddress(address, port ?? throw RequestException.TypeError("missing port"));
    }

    /// <inheritdoc/>
    public override DroppedPackets GetDroppedPackets() => base.GetDroppedPackets().Plus(Path.Socket).Plus(RtcpPath?.Socket);

    private protected override void ReleaseNetwork(bool isFault)
    {
        Path.Dispose();
        RtcpPath?.Dispose();
        ReceiveSession?.Dispose();
        ReceiveSession = null;
        SendSession?.Dispose();
        SendSession = null;
    }
}
