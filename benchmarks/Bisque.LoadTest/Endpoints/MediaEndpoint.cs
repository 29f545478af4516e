using Bisque.Net;
using Bisque.Primitives;
using Bisque.Srtp;

namespace Bisque.LoadTest.Endpoints;

/// <summary>Our end of one transport: a socket and the SRTP sessions of both directions. Belongs to the loop's thread.</summary>
internal abstract class MediaEndpoint : IDatagramHandler, IDisposable
{
    // The kernel cuts it to net.core.rmem_max; the default alone loses bursts that are no fault of a worker.
    private const int SocketBufferSize = 4 * 1024 * 1024;

    protected MediaEndpoint(EventLoop loop)
    {
        Loop = loop;
        var options = new UdpSocketOptions { SendBufferSize = SocketBufferSize, ReceiveBufferSize = SocketBufferSize };
        Socket = loop.OpenUdp(Loopback.AnyPort, options, this);
    }

    public EventLoop Loop { get; }

    public UdpSocket Socket { get; }

    /// <summary>The worker's address for this transport.</summary>
    public TransportAddress Remote { get; protected set; }

    public SrtpSession? Outbound { get; private set; }

    public SrtpSession? Inbound { get; private set; }

    public IMediaSink? Sink { get; set; }

    void IDatagramHandler.OnDatagrams(UdpSocket socket, ReadOnlySpan<ReceivedDatagram> batch)
    {
        foreach (ref readonly var datagram in batch)
        {
            var bytes = datagram.Buffer.Span;
            if (bytes.Length < 2 || (bytes[0] & 0xC0) != 0x80)
            {
                OnOther(bytes);
            }
            else if (bytes[1] is >= 192 and <= 223)
            {
                Sink?.OnRtcp(this, datagram.Buffer);
            }
            else
            {
                Sink?.OnRtp(this, datagram.Buffer);
            }
        }
    }

    public virtual void Dispose()
    {
        Socket.Dispose();
        Outbound?.Dispose();
        Inbound?.Dispose();
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
