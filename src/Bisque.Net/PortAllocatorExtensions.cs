using Bisque.Primitives;

namespace Bisque.Net;

/// <summary>Opens sockets on ports of a range; closing them gives the port back.</summary>
public static class PortAllocatorExtensions
{
    /// <summary>A UDP socket on a free port from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    /// <exception cref="NetException">No port is left, or binding failed for another reason than a taken port.</exception>
    public static UdpSocket OpenUdp(
        this PortAllocator ports, EventLoop loop, IpAddress address, ushort minimum, ushort maximum, UdpSocketOptions options, IDatagramHandler handler)
    {
        UdpSocket? socket = null;
        var lease = ports.Allocate(TransportProtocol.Udp, address, minimum, maximum, port =>
        {
            try
            {
                socket = loop.OpenUdp(new TransportAddress(address, port), options, handler);
                return null;
            }
            catch (NetException failure)
            {
                return failure.Error;
            }
        });

        socket!.Own(lease);
        return socket;
    }

    /// <summary>A TCP server on a free port from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    /// <exception cref="NetException">No port is left, or binding failed for another reason than a taken port.</exception>
    public static TcpServer OpenTcp(
        this PortAllocator ports, EventLoop loop, IpAddress address, ushort minimum, ushort maximum, TcpServerOptions options, ITcpServerHandler handler)
    {
        TcpServer? server = null;
        var lease = ports.Allocate(TransportProtocol.Tcp, address, minimum, maximum, port =>
        {
            try
            {
                server = loop.OpenTcp(new TransportAddress(address, port), options, handler);
                return null;
            }
            catch (NetException failure)
            {
                return failure.Error;
            }
        });

        server!.Own(lease);
        return server;
    }
}
