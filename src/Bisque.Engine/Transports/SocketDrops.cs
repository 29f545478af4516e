using Bisque.Net;

namespace Bisque.Engine.Transports;

/// <summary>Adds what sockets had to drop to what their owner did.</summary>
internal static class SocketDrops
{
    public static DroppedPackets Plus(this in DroppedPackets dropped, UdpSocket? socket) => socket?.Counters is not { } counters ? dropped : dropped with
    {
        Oversize = dropped.Oversize + counters.OversizeDropped,
        QueueFull = dropped.QueueFull + counters.QueueDropped,
        SendErrors = dropped.SendErrors + counters.SendErrors,
    };

    public static DroppedPackets Plus(this in DroppedPackets dropped, IceListener listener)
    {
        var sum = dropped with
        {
            Oversize = dropped.Oversize + listener.Connections.OversizePackets,
            QueueFull = dropped.QueueFull + listener.Connections.FramesDropped,
        };
        foreach (var socket in listener.Sockets)
        {
            sum = sum.Plus(socket.Udp);
        }

        return sum;
    }
}
