using Bisque.Primitives;
using Bisque.Testing;

namespace Bisque.Dtls.Tests;

/// <summary>A client and a server, over a simulated network or hand to hand, in virtual time.</summary>
internal sealed class Pair
{
    private readonly VirtualLink _toServer;
    private readonly VirtualLink _toClient;

    public Pair(
        DtlsCertificate? client = null, DtlsCertificate? server = null, ulong seed = 1, Func<ulong, VirtualLink>? link = null,
        Func<DtlsOptions, DtlsOptions>? clientOptions = null, Func<DtlsOptions, DtlsOptions>? serverOptions = null, bool announce = true)
    {
        Client = new(DtlsRole.Client, client ?? Certificates.Ec, seed, clientOptions);
        Server = new(DtlsRole.Server, server ?? Certificates.OtherEc, seed, serverOptions);
        _toServer = link?.Invoke(seed * 2) ?? new(seed * 2);
        _toClient = link?.Invoke(seed * 2 + 1) ?? new(seed * 2 + 1);
        Client.Transmit = datagram => _toServer.Send(datagram, Now);
        Server.Transmit = datagram => _toClient.Send(datagram, Now);
        if (announce)
        {
            Client.Endpoint.SetRemoteFingerprint(Server.Fingerprint);
            Server.Endpoint.SetRemoteFingerprint(Client.Fingerprint);
        }
    }

    public Peer Client { get; }

    public Peer Server { get; }

    public MonotonicTime Now { get; private set; } = 1000.Milliseconds();

    /// <summary>Changes or swallows (null) what arrives.</summary>
    public Func<DtlsRole, byte[], byte[]?>? OnArrival { get; set; }

    public bool IsConnected => Client.State == DtlsState.Connected && Server.State == DtlsState.Connected;

    public Pair Start()
    {
        Server.Endpoint.Start(Now);
        Client.Endpoint.Start(Now);
        return this;
    }

    /// <summary>A pair that is connected.</summary>
    public static Pair Connected()
    {
        var pair = new Pair().Start().Run(TimeSpan.FromSeconds(1));
        Assert.True(pair.IsConnected);
        return pair;
    }

    /// <summary>Lets time pass until nothing is left to happen, or for <paramref name="duration"/>.</summary>
    public Pair Run(TimeSpan duration, Func<bool>? until = null)
    {
        var end = Now + duration;
        while (until is null || !until())
        {
            var next = MonotonicTime.Min(
                MonotonicTime.Min(_toServer.NextArrival, _toClient.NextArrival),
                MonotonicTime.Min(Client.Endpoint.NextDeadline, Server.Endpoint.NextDeadline));
            if (next > end)
            {
                Now = end;
                return this;
            }

            Now = MonotonicTime.Max(Now, next);
            Deliver(_toServer, Server, DtlsRole.Server);
            Deliver(_toClient, Client, DtlsRole.Client);
            Client.ExpireAt(Now);
            Server.ExpireAt(Now);
        }

        return this;
    }

    private void Deliver(VirtualLink link, Peer peer, DtlsRole role)
    {
        while (link.TryReceive(Now, out var datagram))
        {
            if ((OnArrival is { } change ? change(role, datagram) : datagram) is { } arrived)
            {
                peer.Endpoint.Receive(arrived, Now);
            }
        }
    }
}
