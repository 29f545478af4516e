using Bisque.Net;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.LoadTest.Endpoints;

/// <summary>Our end of one transport: a socket and the SRTP sessions of both directions. Belongs to the loop's thread.</summary>
internal abstract class MediaEndpoint : IDatagramHandler, IDisposable
{
    // The kernel cuts it to net.core.rmem_max; the default alone loses bursts that are no fault of a worker.
    private const int SocketBufferSize = 4 * 1024 * 1024;

    private UdpSocket? _socket;

    protected MediaEndpoint(EventLoop loop) => Loop = loop;

    public EventLoop Loop { get; }

    /// <summary>The local port, which the worker sends to.</summary>
    public ushort Port => Socket.Local.Port;

    /// <summary>The worker's address for this transport.</summary>
    public TransportAddress Remote { get; protected set; }

    public SrtpSession? Outbound { get; private set; }

    public SrtpSession? Inbound { get; private set; }

    public IMediaSink? Sink { get; set; }

    private UdpSocket Socket => _socket ??= Loop.OpenUdp(
        Loopback.AnyPort, new UdpSocketOptions { SendBufferSize = SocketBufferSize, ReceiveBufferSize = SocketBufferSize }, this);

    /// <summary>Sends one packet to the worker.</summary>
    public virtual void Send(ReadOnlySpan<byte> packet) => Socket.Send(packet, Remote);

    void IDatagramHandler.OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch)
    {
        foreach (ref readonly var datagram in batch)
        {
            Receive(datagram.Buffer);
        }
    }

    public virtual void Dispose()
    {
        _socket?.Dispose();
        Outbound?.Dispose();
        Inbound?.Dispose();
    }

    /// <summary>Takes one packet of the worker, by its first bytes (RFC 7983).</summary>
    protected void Receive(PacketBuffer packet)
    {
        var bytes = packet.Span;
        if (bytes.Length < 2 || (bytes[0] & 0xC0) != 0x80)
        {
            OnOther(bytes);
        }
        else if (bytes[1] is >= 192 and <= 223)
        {
            Sink?.OnRtcp(this, packet);
        }
        else
        {
            Sink?.OnRtp(this, packet);
        }
    }

    protected void SetKeys(SrtpProfile profile, ReadOnlySpan<byte> local, ReadOnlySpan<byte> remote)
    {
        Outbound = new SrtpSession(profile, local, SrtpDirection.Outbound);
        Inbound = new SrtpSession(profile, remote, SrtpDirection.Inbound);
    }

    /// <summary>Takes STUN and DTLS.</summary>
    protected virtual void OnOther(Span<byte> datagram)
    {
    }
}
