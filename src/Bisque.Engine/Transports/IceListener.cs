using Bisque.Engine.Internal;
using Bisque.Ice;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>
/// The UDP sockets and TCP servers that a controller asked for, of one transport or of a server. Whatever arrives over them becomes
/// packets with the tuple they came over, and a tuple becomes the path back.
/// </summary>
internal sealed class IceListener : IDatagramHandler, ITcpServerHandler, IDisposable
{
    private readonly List<IceSocket> _sockets = [];
    private readonly IIcePacketHandler _handler;

    /// <exception cref="RequestException">TypeError: a bad address, range or size. Error: nothing could be bound. Then all are closed again.</exception>
    public IceListener(WorkerContext context, IReadOnlyList<ListenInfo> listenInfos, IIcePacketHandler handler, IceListenerLimits limits)
    {
        _handler = handler;
        Connections = new IceConnections(context, handler, limits);
        try
        {
            foreach (var info in listenInfos)
            {
                _sockets.Add(info.Protocol == TransportProtocol.Udp
                    ? new IceSocket(info, ListenSockets.OpenUdp(context, info, this), null)
                    : new IceSocket(info, null, ListenSockets.OpenTcp(context, info, this)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>In the order of the listen infos.</summary>
    public IReadOnlyList<IceSocket> Sockets => _sockets;

    public IceConnections Connections { get; }

    /// <summary>The way back to whoever sent over <paramref name="tuple"/>; one that leads nowhere when the connection is gone.</summary>
    public IcePath PathOf(in IceTuple tuple)
    {
        if (tuple.Protocol == TransportProtocol.Tcp)
        {
            return Connections.TryFind(tuple, out var connection) ? new IcePath(connection) : default;
        }

        return FindSocket(tuple)?.Udp is { } udp ? new IcePath(udp, tuple.Remote) : default;
    }

    /// <summary>A valid check came over <paramref name="tuple"/>.</summary>
    public void Prove(in IceTuple tuple)
    {
        if (tuple.Protocol == TransportProtocol.Tcp)
        {
            Connections.Prove(tuple);
        }
    }

    /// <summary>Nothing more is wanted from <paramref name="tuple"/>: closes its connection, if it is one.</summary>
    public void Close(in IceTuple tuple)
    {
        if (tuple.Protocol == TransportProtocol.Tcp)
        {
            Connections.Close(tuple);
        }
    }

    /// <summary>How the controller knows <paramref name="tuple"/>.</summary>
    public TransportTuple Describe(in IceTuple tuple) => new()
    {
        LocalAddress = FindSocket(tuple)?.Info.AnnouncedAddress ?? tuple.Local.Address.ToString(),
        LocalPort = tuple.Local.Port,
        RemoteIp = tuple.Remote.Address.ToString(),
        RemotePort = tuple.Remote.Port,
        Protocol = tuple.Protocol,
    };

    public void Dispose()
    {
        Connections.Dispose();
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    void IDatagramHandler.OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch)
    {
        foreach (ref readonly var datagram in batch)
        {
            _handler.OnPacket(new IceTuple(TransportProtocol.Udp, socket.Local, datagram.Remote), datagram.Buffer);
        }
    }

    /// <summary>A tuple of TCP has the server's address, also where that is "any": it is how UDP's is known, too.</summary>
    ITcpConnectionHandler? ITcpServerHandler.OnAccepted(TcpServer server, TcpConnection connection) => Connections.Add(server.Local, connection);

    private IceSocket? FindSocket(in IceTuple tuple)
    {
        foreach (var socket in _sockets)
        {
            if (socket.Info.Protocol == tuple.Protocol && socket.Local == tuple.Local)
            {
                return socket;
            }
        }

        return null;
    }
}
