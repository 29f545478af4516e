using Bisque.Engine.Internal;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>One bound UDP socket and the one address that it talks with.</summary>
internal sealed class UdpPath : IDisposable
{
    private readonly ListenInfo _listen;

    /// <exception cref="RequestException">TypeError: a bad address, range or size. Error: nothing could be bound.</exception>
    public UdpPath(WorkerContext context, ListenInfo listen, IDatagramHandler handler)
    {
        _listen = listen;
        Socket = ListenSockets.OpenUdp(context, listen, handler);
    }

    public UdpSocket Socket { get; }

    /// <summary>The other end; null until the controller tells it or its first packet shows it.</summary>
    public TransportAddress? Remote { get; set; }

    /// <summary>The addresses as the controller sees them. While the other end is unknown it has no address, and port 0.</summary>
    public TransportTuple Describe() => new()
    {
        LocalAddress = _listen.AnnouncedAddress ?? _listen.Ip,
        LocalPort = Socket.Local.Port,
        RemoteIp = Remote?.Address.ToString(),
        RemotePort = Remote?.Port ?? 0,
        Protocol = TransportProtocol.Udp,
    };

    public void Dispose() => Socket.Dispose();
}
