using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>A bound address of a WebRTC transport, UDP or TCP, with what the controller said of it.</summary>
internal sealed record IceSocket(ListenInfo Info, UdpSocket? Udp, TcpServer? Tcp) : IDisposable
{
    public TransportAddress Local => Udp?.Local ?? Tcp!.Local;

    public void Dispose()
    {
        Udp?.Dispose();
        Tcp?.Dispose();
    }
}
