using Bisque.Engine.Internal;
using Bisque.Model;
using Bisque.Net;
using Bisque.Primitives;

namespace Bisque.Engine.Transports;

/// <summary>Binds the sockets that a controller asks for.</summary>
internal static class ListenSockets
{
    /// <exception cref="RequestException">TypeError: a bad address, range or size. Error: nothing could be bound.</exception>
    public static UdpSocket OpenUdp(WorkerContext context, ListenInfo info, IDatagramHandler handler)
    {
        var options = new UdpSocketOptions
        {
            IPv6Only = info.Flags.Ipv6Only,
            ReusePort = info.Flags.UdpReusePort,
            SendBufferSize = BufferSize(info.SendBufferSize),
            ReceiveBufferSize = BufferSize(info.ReceiveBufferSize),
        };
        return Open(
            context,
            info,
            (address, port) => context.Loop.OpenUdp(new TransportAddress(address, port), options, handler),
            (address, minimum, maximum) => context.Ports.OpenUdp(context.Loop, address, minimum, maximum, options, handler));
    }

    /// <exception cref="RequestException">TypeError: a bad address, range or size. Error: nothing could be bound.</exception>
    public static TcpServer OpenTcp(WorkerContext context, ListenInfo info, ITcpServerHandler handler)
    {
        var options = new TcpServerOptions
        {
            IPv6Only = info.Flags.Ipv6Only,
            SendBufferSize = BufferSize(info.SendBufferSize),
            ReceiveBufferSize = BufferSize(info.ReceiveBufferSize),
        };
        return Open(
            context,
            info,
            (address, port) => context.Loop.OpenTcp(new TransportAddress(address, port), options, handler),
            (address, minimum, maximum) => context.Ports.OpenTcp(context.Loop, address, minimum, maximum, options, handler));
    }

    private static T Open<T>(
        WorkerContext context, ListenInfo info, Func<IpAddress, ushort, T> onPort, Func<IpAddress, ushort, ushort, T> inRange)
    {
        if (!IpAddress.TryParse(info.Ip, out var address))
        {
            throw RequestException.TypeError($"invalid IP '{info.Ip}'");
        }

        try
        {
            if (info.PortRange is { Min: > 0, Max: > 0 } range)
            {
                if (range.Max < range.Min)
                {
                    throw RequestException.TypeError($"invalid port range: max {range.Max} is below min {range.Min}");
                }

                return inRange(address, range.Min, range.Max);
            }

            return info.Port != 0
                ? onPort(address, info.Port)
                : inRange(address, context.Options.RtcMinPort, context.Options.RtcMaxPort);
        }
        catch (NetException failure)
        {
            throw RequestException.Error(
                $"port bind failed [protocol:{info.Protocol}, ip:'{info.Ip}', port:{info.Port}]: {failure.Message}");
        }
    }

    private static int BufferSize(uint size) => size <= int.MaxValue
        ? (int)size
        : throw RequestException.TypeError($"invalid socket buffer size {size}");
}
