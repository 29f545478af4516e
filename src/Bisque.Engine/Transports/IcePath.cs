using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>What packets to a peer go out over: a UDP socket and the peer's address, or a TCP connection. The default leads nowhere.</summary>
internal readonly record struct IcePath
{
    private readonly UdpSocket? _socket;
    private readonly TcpConnection? _connection;
    private readonly TransportAddress _remote;

    public IcePath(UdpSocket socket, TransportAddress remote)
    {
        _socket = socket;
        _remote = remote;
    }

    public IcePath(TcpConnection connection)
    {
        _connection = connection;
        _remote = connection.Remote;
    }

    /// <summary>Sends one packet now. False when it is known to be lost.</summary>
    public bool Send(ReadOnlySpan<byte> packet)
    {
        if (_socket is { } socket)
        {
            socket.Send(packet, _remote);
            return true;
        }

        return _connection is { } connection && connection.WritePacket(packet);
    }

    /// <summary>Sends the first <paramref name="length"/> bytes of a reserved slot with the rest of the batch.</summary>
    public void Commit(SendBatch batch, in SendSlot slot, int length)
    {
        if (_socket is { } socket)
        {
            batch.Commit(slot, socket, _remote, length);
        }
        else if (_connection is { } connection)
        {
            batch.Commit(slot, connection, length);
        }
    }
}
